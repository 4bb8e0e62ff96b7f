"""The query language that both engines take, as one check made before either of them sees a body.

`recommender.engine.base` describes the language; this module is its exact form. What passes here means the same on
both engines, and what does not is an `UnsupportedClauseError` that names the clause, never a silent difference. The
check reads a body once and costs some 20 microseconds, so it stays on for every search.

Fixed here, because the engines would otherwise differ:

* values have their field's type: a number is not found in a keyword field by being written as a number
* a date in a query is a whole instant with its offset (`2026-11-20T09:30:00+09:00`): Elasticsearch rounds shorter ones
* tokens in a `match` are separated by plain spaces, and at most 255 characters long
* a query vector has length 1 (the similarity is `dot_product`)
* `operator: and` takes no `minimum_should_match`, `terms` buckets are ordered by one key
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from recommender.engine.base import MAX_RESULT_WINDOW, Body, Schema
from recommender.errors import UnsupportedClauseError

DEFAULT_SIZE = 10
LONGEST_TOKEN = 255
UNIT_LENGTH_TOLERANCE = 1e-4
"""How far the squared length of a vector may be from 1; Elasticsearch refuses what is farther."""

AMBIGUOUS_SPACE = re.compile("[\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
"""Where one engine ends a token and the other does not."""

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)")
MINIMUM = re.compile(r"\s*(?:-?\d+%?|\d+<-?\d+%?(?:\s+\d+<-?\d+%?)*)\s*")

LEXICAL_KEYS = frozenset({"query", "size", "from", "sort", "aggs", "track_total_hits", "_source"})
DENSE_KEYS = frozenset({"knn", "size", "_source"})
KNN_KEYS = frozenset({"field", "query_vector", "k", "num_candidates", "filter"})
BOOL_KEYS = frozenset({"must", "should", "filter", "must_not", "minimum_should_match"})
MATCH_KEYS = frozenset({"query", "operator", "minimum_should_match", "boost"})
RANGE_KEYS = frozenset({"gte", "gt", "lte", "lt"})

EXACT_TYPES = frozenset({"keyword", "integer", "double", "boolean"})
ORDERED_TYPES = frozenset({"integer", "double", "date"})
NUMERIC_TYPES = frozenset({"integer", "double"})
SORTABLE_TYPES = frozenset({"keyword", "integer", "double", "boolean", "date"})


@dataclass(frozen=True, slots=True)
class Sort:
    """An order by one field, then by id ascending; documents without the field come last."""

    field: str
    descending: bool = False


def validate_body(body: Body, schema: Schema) -> None:
    """Check a whole body.

    Raises:
        UnsupportedClauseError: names the first clause that is outside the language.
    """
    if "knn" in body:
        _only(body, DENSE_KEYS, "a body with knn")
        _validate_knn(body["knn"], schema)
    else:
        _only(body, LEXICAL_KEYS, "a body")
        if "query" in body:
            validate_query(body["query"], schema, scoring=True)
        if "sort" in body:
            _validate_sort(body, schema)
        for name, aggregation in body.get("aggs", {}).items():
            _validate_aggregation(name, aggregation, schema)
        if body.get("track_total_hits", True) is not True:
            raise UnsupportedClauseError("track_total_hits: totals are always exact; leave it out or say true")
    _validate_window(body)
    _validate_source(body.get("_source", False), schema)


def validate_query(query: Mapping[str, Any], schema: Schema, *, scoring: bool) -> None:
    """Check one query clause and all below it.

    Args:
        query: one clause, `{kind: …}`.
        schema: of the index that is asked.
        scoring: false in filter context (`filter`, `must_not`, `count`, `scan`), where more clauses are allowed.

    Raises:
        UnsupportedClauseError: names the clause.
    """
    kind, content = _single(query, "a query")
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


def clauses(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The clauses under `must`, `should`, `filter` or `must_not`, where a single one may stand without a list."""
    return [value] if isinstance(value, Mapping) else value


def sort_of(body: Body) -> Sort | None:
    """The order that a valid body asks for; None is (score descending, id ascending)."""
    entries = body.get("sort")
    if not entries:
        return None
    field, order = _sort_entry(entries[0])
    return Sort(field, descending=order == "desc")


