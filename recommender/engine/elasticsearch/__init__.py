"""The engine that passes everything to an Elasticsearch cluster, version 9; the only room that knows its client."""

from recommender.engine.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
