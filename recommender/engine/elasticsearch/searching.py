"""Bodies as the cluster gets them, and its answers as the port's values. Pure."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from recommender.engine.base import Body, Schema, SearchResult
from recommender.engine.language import sort_of
from recommender.engine.ordering import near_tie_order

BY_SCORE = [{"_score": "desc"}, {"id": "asc"}]

RESCORED_SHARE = 2.0
"""Twice the hits wanted are scored again with their floats: one byte a dimension finds them, but misorders neighbours."""

SCORE_DIGITS = 5
"""A dense score is equal on both engines to this many digits; the rest is in which order the floats were summed."""


def elasticsearch_body(body: Body, schema: Schema) -> dict[str, Any]:
    """A valid body, with what makes its answer lean and its order certain."""
    sort = sort_of(body)
    full: dict[str, Any] = {**body, "track_total_hits": True, "sort": BY_SCORE}
    if sort:
        order = {"order": "desc" if sort.descending else "asc", "missing": "_last"}
        full["sort"] = [{sort.field: order}, {"id": "asc"}]
    if "knn" in body:
        full["knn"] = _knn(body["knn"])
    return full | _source(body.get("_source", False), schema)


def encoded_vector(vector: Any) -> str:
    """A vector as Elasticsearch reads it fastest: its float32 values, big-endian, in base64."""
    return base64.b64encode(np.asarray(vector, dtype=">f4").tobytes()).decode("ascii")


def source_option(source: Sequence[str] | None, schema: Schema) -> Any:
    """`_source` of a search for these fields, or for all of them; with vectors only where they are named."""
    if source is None:
        return True
    if names_a_vector(source, schema):
        return {"includes": list(source), "exclude_vectors": False}
    return {"includes": list(source)} if source else False


def names_a_vector(source: Sequence[str], schema: Schema) -> bool:
    """Whether one of these fields holds vectors."""
    return any(schema.properties.get(field, {}).get("type") == "dense_vector" for field in source)


def search_result(answer: Mapping[str, Any], body: Body) -> SearchResult:
    """The port's value of one answer.

    Every hit carries its sort values, of which the last is its id and, without a sort of the body's own, the first its
    score: the cluster then has to read nothing of the documents.
    """
    found = answer["hits"]["hits"]
    if "knn" in body:
        found = _in_order_of_rounded_scores(found)
    elif not body.get("sort"):
        found = _with_near_ties_settled(found)
    return SearchResult(
        total=answer["hits"]["total"]["value"],
        ids=tuple(hit["sort"][-1] for hit in found),
        scores=None if body.get("sort") else tuple(hit["sort"][0] for hit in found),
        sources=tuple(hit.get("_source", {}) for hit in found) if body.get("_source", False) is not False else None,
        columns={field: _column(found, field) for field in body.get("docvalue_fields", ())},
        aggregations={name: _aggregation(content) for name, content in answer.get("aggregations", {}).items()},
    )


def _column(found: Sequence[Mapping[str, Any]], field: str) -> tuple[int | None, ...]:
    """One field of every hit; the cluster leaves out what a hit has no value of, and gives the others as lists."""
    return tuple([hit.get("fields", {}).get(field, (None,))[0] for hit in found])


def _knn(knn: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "num_candidates": knn["k"],
        **knn,
        "query_vector": encoded_vector(knn["query_vector"]),
        "rescore_vector": {"oversample": RESCORED_SHARE},
    }


def _source(source: Any, schema: Schema) -> dict[str, Any]:
    option = source if isinstance(source, bool) else source_option(source, schema)
    return {"_source": option} if option else {"_source": False, "stored_fields": "_none_"}


def _in_order_of_rounded_scores(found: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    rounded = [{**hit, "sort": [round(hit["sort"][0], SCORE_DIGITS), hit["sort"][1]]} for hit in found]
    return sorted(rounded, key=lambda hit: (-hit["sort"][0], hit["sort"][1]))


def _with_near_ties_settled(found: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    order = near_tie_order([hit["sort"][1] for hit in found], [hit["sort"][0] for hit in found])
    return found if order is None else [found[place] for place in order]


def _aggregation(content: Mapping[str, Any]) -> dict[str, Any]:
    """Without the error bound, which only a cluster of several shards has."""
    return {key: value for key, value in content.items() if key != "doc_count_error_upper_bound"}