def minimum_matches(specification: str | int, optional: int) -> int:
    """How many of the optional clauses have to match, by the rules of `minimum_should_match`.

    Args:
        specification: `2`, `-1`, `"75%"`, `"-25%"`, or conditions as in `"2<75% 9<-3"`.
        optional: how many optional clauses there are.

    Returns:
        0 to `optional`; a query of nothing but optional clauses needs at least one of them in any case.
    """
    text = str(specification).strip()
    if "<" not in text:
        return _simple_minimum(text, optional)
    needed = optional
    for condition in text.split():
        above, _, rule = condition.partition("<")
        if optional <= int(above):
            break
        needed = _simple_minimum(rule, optional)
    return needed


def instant_milliseconds(text: str) -> int:
    """Milliseconds since 1970 of a date or an instant in ISO 8601; one without an offset is UTC.

    Raises:
        ValueError: it is neither.
    """
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return math.floor(aware.timestamp() * 1000)


def _simple_minimum(rule: str, optional: int) -> int:
    if rule.endswith("%"):
        percent = int(rule[:-1])
        share = abs(percent) * optional // 100
        needed = share if percent >= 0 else optional - share
    else:
        number = int(rule)
        needed = number if number >= 0 else optional + number
    return max(0, min(optional, needed))


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
        _type_of(field, schema, "_source")


def _validate_sort(body: Body, schema: Schema) -> None:
    entries = body["sort"]
    if not isinstance(entries, list | tuple) or not 1 <= len(entries) <= 2:  # noqa: PLR2004 (one field, and id)
        raise UnsupportedClauseError(f"sort: it is a list of one field and then id, not {entries!r}")
    field, order = _sort_entry(entries[0])
    if order not in {"asc", "desc"}:
        raise UnsupportedClauseError(f"sort on {field}: the order is asc or desc, not {order!r}")
    _expect(field, schema, SORTABLE_TYPES, "sort")
    if len(entries) > 1 and _sort_entry(entries[1]) != ("id", "asc"):
        raise UnsupportedClauseError(f"sort: only id, ascending, may follow the first field, not {entries[1]!r}")


def _sort_entry(entry: str | Mapping[str, Any]) -> tuple[str, Any]:
    """The field and its order, from `"year"`, `{"year": "desc"}` or `{"year": {"order": "desc", "missing": "_last"}}`."""
    if isinstance(entry, str):
        return entry, "asc"
    field, order = _single(entry, "sort")
    if isinstance(order, Mapping):
        _only(order, {"order", "missing"}, f"sort on {field}")
        if order.get("missing", "_last") != "_last":
            raise UnsupportedClauseError(f"sort on {field}: documents without it come last; missing is '_last'")
        return field, order.get("order", "asc")
    return field, order


def _validate_knn(knn: Any, schema: Schema) -> None:
    if not isinstance(knn, Mapping):
        raise UnsupportedClauseError("knn: it is one object, not a list")
    _only(knn, KNN_KEYS, "knn")
    _required(knn, ("field", "query_vector", "k"), "knn")
    _expect(knn["field"], schema, {"dense_vector"}, "knn")
    _validate_candidates(knn)
    _validate_query_vector(knn["query_vector"], int(schema.properties[knn["field"]]["dims"]))
    for clause in clauses(knn.get("filter", ())):
        validate_query(clause, schema, scoring=False)


def _validate_candidates(knn: Mapping[str, Any]) -> None:
    k = knn["k"]
    candidates = knn.get("num_candidates", k)
    if type(k) is not int or type(candidates) is not int or not 1 <= k <= candidates <= MAX_RESULT_WINDOW:
        raise UnsupportedClauseError(
            f"knn: 1 <= k <= num_candidates <= {MAX_RESULT_WINDOW} has to hold, not k {k!r}, num_candidates {candidates!r}"
        )


def _validate_query_vector(vector: Any, dims: int) -> None:
    array = np.asarray(vector, dtype=np.float32)
    if array.shape != (dims,):
        raise UnsupportedClauseError(
            f"knn: the query vector has the shape {array.shape}, but the field holds ({dims},)"
        )
    if not abs(float(array @ array) - 1.0) <= UNIT_LENGTH_TOLERANCE:  # so that NaN is refused as well
        raise UnsupportedClauseError("knn: the query vector has to be of length 1; normalise it")


def _validate_bool(content: Any, schema: Schema, scoring: bool) -> None:  # noqa: FBT001 (all nested validators look alike)
    _only(content, BOOL_KEYS, "bool")
    for occur in ("must", "should"):
        for clause in clauses(content.get(occur, ())):
            validate_query(clause, schema, scoring=scoring)
    for occur in ("filter", "must_not"):
        for clause in clauses(content.get(occur, ())):
            validate_query(clause, schema, scoring=False)
    _validate_minimum(content, "bool")


