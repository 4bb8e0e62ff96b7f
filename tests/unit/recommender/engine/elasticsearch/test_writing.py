import json
from typing import Any

import numpy as np
import pytest

from recommender.engine.base import Action, Document, Operation, OperationResult, Outcome
from recommender.engine.elasticsearch import writing
from recommender.engine.elasticsearch.searching import encoded_vector
from recommender.engine.elasticsearch.writing import Results, Write, chunks, encoded_write, operation_result, settled
from recommender.engine.schema import books_schema
from recommender.errors import InvalidDocumentError

SCHEMA = books_schema(encoder="bundled", dims=2, analyzer="kiwi", expected_books=10)


def _write(operation: Operation) -> Write:
    write = encoded_write(0, operation, SCHEMA)
    assert isinstance(write, Write)
    return write


@pytest.mark.parametrize(
    ("operation", "lines"),
    [
        (Operation(Action.DELETE, "b1"), [{"delete": {"_id": "b1"}}]),
        (
            Operation(Action.DELETE, "b1", if_version="12:3"),
            [{"delete": {"_id": "b1", "if_seq_no": 12, "if_primary_term": 3}}],
        ),
        (
            Operation(Action.UPDATE, "b1", {"available": False, "vector": [0.6, 0.8]}),
            [
                {"update": {"_id": "b1"}},
                {"doc": {"available": False, "vector": encoded_vector([0.6, 0.8])}, "detect_noop": False},
            ],
        ),
    ],
)
def test_an_operation_as_lines(operation: Operation, lines: list[dict[str, Any]]) -> None:
    assert [json.loads(line) for line in _write(operation).lines] == lines


def test_a_document_is_written_in_one_line_with_its_text_as_it_is() -> None:
    header, document = _write(Operation(Action.CREATE, "b1", {"title": "데미안", "record": {"note": "줄\n바꿈"}})).lines

    assert json.loads(header) == {"create": {"_id": "b1"}}
    assert b"\n" not in document
    assert "데미안".encode() in document


def test_a_version_of_somewhere_else_is_a_conflict() -> None:
    result = encoded_write(0, Operation(Action.DELETE, "b1", if_version="17"), SCHEMA)

    assert result == OperationResult("b1", Outcome.CONFLICT, reason="version '17' was not given by this engine")


@pytest.mark.parametrize("value", [{1, 2}, float("nan"), "\ud800"])
def test_a_record_that_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(InvalidDocumentError, match="b1: it cannot be written as JSON"):
        encoded_write(0, Operation(Action.INDEX, "b1", {"record": {"note": value}}), SCHEMA)


def test_chunks_are_cut_by_count_and_by_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "CHUNK_OPERATIONS", 3)
    monkeypatch.setattr(writing, "CHUNK_BYTES", 100)
    sizes = [10, 10, 10, 10, 95, 300, 5]
    writes = [Write(at, Operation(Action.DELETE, str(at)), (b"x" * size,), {}) for at, size in enumerate(sizes)]

    assert [[write.position for write in chunk] for chunk in chunks(writes)] == [[0, 1, 2], [3], [4], [5], [6]]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {"index": {"status": 200, "result": "updated", "_seq_no": 4, "_primary_term": 1}},
            OperationResult("b1", Outcome.UPDATED, "4:1"),
        ),
        (
            {"delete": {"status": 404, "result": "not_found", "_seq_no": 5, "_primary_term": 1}},
            OperationResult("b1", Outcome.NOT_FOUND),
        ),
        (
            {
                "update": {
                    "status": 404,
                    "error": {"type": "document_missing_exception", "reason": "[b1]: document missing"},
                }
            },
            OperationResult("b1", Outcome.NOT_FOUND, reason="[b1]: document missing"),
        ),
        (
            {"create": {"status": 409, "error": {"reason": "[b1]: version conflict"}}},
            OperationResult("b1", Outcome.CONFLICT, reason="[b1]: version conflict"),
        ),
        (
            {"index": {"status": 400, "error": {"reason": "failed to parse", "caused_by": {"reason": "not this"}}}},
            OperationResult("b1", Outcome.REJECTED, reason="failed to parse: not this"),
        ),
    ],
)
def test_operation_result(item: dict[str, Any], expected: OperationResult) -> None:
    assert operation_result(_write(Operation(Action.INDEX, "b1", {})), item) == expected


LOCK = {"record": {"owner": "load-7"}, "vector": np.array([0.6, 0.8])}
CONFLICT = OperationResult("lock", Outcome.CONFLICT, reason="version conflict")


@pytest.mark.parametrize(
    ("action", "stored", "expected"),
    [
        # The first attempt took effect, and only its answer was lost.
        (Action.CREATE, {"record": {"owner": "load-7"}}, OperationResult("lock", Outcome.CREATED, "9:1")),
        (Action.INDEX, {"record": {"owner": "load-7"}}, OperationResult("lock", Outcome.UPDATED, "9:1")),
        # Somebody else was there first.
        (Action.CREATE, {"record": {"owner": "load-8"}}, CONFLICT),
        (Action.CREATE, None, CONFLICT),
    ],
)
def test_a_conflict_with_oneself_is_none(
    action: Action, stored: dict[str, Any] | None, expected: OperationResult
) -> None:
    write = _write(Operation(action, "lock", LOCK))
    full = None if stored is None else Document("lock", {**write.content, **stored}, "9:1")

    assert settled(CONFLICT, write, full) == expected


def test_results_are_in_the_order_of_the_operations_whenever_they_come() -> None:
    results = Results()
    operations = [
        Operation(Action.DELETE, "b1"),
        Operation(Action.DELETE, "b2", if_version="?"),
        Operation(Action.DELETE, "b3"),
    ]
    first, third = list(results.writes(operations, SCHEMA))

    results.put(third, OperationResult("b3", Outcome.DELETED))
    results.put(first, OperationResult("b1", Outcome.DELETED))

    assert [(one.id, one.outcome) for one in results.in_order()] == [
        ("b1", Outcome.DELETED),
        ("b2", Outcome.CONFLICT),
        ("b3", Outcome.DELETED),
    ]


def test_a_document_that_does_not_fit_is_told_after_the_others_were_taken() -> None:
    results = Results()
    operations = [
        Operation(Action.INDEX, "b1", {"year": "?"}),
        Operation(Action.INDEX, "b2", {"year": "?"}),
        Operation(Action.DELETE, "b3"),
    ]
    (taken,) = results.writes(operations, SCHEMA)
    results.put(taken, OperationResult("b3", Outcome.DELETED))

    with pytest.raises(
        InvalidDocumentError, match=r"document b1, field year: '\?' .*\(and 1 more documents\); the other"
    ):
        results.in_order()
