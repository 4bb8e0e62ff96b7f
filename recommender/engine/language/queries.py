"""The queries of the language, in scoring context and in filter context."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from recommender.engine.base import Schema
from recommender.engine.language.clauses import (
    EXACT_TYPES,
    ORDERED_TYPES,
    SORTABLE_TYPES,
    clauses,
    expect_type,
    is_number,
    is_object,
    refuse_unknown_keys,
    require_keys,
    single_entry,
    validate_value,
)
from recommender.engine.language.minimum import validate_minimum
from recommender.errors import UnsupportedClauseError

LONGEST_TOKEN = 255
AMBIGUOUS_SPACE = re.compile("[\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
"""Where one engine ends a token and the other does not."""
TEXT = frozenset({"text"})
BOOL_KEYS = frozenset({"must", "should", "filter", "must_not", "minimum_should_match"})
MATCH_KEYS = frozenset({"query", "operator", "minimum_should_match", "boost"})
RANGE_KEYS = frozenset({"gte", "gt", "lte", "lt"})


def validate_query(query: Mapping[str, Any], schema: Schema, *, scoring: bool) -> None:
    """Check one query clause and all below it.

    Args:
        query: one clause, `{kind: …}`.
        schema: of the index that is asked.
        scoring: false in filter context (`filter`, `must_not`, `count`, `scan`), where more clauses are allowed.

    Raises:
        UnsupportedClauseError: names the clause.
    """
    kind, content = single_entry(query, "a query")
    nested = _NESTED.get(kind)
    if nested is not None:
        nested(content, schema, scoring)
        return
    leaf = _FILTERS.get(kind)
    if leaf is None:
        raise UnsupportedClauseError(f"{kind}: this query is not in the language; there are {_known_clauses()}")
    if scoring:
        raise UnsupportedClauseError(f"{kind}: it stands in filter context only; put it under bool.filter")
    leaf(content, schema)


def _validate_bool(content: Any, schema: Schema, scoring: bool) -> None:  # noqa: FBT001 (all nested validators look alike)
    refuse_unknown_keys(content, BOOL_KEYS, "bool")
    for occur in ("must", "should"):
        for clause in clauses(content.get(occur, ())):
            validate_query(clause, schema, scoring=scoring)
    for occur in ("filter", "must_not"):
        for clause in clauses(content.get(occur, ())):
            validate_query(clause, schema, scoring=False)
    validate_minimum(content, "bool")


def _validate_match(content: Any, schema: Schema, scoring: bool) -> None:  # noqa: ARG001, FBT001
    field, options = single_entry(content, "match")
    expect_type(field, schema, TEXT, "match")
    where = f"match on {field}"
    if not is_object(options) or "query" not in options:
        raise UnsupportedClauseError(f'{where}: write {{"{field}": {{"query": "…"}}}}')
    refuse_unknown_keys(options, MATCH_KEYS, where)
    _validate_tokens(options["query"], where)
    operator = options.get("operator", "or")
    if operator not in {"and", "or"}:
        raise UnsupportedClauseError(f"{where}: the operator is and / or, not {operator!r}")
    if operator == "and" and "minimum_should_match" in options:
        raise UnsupportedClauseError(f"{where}: the operator and takes no minimum_should_match")
    validate_minimum(options, where)
    _validate_boost(options, where)


def _validate_tokens(text: Any, where: str) -> None:
    if not isinstance(text, str):
        raise UnsupportedClauseError(f"{where}: the query is text, not {text!r}")
    ambiguous = AMBIGUOUS_SPACE.search(text)
    if ambiguous:
        raise UnsupportedClauseError(
            f"{where}: separate tokens by plain spaces; the query holds U+{ord(ambiguous.group()):04X}"
        )
    if len(text) > LONGEST_TOKEN and max(map(len, text.split()), default=0) > LONGEST_TOKEN:
        raise UnsupportedClauseError(f"{where}: a token is at most {LONGEST_TOKEN} characters long")


def _validate_boost(options: Mapping[str, Any], where: str) -> None:
    boost = options.get("boost", 1)
    if not is_number(boost) or boost < 0:
        raise UnsupportedClauseError(f"{where}: boost is a number from 0, not {boost!r}")


def _validate_constant_score(content: Any, schema: Schema, scoring: bool) -> None:  # noqa: ARG001, FBT001
    refuse_unknown_keys(content, {"filter", "boost"}, "constant_score")
    require_keys(content, ("filter",), "constant_score")
    _validate_boost(content, "constant_score")
    validate_query(content["filter"], schema, scoring=False)


def _validate_match_all(content: Any, schema: Schema, scoring: bool) -> None:  # noqa: ARG001, FBT001
    refuse_unknown_keys(content, (), "match_all")


def _validate_term(content: Any, schema: Schema) -> None:
    field, value = single_entry(content, "term")
    expect_type(field, schema, EXACT_TYPES, "term")
    validate_value(field, value, schema, "term")


def _validate_terms(content: Any, schema: Schema) -> None:
    field, values = single_entry(content, "terms")
    expect_type(field, schema, EXACT_TYPES, "terms")
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        raise UnsupportedClauseError(f"terms on {field}: it takes a list of values, not {values!r}")
    for value in values:
        validate_value(field, value, schema, "terms")


def _validate_range(content: Any, schema: Schema) -> None:
    field, bounds = single_entry(content, "range")
    expect_type(field, schema, ORDERED_TYPES, "range")
    if not is_object(bounds) or not bounds:
        raise UnsupportedClauseError(f"range on {field}: it takes at least one of gte, gt, lte, lt")
    refuse_unknown_keys(bounds, RANGE_KEYS, f"range on {field}")
    for value in bounds.values():
        validate_value(field, value, schema, "range")


def _validate_prefix(content: Any, schema: Schema) -> None:
    field, value = single_entry(content, "prefix")
    expect_type(field, schema, {"keyword"}, "prefix")
    validate_value(field, value, schema, "prefix")


def _validate_exists(content: Any, schema: Schema) -> None:
    refuse_unknown_keys(content, {"field"}, "exists")
    require_keys(content, ("field",), "exists")
    expect_type(content["field"], schema, SORTABLE_TYPES, "exists")


def _validate_ids(content: Any, schema: Schema) -> None:  # noqa: ARG001 (all filter validators look alike)
    refuse_unknown_keys(content, {"values"}, "ids")
    require_keys(content, ("values",), "ids")
    values = content["values"]
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise UnsupportedClauseError("ids: values is a list of strings")


def _known_clauses() -> str:
    return ", ".join([*_NESTED, *_FILTERS])


_NESTED: Mapping[str, Callable[[Any, Schema, bool], None]] = {
    "bool": _validate_bool,
    "match": _validate_match,
    "constant_score": _validate_constant_score,
    "match_all": _validate_match_all,
}


_FILTERS: Mapping[str, Callable[[Any, Schema], None]] = {
    "term": _validate_term,
    "terms": _validate_terms,
    "range": _validate_range,
    "ids": _validate_ids,
    "prefix": _validate_prefix,
    "exists": _validate_exists,
}
