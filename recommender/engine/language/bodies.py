"""A whole body: one search, lexical or dense."""

from recommender.engine.base import MAX_RESULT_WINDOW, Body, Schema
from recommender.engine.language.aggregations import validate_aggregation
from recommender.engine.language.clauses import expect_type, refuse_unknown_keys, type_of
from recommender.engine.language.dense import validate_knn
from recommender.engine.language.queries import validate_query
from recommender.engine.language.sorting import validate_sort
from recommender.errors import UnsupportedClauseError

DEFAULT_SIZE = 10
LEXICAL_KEYS = frozenset({"query", "size", "from", "sort", "aggs", "track_total_hits", "_source", "docvalue_fields"})

DENSE_KEYS = frozenset({"knn", "size", "_source", "docvalue_fields"})

COLUMN_TYPES = frozenset({"integer", "boolean"})
"""What `docvalue_fields` may name; both engines hand these over alike, one value a hit."""


def validate_body(body: Body, schema: Schema) -> None:
    """Check a whole body.

    Raises:
        UnsupportedClauseError: names the first clause that is outside the language.
    """
    if "knn" in body:
        refuse_unknown_keys(body, DENSE_KEYS, "a body with knn")
        validate_knn(body["knn"], schema)
    else:
        refuse_unknown_keys(body, LEXICAL_KEYS, "a body")
        if "query" in body:
            validate_query(body["query"], schema, scoring=True)
        if "sort" in body:
            validate_sort(body, schema)
        for name, aggregation in body.get("aggs", {}).items():
            validate_aggregation(name, aggregation, schema)
        if body.get("track_total_hits", True) is not True:
            raise UnsupportedClauseError("track_total_hits: totals are always exact; leave it out or say true")
    _validate_window(body)
    _validate_source(body.get("_source", False), schema)
    _validate_columns(body.get("docvalue_fields", ()), schema)


def _validate_window(body: Body) -> None:
    start, size = body.get("from", 0), body.get("size", DEFAULT_SIZE)
    for name, value in (("from", start), ("size", size)):
        if type(value) is not int or value < 0:
            raise UnsupportedClauseError(f"{name}: it has to be a whole number from 0, not {value!r}")
    if start + size > MAX_RESULT_WINDOW:
        raise UnsupportedClauseError(
            f"from + size: Result window is too large, from + size must be less than or equal to: "
            f"[{MAX_RESULT_WINDOW}] but was [{start + size}]; narrow the search by a facet instead"
        )


def _validate_source(source: object, schema: Schema) -> None:
    if isinstance(source, bool):
        return
    if not isinstance(source, list | tuple):
        raise UnsupportedClauseError(f"_source: it is true, false or a list of fields, not {source!r}")
    for field in source:
        type_of(field, schema, "_source")


def _validate_columns(fields: object, schema: Schema) -> None:
    if not isinstance(fields, list | tuple):
        raise UnsupportedClauseError(f"docvalue_fields: it is a list of fields, not {fields!r}")
    for field in fields:
        expect_type(field, schema, COLUMN_TYPES, "docvalue_fields")