def _validate_match(content: Any, schema: Schema, scoring: bool) -> None:  # noqa: ARG001, FBT001
    field, options = _single(content, "match")
    _expect(field, schema, {"text"}, "match")
    if not isinstance(options, Mapping) or "query" not in options:
        raise UnsupportedClauseError(f'match on {field}: write {{"{field}": {{"query": "…"}}}}')
    _only(options, MATCH_KEYS, f"match on {field}")
    _validate_tokens(field, options["query"])
    operator = options.get("operator", "or")
    if operator not in {"and", "or"}:
        raise UnsupportedClauseError(f"match on {field}: the operator is and / or, not {operator!r}")
    if operator == "and" and "minimum_should_match" in options:
        raise UnsupportedClauseError(f"match on {field}: the operator and takes no minimum_should_match")
    _validate_minimum(options, f"match on {field}")
    _validate_boost(options, f"match on {field}")


def _validate_tokens(field: str, text: Any) -> None:
    if not isinstance(text, str):
        raise UnsupportedClauseError(f"match on {field}: the query is text, not {text!r}")
    ambiguous = AMBIGUOUS_SPACE.search(text)
    if ambiguous:
        raise UnsupportedClauseError(
            f"match on {field}: separate tokens by plain spaces; the query holds U+{ord(ambiguous.group()):04X}"
        )
    if len(text) > LONGEST_TOKEN and max(map(len, text.split()), default=0) > LONGEST_TOKEN:
        raise UnsupportedClauseError(f"match on {field}: a token is at most {LONGEST_TOKEN} characters long")


def _validate_constant_score(content: Any, schema: Schema, scoring: bool) -> None:  # noqa: ARG001, FBT001
    _only(content, {"filter", "boost"}, "constant_score")
    _required(content, ("filter",), "constant_score")
    _validate_boost(content, "constant_score")
    validate_query(content["filter"], schema, scoring=False)


def _validate_match_all(content: Any, schema: Schema, scoring: bool) -> None:  # noqa: ARG001, FBT001
    _only(content, (), "match_all")


def _validate_term(content: Any, schema: Schema) -> None:
    field, value = _single(content, "term")
    _expect(field, schema, EXACT_TYPES, "term")
    _validate_value(field, value, schema, "term")


def _validate_terms(content: Any, schema: Schema) -> None:
    field, values = _single(content, "terms")
    _expect(field, schema, EXACT_TYPES, "terms")
    if isinstance(values, str | Mapping) or not isinstance(values, Iterable):
        raise UnsupportedClauseError(f"terms on {field}: it takes a list of values, not {values!r}")
    for value in values:
        _validate_value(field, value, schema, "terms")


def _validate_range(content: Any, schema: Schema) -> None:
    field, bounds = _single(content, "range")
    _expect(field, schema, ORDERED_TYPES, "range")
    if not isinstance(bounds, Mapping) or not bounds:
        raise UnsupportedClauseError(f"range on {field}: it takes at least one of gte, gt, lte, lt")
    _only(bounds, RANGE_KEYS, f"range on {field}")
    for value in bounds.values():
        _validate_value(field, value, schema, "range")


def _validate_prefix(content: Any, schema: Schema) -> None:
    field, value = _single(content, "prefix")
    _expect(field, schema, {"keyword"}, "prefix")
    _validate_value(field, value, schema, "prefix")


def _validate_exists(content: Any, schema: Schema) -> None:
    _only(content, {"field"}, "exists")
    _required(content, ("field",), "exists")
    _expect(content["field"], schema, SORTABLE_TYPES, "exists")


def _validate_ids(content: Any, schema: Schema) -> None:  # noqa: ARG001 (all filter validators look alike)
    _only(content, {"values"}, "ids")
    _required(content, ("values",), "ids")
    values = content["values"]
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise UnsupportedClauseError("ids: values is a list of strings")


def _validate_aggregation(name: str, aggregation: Any, schema: Schema) -> None:
    kind, content = _single(aggregation, f"aggregation {name}")
    validate = _AGGREGATIONS.get(kind)
    if validate is None:
        raise UnsupportedClauseError(f"aggregation {name}: {kind} is not one of {', '.join(_AGGREGATIONS)}")
    _required(content, ("field",), f"aggregation {name}")
    validate(content, schema)


