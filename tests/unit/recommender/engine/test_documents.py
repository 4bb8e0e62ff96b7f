from typing import Any

import numpy as np
import pytest

from recommender.engine.base import Action, Operation
from recommender.engine.documents import check_operation, merge_document, prepare_changes, prepare_document
from recommender.engine.schema import books_schema, load_schema
from recommender.errors import InvalidDocumentError

HISTORY = load_schema("reading_history")
BOOKS = books_schema(encoder="bundled", dims=2, analyzer="kiwi", expected_books=10)


def test_a_document_gets_its_id_and_a_token_in_every_text_field() -> None:
    document = {"reader_id": "r1", "rating": 4, "record": {"title": "데미안"}, "read_on": None}

    assert prepare_document(HISTORY, "e1", document) == {**document, "id": "e1", "tokens": "∅"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("데미안 헤르만", "데미안 헤르만"),
        ("  데미안\u3000헤르만\n\x1c헤세 ", "데미안 헤르만 헤세"),  # one engine ends a token there, the other does not
        ("", "∅"),
        ("\u3000", "∅"),
        (None, "∅"),
        ([], "∅"),
        (["", "데미안", " 헤세 "], ["데미안", "헤세"]),
    ],
)
def test_text_is_tokens_parted_by_one_space(text: Any, expected: Any) -> None:
    assert prepare_document(HISTORY, "e1", {"tokens": text})["tokens"] == expected


def test_changes_are_the_fields_given_and_no_others() -> None:
    assert prepare_changes(HISTORY, "e1", {"rating": 3.5}) == {"rating": 3.5}
    assert prepare_changes(HISTORY, "e1", {"tokens": ""}) == {"tokens": "∅"}


def test_a_vector_becomes_float32() -> None:
    prepared = prepare_document(BOOKS, "b1", {"vector": [0.6, 0.8]})

    assert prepared["vector"].dtype == np.float32
    np.testing.assert_array_equal(prepared["vector"], np.array([0.6, 0.8], dtype=np.float32))


def test_the_given_document_is_left_alone() -> None:
    document = {"moods": ["sad"], "vector": [1.0, 0.0]}

    prepare_document(BOOKS, "b1", document)["moods"].append("warm")

    assert document == {"moods": ["sad"], "vector": [1.0, 0.0]}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"shelf": "3층"}, "document b1: the mapping has no field 'shelf', and it takes no others"),
        ({"kdc": 813.6}, "document b1, field kdc: 813.6 is no text"),
        ({"isbn": ["9788937460449", None]}, "document b1, field isbn: ['9788937460449', None] is no text"),
        ({"year": "2026"}, "document b1, field year: '2026' is no whole number"),
        ({"year": True}, "document b1, field year: True is no whole number"),
        ({"year": 10**10}, "document b1, field year: 10000000000 does not fit 32 bits"),
        ({"available": 1}, "document b1, field available: 1 is neither true nor false"),
        ({"title": 1984}, "document b1, field title: 1984 is no text"),
        ({"record": []}, "document b1, field record: [] is no object"),
        ({"vector": np.zeros(2)}, "document b1, field vector: the vector is not of length 1"),
        ({"vector": np.ones(3)}, "document b1, field vector: the vector has the shape (3,), not (2,)"),
        ({"id": "b2"}, "document b1: its field id says 'b2'; leave it out or make it equal"),
    ],
)
def test_what_does_not_fit_is_named(document: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidDocumentError) as raised:
        prepare_document(BOOKS, "b1", document)

    assert str(raised.value) == message


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(InvalidDocumentError) as raised:
        prepare_document(BOOKS, "b1", {"title": "아주긴제목" * 1_000})

    assert len(str(raised.value)) < 250


@pytest.mark.parametrize(
    ("stored", "changes", "merged"),
    [
        ({"a": 1, "b": 2}, {"b": 3}, {"a": 1, "b": 3}),
        ({"record": {"a": {"x": 1}, "b": 1}}, {"record": {"a": {"y": 2}}}, {"record": {"a": {"x": 1, "y": 2}, "b": 1}}),
        ({"record": {"a": 1}}, {"record": None}, {"record": None}),
        ({"record": None}, {"record": {"a": 1}}, {"record": {"a": 1}}),
        ({"moods": ["sad"]}, {"moods": ["warm"]}, {"moods": ["warm"]}),  # lists are replaced
    ],
)
def test_merge_document(stored: dict[str, Any], changes: dict[str, Any], merged: dict[str, Any]) -> None:
    assert merge_document(stored, changes) == merged


@pytest.mark.parametrize(
    ("operation", "message"),
    [
        (Operation(Action.INDEX, "b1"), "document b1: index needs a document"),
        (Operation(Action.DELETE, "b1", {}), "document b1: delete takes no document"),
        (
            Operation(Action.CREATE, "b1", {}, "1:1"),
            "document b1: create takes no version, since nothing may be there yet",
        ),
    ],
)
def test_check_operation(operation: Operation, message: str) -> None:
    with pytest.raises(InvalidDocumentError) as raised:
        check_operation(operation)

    assert str(raised.value) == message
