"""The orders of the language: one field, then id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recommender.engine.base import Body, Schema
from recommender.engine.language.clauses import SORTABLE_TYPES, expect_type, refuse_unknown_keys, single_entry
from recommender.errors import UnsupportedClauseError


@dataclass(frozen=True, slots=True)
class Sort:
    """An order by one field, then by id ascending; documents without the field come last."""

    field: str
    descending: bool = False


def sort_of(body: Body) -> Sort | None:
    """The order that a valid body asks for; None is (score descending, id ascending)."""
    entries = body.get("sort")
    if not entries:
        return None
    field, order = _sort_entry(entries[0])
    return Sort(field, descending=order == "desc")


def validate_sort(body: Body, schema: Schema) -> None:
    """Check the `sort` of a body."""
    entries = body["sort"]
    if not isinstance(entries, list | tuple) or not 1 <= len(entries) <= 2:  # noqa: PLR2004 (one field, and id)
        raise UnsupportedClauseError(f"sort: it is a list of one field and then id, not {entries!r}")
    field, order = _sort_entry(entries[0])
    if order not in {"asc", "desc"}:
        raise UnsupportedClauseError(f"sort on {field}: the order is asc or desc, not {order!r}")
    expect_type(field, schema, SORTABLE_TYPES, "sort")
    if len(entries) > 1 and _sort_entry(entries[1]) != ("id", "asc"):
        raise UnsupportedClauseError(f"sort: only id, ascending, may follow the first field, not {entries[1]!r}")


def _sort_entry(entry: str | Mapping[str, Any]) -> tuple[str, Any]:
    """The field and its order, from `"year"`, `{"year": "desc"}` or `{"year": {"order": "desc", "missing": "_last"}}`."""
    if isinstance(entry, str):
        return entry, "asc"
    field, order = single_entry(entry, "sort")
    if isinstance(order, Mapping):
        refuse_unknown_keys(order, {"order", "missing"}, f"sort on {field}")
        if order.get("missing", "_last") != "_last":
            raise UnsupportedClauseError(f"sort on {field}: documents without it come last; missing is '_last'")
        return field, order.get("order", "asc")
    return field, order