def _validate_terms_aggregation(content: Any, schema: Schema) -> None:
    _only(content, {"field", "size", "order"}, "terms aggregation")
    _expect(content["field"], schema, EXACT_TYPES, "terms aggregation")
    size = content.get("size", DEFAULT_SIZE)
    if type(size) is not int or not 1 <= size <= MAX_RESULT_WINDOW:
        raise UnsupportedClauseError(f"terms aggregation: size is 1 to {MAX_RESULT_WINDOW}, not {size!r}")
    order = content.get("order", {"_count": "desc"})
    if order not in ({"_count": "desc"}, {"_key": "asc"}, {"_key": "desc"}):
        raise UnsupportedClauseError(
            f"terms aggregation: the order is _count desc, _key asc or _key desc, not {order!r}"
        )


def _validate_histogram(content: Any, schema: Schema) -> None:
    _only(content, {"field", "interval", "min_doc_count"}, "histogram")
    _expect(content["field"], schema, NUMERIC_TYPES, "histogram")
    interval = content.get("interval")
    if not _is_number(interval) or not interval > 0:
        raise UnsupportedClauseError(f"histogram: interval is a number above 0, not {interval!r}")
    minimum = content.get("min_doc_count", 0)
    if type(minimum) is not int or minimum < 0:
        raise UnsupportedClauseError(f"histogram: min_doc_count is a whole number from 0, not {minimum!r}")


def _validate_stats(content: Any, schema: Schema) -> None:
    _only(content, {"field"}, "stats")
    _expect(content["field"], schema, NUMERIC_TYPES, "stats")


def _validate_minimum(options: Mapping[str, Any], where: str) -> None:
    minimum = options.get("minimum_should_match", 0)
    if type(minimum) is int or (isinstance(minimum, str) and MINIMUM.fullmatch(minimum)):
        return
    raise UnsupportedClauseError(f"{where}: minimum_should_match {minimum!r} is none of 2, '75%', '-25%', '2<75% 9<-3'")


def _validate_boost(options: Mapping[str, Any], where: str) -> None:
    boost = options.get("boost", 1)
    if not _is_number(boost) or boost < 0:
        raise UnsupportedClauseError(f"{where}: boost is a number from 0, not {boost!r}")


def _validate_value(field: str, value: Any, schema: Schema, where: str) -> None:
    kind = schema.properties[field]["type"]
    if not _IS_VALUE_OF[kind](value):
        raise UnsupportedClauseError(f"{where} on {field}: {value!r} is no {_WANTED.get(kind, kind)}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_instant(value: Any) -> bool:
    return isinstance(value, str) and INSTANT.fullmatch(value) is not None


def _expect(field: Any, schema: Schema, types: Iterable[str], where: str) -> None:
    kind = _type_of(field, schema, where)
    if kind not in types:
        raise UnsupportedClauseError(
            f"{where} on {field}: the field is of type {kind}; it takes {', '.join(sorted(types))}"
        )


def _type_of(field: Any, schema: Schema, where: str) -> str:
    mapping = schema.properties.get(field) if isinstance(field, str) else None
    if mapping is None:
        raise UnsupportedClauseError(f"{where}: the mapping has no field {field!r}")
    kind: str = mapping["type"]
    return kind


def _single(content: Any, where: str) -> tuple[str, Any]:
    if not isinstance(content, Mapping) or len(content) != 1:
        raise UnsupportedClauseError(f"{where}: it holds exactly one key, not {content!r:.200}")
    return next(iter(content.items()))


def _only(content: Any, allowed: Iterable[str], where: str) -> None:
    if not isinstance(content, Mapping):
        raise UnsupportedClauseError(f"{where}: it is an object, not {content!r:.200}")
    for key in content:
        if key not in allowed:
            raise UnsupportedClauseError(
                f"{where}: {key!r} is not in the language; it takes {', '.join(sorted(allowed))}"
            )


def _required(content: Any, keys: Iterable[str], where: str) -> None:
    for key in keys:
        if not isinstance(content, Mapping) or key not in content:
            raise UnsupportedClauseError(f"{where}: {key!r} is missing")


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
_AGGREGATIONS: Mapping[str, Callable[[Any, Schema], None]] = {
    "terms": _validate_terms_aggregation,
    "histogram": _validate_histogram,
    "stats": _validate_stats,
}
_IS_VALUE_OF: Mapping[str, Callable[[Any], bool]] = {
    "keyword": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "double": _is_number,
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_instant,
}
_WANTED = {"keyword": "string", "integer": "whole number", "double": "number", "date": "whole instant with its offset"}
