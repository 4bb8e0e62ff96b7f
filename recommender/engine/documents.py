"""What a document has to be before it is written: checked and completed in one place for both engines.

Nothing is coerced (a number in a keyword field is refused, not turned into text), so that what is stored, found and
counted is the same on both engines. A field may hold one value, a list of values (text, keyword, numbers, booleans,
dates), or None where there is none.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from recommender.engine.base import EMPTY_TOKEN, Action, Operation, Schema
from recommender.engine.language import INTEGER_RANGE, LONGEST_TOKEN, UNIT_LENGTH_TOLERANCE, instant_milliseconds
from recommender.errors import InvalidDocumentError

LONGEST_KEYWORD: Final = 32_766
"""Bytes of a keyword value; Elasticsearch refuses longer ones."""

LONGEST_ID: Final = 512
"""Bytes of an id; Elasticsearch refuses longer ones."""

DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?")
"""What both Elasticsearch's default date format and Python's `datetime.fromisoformat` read alike."""


def prepare_document(schema: Schema, id: str, document: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002 (the field's name)
    """A whole document as it is stored: checked, with `id`, and with a token in every text field.

    Vectors come out as float32 arrays of length `dims`, text with its tokens separated by one space.

    Raises:
        InvalidDocumentError: names the document, the field and the value.
    """
    prepared = prepare_changes(schema, id, document)
    for field, mapping in schema.properties.items():
        if mapping["type"] == "text" and field not in prepared:
            prepared[field] = EMPTY_TOKEN
    prepared["id"] = id
    return prepared


def prepare_changes(schema: Schema, id: str, changes: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002
    """The fields of a partial update as they are stored; fields not given stay as they are.

    Raises:
        InvalidDocumentError: names the document, the field and the value.
    """
    _check_id(id, changes)
    prepared: dict[str, Any] = {}
    for field, value in changes.items():
        mapping = schema.properties.get(field)
        if mapping is None:
            raise InvalidDocumentError(f"document {id}: the mapping has no field {field!r}, and it takes no others")
        try:
            prepared[field] = _PREPARE[mapping["type"]](value, mapping)
        except (TypeError, ValueError) as error:
            raise InvalidDocumentError(f"document {id}, field {field}: {_shown(value)} {error}") from error
    return prepared


def merge_document(stored: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A stored document with a partial update merged in; objects merge key by key, as Elasticsearch does."""
    merged = dict(stored)
    for field, value in changes.items():
        before = merged.get(field)
        both_objects = isinstance(before, Mapping) and isinstance(value, Mapping)
        merged[field] = merge_document(before, value) if both_objects else value  # type: ignore[arg-type]
    return merged


def check_operation(operation: Operation) -> None:
    """Refuse a write that cannot be meant.

    Raises:
        InvalidDocumentError: a write without a document, a deletion with one, or a versioned creation.
    """
    is_deletion = operation.action is Action.DELETE
    if is_deletion != (operation.document is None):
        wanted = "takes no document" if is_deletion else "needs a document"
        raise InvalidDocumentError(f"document {operation.id}: {operation.action} {wanted}")
    if operation.action is Action.CREATE and operation.if_version is not None:
        raise InvalidDocumentError(f"document {operation.id}: create takes no version, since nothing may be there yet")


def _check_id(id: str, document: Mapping[str, Any]) -> None:  # noqa: A002
    if not isinstance(id, str) or not id or len(id.encode("utf-8", "replace")) > LONGEST_ID:
        raise InvalidDocumentError(f"document {id!r:.100}: an id is text of 1 to {LONGEST_ID} bytes")
    if document.get("id", id) != id:
        raise InvalidDocumentError(
            f"document {id}: its field id says {document['id']!r}; leave it out or make it equal"
        )


def _prepare_text(value: Any, _mapping: Mapping[str, Any]) -> str | list[str]:
    if value is None:
        return EMPTY_TOKEN
    if isinstance(value, str):
        return _normalised_tokens(value) or EMPTY_TOKEN
    if not isinstance(value, list | tuple):
        raise TypeError("is no text")
    return [tokens for tokens in map(_normalised_tokens, value) if tokens] or EMPTY_TOKEN


def _normalised_tokens(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError("is no text")
    tokens = text.split()
    if len(text) > LONGEST_TOKEN and max(map(len, tokens), default=0) > LONGEST_TOKEN:
        raise ValueError(f"holds a token of more than {LONGEST_TOKEN} characters")
    return " ".join(tokens)


def _of_values(check: Callable[[Any], None]) -> Callable[[Any, Mapping[str, Any]], Any]:
    """Make a preparation that checks one value, or each of a list, and leaves it as it is."""

    def prepare(value: Any, _mapping: Mapping[str, Any]) -> Any:
        if value is None:
            return None
        if isinstance(value, list | tuple):
            for one in value:
                check(one)
            return list(value)
        check(value)
        return value

    return prepare


def _check_keyword(value: Any) -> None:
    if not isinstance(value, str):
        raise TypeError("is no text")
    if len(value) * 4 > LONGEST_KEYWORD and len(value.encode("utf-8", "replace")) > LONGEST_KEYWORD:
        raise ValueError(f"is longer than {LONGEST_KEYWORD} bytes")


def _check_integer(value: Any) -> None:
    if type(value) is not int:
        raise TypeError("is no whole number")
    if value not in INTEGER_RANGE:
        raise ValueError("does not fit 32 bits")


def _check_double(value: Any) -> None:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise TypeError("is no finite number")


def _check_boolean(value: Any) -> None:
    if type(value) is not bool:
        raise TypeError("is neither true nor false")


def _check_date(value: Any) -> None:
    if not isinstance(value, str) or not DATE.fullmatch(value):
        raise TypeError("is no ISO date or instant")
    try:
        instant_milliseconds(value)
    except ValueError as error:
        raise ValueError("is no day or time that there is") from error


def _prepare_vector(value: Any, mapping: Mapping[str, Any]) -> Any:
    if value is None:
        return None
    vector = np.asarray(value, dtype=np.float32)
    if vector.shape != (mapping["dims"],):
        raise ValueError(f"has the shape {vector.shape}, not ({mapping['dims']},)")
    if not abs(float(vector @ vector) - 1.0) <= UNIT_LENGTH_TOLERANCE:  # so that NaN is refused as well
        raise ValueError("is not of length 1")
    return vector


def _prepare_object(value: Any, _mapping: Mapping[str, Any]) -> Any:
    if value is not None and not isinstance(value, Mapping):
        raise TypeError("is no object")
    return value


def _shown(value: Any) -> str:
    """A value in a message, short; a vector is named by what it is and not by its numbers."""
    return "the vector" if isinstance(value, np.ndarray) else f"{value!r:.120}"


_PREPARE: Mapping[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "text": _prepare_text,
    "keyword": _of_values(_check_keyword),
    "integer": _of_values(_check_integer),
    "double": _of_values(_check_double),
    "boolean": _of_values(_check_boolean),
    "date": _of_values(_check_date),
    "dense_vector": _prepare_vector,
    "object": _prepare_object,
}
