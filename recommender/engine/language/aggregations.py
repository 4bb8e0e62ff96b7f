"""The aggregations of the language: `terms`, `histogram`, `stats`."""

from collections.abc import Callable, Mapping
from typing import Any

from recommender.engine.base import MAX_RESULT_WINDOW, Schema
from recommender.engine.language.clauses import (
    EXACT_TYPES,
    NUMERIC_TYPES,
    expect_type,
    is_number,
    refuse_unknown_keys,
    require_keys,
    single_entry,
)
from recommender.errors import UnsupportedClauseError

DEFAULT_BUCKETS = 10


def validate_aggregation(name: str, aggregation: Any, schema: Schema) -> None:
    """Check one named aggregation."""
    kind, content = single_entry(aggregation, f"aggregation {name}")
    validate = _AGGREGATIONS.get(kind)
    if validate is None:
        raise UnsupportedClauseError(f"aggregation {name}: {kind} is not one of {', '.join(_AGGREGATIONS)}")
    require_keys(content, ("field",), f"aggregation {name}")
    validate(content, schema)


def _validate_terms_aggregation(content: Any, schema: Schema) -> None:
    refuse_unknown_keys(content, {"field", "size", "order"}, "terms aggregation")
    expect_type(content["field"], schema, EXACT_TYPES, "terms aggregation")
    size = content.get("size", DEFAULT_BUCKETS)
    if type(size) is not int or not 1 <= size <= MAX_RESULT_WINDOW:
        raise UnsupportedClauseError(f"terms aggregation: size is 1 to {MAX_RESULT_WINDOW}, not {size!r}")
    order = content.get("order", {"_count": "desc"})
    if order not in ({"_count": "desc"}, {"_key": "asc"}, {"_key": "desc"}):
        raise UnsupportedClauseError(
            f"terms aggregation: the order is _count desc, _key asc or _key desc, not {order!r}"
        )


def _validate_histogram(content: Any, schema: Schema) -> None:
    refuse_unknown_keys(content, {"field", "interval", "min_doc_count"}, "histogram")
    expect_type(content["field"], schema, NUMERIC_TYPES, "histogram")
    interval = content.get("interval")
    if not is_number(interval) or not interval > 0:
        raise UnsupportedClauseError(f"histogram: interval is a number above 0, not {interval!r}")
    minimum = content.get("min_doc_count", 0)
    if type(minimum) is not int or minimum < 0:
        raise UnsupportedClauseError(f"histogram: min_doc_count is a whole number from 0, not {minimum!r}")


def _validate_stats(content: Any, schema: Schema) -> None:
    refuse_unknown_keys(content, {"field"}, "stats")
    expect_type(content["field"], schema, NUMERIC_TYPES, "stats")


_AGGREGATIONS: Mapping[str, Callable[[Any, Schema], None]] = {
    "terms": _validate_terms_aggregation,
    "histogram": _validate_histogram,
    "stats": _validate_stats,
}
