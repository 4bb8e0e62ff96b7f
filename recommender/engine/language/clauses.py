"""Reading the parts of a clause, and refusing what does not belong there."""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeGuard

from recommender.engine.base import Schema
from recommender.errors import UnsupportedClauseError

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)")
INTEGER_RANGE = range(-(2**31), 2**31)
EXACT_TYPES = frozenset({"keyword", "integer", "double", "boolean"})
ORDERED_TYPES = frozenset({"integer", "double", "date"})
NUMERIC_TYPES = frozenset({"integer", "double"})
SORTABLE_TYPES = frozenset({"keyword", "integer", "double", "boolean", "date"})


def clauses(value: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The clauses under `must`, `should`, `filter` or `must_not`, where a single one may stand without a list."""
    return [value] if type(value) is dict or isinstance(value, Mapping) else value


def instant_milliseconds(text: str) -> int:
    """Milliseconds since 1970 of a date or an instant in ISO 8601; one without an offset is UTC.

    Raises:
        ValueError: it is neither.
    """
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return math.floor(aware.timestamp() * 1000)


def is_object(value: Any) -> TypeGuard[Mapping[str, Any]]:
    """Whether it is a mapping. Nearly all are plain, which is told at a tenth of what the abstract class takes."""
    return type(value) is dict or isinstance(value, Mapping)


def single_entry(content: Any, where: str) -> tuple[str, Any]:
    """The one key of an object, and what stands under it."""
    if not is_object(content) or len(content) != 1:
        raise UnsupportedClauseError(f"{where}: it holds exactly one key, not {content!r:.200}")
    return next(iter(content.items()))


def refuse_unknown_keys(content: Any, allowed: Iterable[str], where: str) -> None:
    """Refuse an object with a key that the language does not have there."""
    if not is_object(content):
        raise UnsupportedClauseError(f"{where}: it is an object, not {content!r:.200}")
    for key in content:
        if key not in allowed:
            raise UnsupportedClauseError(
                f"{where}: {key!r} is not in the language; it takes {', '.join(sorted(allowed))}"
            )


def require_keys(content: Any, keys: Iterable[str], where: str) -> None:
    """Refuse an object that lacks one of the keys."""
    for key in keys:
        if not is_object(content) or key not in content:
            raise UnsupportedClauseError(f"{where}: {key!r} is missing")


def expect_type(field: Any, schema: Schema, types: Iterable[str], where: str) -> None:
    """Refuse a field that is of another type."""
    kind = type_of(field, schema, where)
    if kind not in types:
        raise UnsupportedClauseError(
            f"{where} on {field}: the field is of type {kind}; it takes {', '.join(sorted(types))}"
        )


def type_of(field: Any, schema: Schema, where: str) -> str:
    """The mapping type of a field; refuses one that the mapping does not have."""
    mapping = schema.properties.get(field) if isinstance(field, str) else None
    if mapping is None:
        raise UnsupportedClauseError(f"{where}: the mapping has no field {field!r}")
    kind: str = mapping["type"]
    return kind


def validate_value(field: str, value: Any, schema: Schema, where: str) -> None:
    """Refuse a value that is not of its field's type."""
    kind = schema.properties[field]["type"]
    if not _IS_VALUE_OF[kind](value):
        raise UnsupportedClauseError(f"{where} on {field}: {value!r} is no {_WANTED.get(kind, kind)}")


def is_number(value: Any) -> bool:
    """Whether it is a finite number; true and false are none."""
    return isinstance(value, _NUMBERS) and not isinstance(value, bool) and math.isfinite(value)


def _is_instant(value: Any) -> bool:
    return isinstance(value, str) and INSTANT.fullmatch(value) is not None


_NUMBERS = (int, float)  # a tuple is asked in a third of the time that a union takes
_IS_VALUE_OF: Mapping[str, Callable[[Any], bool]] = {
    "keyword": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int and value in INTEGER_RANGE,
    "double": is_number,
    "boolean": lambda value: isinstance(value, bool),
    "date": _is_instant,
}
_WANTED = {
    "keyword": "string",
    "integer": "whole number of 32 bits",
    "double": "number",
    "date": "whole instant with its offset",
}
