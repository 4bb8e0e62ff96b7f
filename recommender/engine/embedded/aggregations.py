"""Aggregations: tantivy's have Elasticsearch's shape; this gives them what they need and takes off what they add."""

from collections.abc import Callable, Mapping
from typing import Any

import tantivy

from recommender.engine.base import Schema

ALL_BUCKETS = 65_000
"""Buckets of one segment that are counted before the best are chosen: all there are, so that counts are exact over
several segments (tantivy's own limit is 65,000 buckets an answer)."""

DEFAULT_BUCKETS = 10


def aggregate(
    searcher: tantivy.Searcher, query: tantivy.Query, aggregations: Mapping[str, Any], schema: Schema
) -> dict[str, Any]:
    """Count over all documents that match.

    Returns:
        Name → the answer, as Elasticsearch gives it.
    """
    asked = {name: _ASK[kind](content) for name, kind, content in _named(aggregations)}
    answers = searcher.aggregate(query, asked)
    return {
        name: _SHAPE[kind](answers[name], schema.properties[content["field"]]["type"])
        for name, kind, content in _named(aggregations)
    }


def _named(aggregations: Mapping[str, Any]) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [(name, *next(iter(aggregation.items()))) for name, aggregation in aggregations.items()]


def _ask_terms(content: Mapping[str, Any]) -> dict[str, Any]:
    size = content.get("size", DEFAULT_BUCKETS)
    return {"terms": {"field": content["field"], "size": size, "segment_size": ALL_BUCKETS, **_order(content)}}


def _order(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"order": content["order"]} if "order" in content else {}


def _shape_terms(answer: Mapping[str, Any], field_type: str) -> dict[str, Any]:
    buckets = [_terms_bucket(bucket, field_type) for bucket in answer["buckets"]]
    return {"buckets": buckets, "sum_other_doc_count": answer["sum_other_doc_count"]}


def _terms_bucket(bucket: Mapping[str, Any], field_type: str) -> dict[str, Any]:
    key = bucket["key"]
    if field_type == "boolean":
        return {"key": int(key), "key_as_string": "true" if key else "false", "doc_count": bucket["doc_count"]}
    return {"key": int(key) if field_type == "integer" else key, "doc_count": bucket["doc_count"]}


def _shape_histogram(answer: Mapping[str, Any], _field_type: str) -> dict[str, Any]:
    return {"buckets": [{"key": one["key"], "doc_count": one["doc_count"]} for one in answer["buckets"]]}


def _shape_stats(answer: Mapping[str, Any], _field_type: str) -> dict[str, Any]:
    return {name: answer[name] for name in ("count", "min", "max", "avg", "sum")}


_ASK: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "terms": _ask_terms,
    "histogram": lambda content: {"histogram": dict(content)},
    "stats": lambda content: {"stats": dict(content)},
}

_SHAPE: Mapping[str, Callable[[Mapping[str, Any], str], dict[str, Any]]] = {
    "terms": _shape_terms,
    "histogram": _shape_histogram,
    "stats": _shape_stats,
}
