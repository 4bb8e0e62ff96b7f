"""Bulk writes: operations as lines, cut into chunks, sent until every one of them has an outcome."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from recommender.engine.base import Action, Document, Operation, OperationResult, Outcome, Schema
from recommender.engine.documents import check_operation, prepare_changes, prepare_document
from recommender.engine.elasticsearch.failures import TRY_LATER
from recommender.engine.elasticsearch.searching import encoded_vector
from recommender.errors import InvalidDocumentError

CHUNK_OPERATIONS = 1_000
CHUNK_BYTES = 8 * 1024 * 1024
"""Elasticsearch takes 100 MB at once, but indexes no faster from about 5 MB on, and has to hold it all in memory."""

VERSION = re.compile(r"(\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Write:
    """One operation, ready to be sent. `content` is what it writes, as read back: without vectors."""

    position: int  # among the results
    operation: Operation
    lines: tuple[bytes, ...]
    content: Mapping[str, Any]


def encoded_write(position: int, operation: Operation, schema: Schema) -> Write | OperationResult:
    """An operation as lines of a bulk request, or its result where it cannot take effect.

    Raises:
        InvalidDocumentError: the document does not fit the schema.
    """
    check_operation(operation)
    header: dict[str, Any] = {"_id": operation.id}
    if operation.if_version is not None:
        version = VERSION.fullmatch(operation.if_version)
        if version is None:
            reason = f"version {operation.if_version!r} was not given by this engine"
            return OperationResult(operation.id, Outcome.CONFLICT, reason=reason)
        header |= {"if_seq_no": int(version[1]), "if_primary_term": int(version[2])}
    content = _content(operation, schema)
    lines = [_json(operation.id, {operation.action.value: header})]
    if operation.action is Action.UPDATE:
        lines.append(
            _json(operation.id, {"doc": content, "detect_noop": False})
        )  # so that every write makes a new version
    elif operation.action is not Action.DELETE:
        lines.append(_json(operation.id, content))
    readable = {field: value for field, value in content.items() if not isinstance(value, np.ndarray)}
    return Write(position, operation, tuple(lines), readable)


def chunks(writes: Iterable[Write]) -> Iterator[list[Write]]:
    """Cut a stream into requests of a size that suits the cluster."""
    chunk: list[Write] = []
    size = 0
    for write in writes:
        write_size = sum(map(len, write.lines))
        if chunk and (len(chunk) == CHUNK_OPERATIONS or size + write_size > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(write)
        size += write_size
    if chunk:
        yield chunk


def operation_result(write: Write, item: Mapping[str, Any]) -> OperationResult:
    """What the cluster's answer to one operation means."""
    (answer,) = item.values()
    error = answer.get("error")
    if error is None:
        outcome = Outcome(answer["result"])
        version = "" if outcome is Outcome.NOT_FOUND else f"{answer['_seq_no']}:{answer['_primary_term']}"
        return OperationResult(write.operation.id, outcome, version=version)
    reason = ": ".join(str(part["reason"]) for part in (error, error.get("caused_by")) if part)
    return OperationResult(write.operation.id, _failure(answer["status"]), reason=reason)


def is_worth_another_try(item: Mapping[str, Any]) -> bool:
    """Whether the cluster refused one operation only because it was busy."""
    (answer,) = item.values()
    return answer["status"] in TRY_LATER


def missing_index(items: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The error of the first operation that found no index to write to."""
    for item in items:
        (answer,) = item.values()
        error: Mapping[str, Any] = answer.get("error") or {}
        if error.get("type") == "index_not_found_exception":
            return error
    return None


def settled(result: OperationResult, write: Write, stored: Document | None) -> OperationResult:
    """The true outcome of a write whose first answer was lost on the way, so that it was sent again.

    What it wrote the first time makes the second one a conflict with itself: a lock that was just taken would look
    like another's. If the document holds what was to be written, the first one took effect.
    """
    if result.outcome is not Outcome.CONFLICT or stored is None:
        return result
    if any(stored.source.get(field) != value for field, value in write.content.items()):
        return result
    outcome = Outcome.CREATED if write.operation.action is Action.CREATE else Outcome.UPDATED
    return OperationResult(result.id, outcome, version=stored.version)


class Results:
    """The outcomes of a bulk call, in the order of its operations, as they come in."""

    def __init__(self) -> None:
        self._by_position: list[OperationResult | None] = []

    def writes(self, operations: Iterable[Operation], schema: Schema) -> Iterator[Write]:
        """The operations that can be sent; the others have their result already."""
        for position, operation in enumerate(operations):
            self._by_position.append(None)
            try:
                write = encoded_write(position, operation, schema)
            except InvalidDocumentError as error:
                write = OperationResult(operation.id, Outcome.REJECTED, reason=str(error))
            if isinstance(write, Write):
                yield write
            else:
                self._by_position[position] = write

    def put(self, write: Write, result: OperationResult) -> None:
        """Note what became of a write."""
        self._by_position[write.position] = result

    def of(self, write: Write) -> OperationResult:
        """What became of a write that was sent.

        Raises:
            KeyError: nothing yet.
        """
        result = self._by_position[write.position]
        if result is None:
            raise KeyError(write.operation.id)
        return result

    def in_order(self) -> tuple[OperationResult, ...]:
        """All of them.

        Raises:
            InvalidDocumentError: at least one was rejected; names the first.
        """
        results = tuple(result for result in self._by_position if result is not None)
        rejected = [result for result in results if result.outcome is Outcome.REJECTED]
        if rejected:
            others = f" (and {len(rejected) - 1} more documents)" if len(rejected) > 1 else ""
            raise InvalidDocumentError(f"{rejected[0].reason}{others}; the other documents were written")
        return results


def _content(operation: Operation, schema: Schema) -> dict[str, Any]:
    if operation.document is None:
        return {}
    prepare = prepare_changes if operation.action is Action.UPDATE else prepare_document
    return prepare(schema, operation.id, operation.document)


def _failure(status: int) -> Outcome:
    return {404: Outcome.NOT_FOUND, 409: Outcome.CONFLICT}.get(status, Outcome.REJECTED)


def _json(document_id: str, content: Mapping[str, Any]) -> bytes:
    try:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_encoded)
        return text.encode()
    except (TypeError, ValueError) as error:  # a UnicodeEncodeError is a ValueError
        raise InvalidDocumentError(f"document {document_id}: it cannot be written as JSON: {error}") from error


def _encoded(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return encoded_vector(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")
