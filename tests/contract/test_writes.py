"""Bulk writes, versions and what a document has to be, on both engines."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from recommender.engine.base import EMPTY_TOKEN, Action, Engine, Operation, Outcome, Search
from recommender.engine.schema import load_schema
from recommender.errors import InvalidDocumentError
from tests.contract import catalogue

INDEX = "reading_history"
ENTRY = {"reader_id": "r1", "tokens": "데미안 헤르만 헤세", "rating": 4.5, "record": {"title": "데미안", "note": None}}


@pytest.fixture
def history(engine: Engine) -> Engine:
    """An engine with an empty reading history."""
    engine.create_index(INDEX, load_schema("reading_history"))
    return engine


@pytest.fixture
def books(engine: Engine) -> Engine:
    """An engine with an empty generation of books."""
    engine.create_index("books", catalogue.schema())
    return engine


def _write(
    engine: Engine, action: Action, document: Mapping[str, Any] | None = None, *, if_version: str | None = None
) -> tuple[Outcome, str]:
    (result,) = engine.bulk(INDEX, [Operation(action, "e1", document, if_version)])
    return result.outcome, result.version


def _stored(engine: Engine) -> Mapping[str, Any] | None:
    (document,) = engine.mget(INDEX, ["e1"])
    return document.source if document else None


def test_results_come_in_the_order_of_the_operations(history: Engine) -> None:
    history.bulk(INDEX, [Operation(Action.CREATE, "there", ENTRY)])

    results = history.bulk(
        INDEX,
        [
            Operation(Action.DELETE, "nowhere"),
            Operation(Action.CREATE, "there", ENTRY),
            Operation(Action.INDEX, "there", ENTRY),
            Operation(Action.UPDATE, "nowhere", {"rating": 1.0}),
            Operation(Action.CREATE, "new", ENTRY),
            Operation(Action.UPDATE, "new", {"rating": 1.0}),
            Operation(Action.DELETE, "new"),
            Operation(Action.INDEX, "new", ENTRY),
        ],
    )

    assert [(result.id, result.outcome) for result in results] == [
        ("nowhere", Outcome.NOT_FOUND),
        ("there", Outcome.CONFLICT),
        ("there", Outcome.UPDATED),
        ("nowhere", Outcome.NOT_FOUND),
        ("new", Outcome.CREATED),
        ("new", Outcome.UPDATED),
        ("new", Outcome.DELETED),
        ("new", Outcome.CREATED),
    ]
    assert results[1].reason  # says why nothing was created


def test_nothing_written_is_no_error(history: Engine) -> None:
    assert list(history.bulk(INDEX, [])) == []


def test_operations_may_be_a_stream(history: Engine) -> None:
    results = history.bulk(INDEX, (Operation(Action.CREATE, f"e{n}", ENTRY) for n in range(2_500)), refresh=True)

    assert [result.id for result in results] == [f"e{n}" for n in range(2_500)]
    assert {result.outcome for result in results} == {Outcome.CREATED}
    assert history.count(INDEX) == 2_500


def test_a_write_is_read_back_at_once_by_its_id(history: Engine) -> None:
    history.bulk(INDEX, [Operation(Action.CREATE, "e1", ENTRY)])

    assert _stored(history) == ENTRY | {"id": "e1"}


def test_a_write_is_found_by_the_next_search_after_a_refresh(history: Engine) -> None:
    body = {"query": {"match": {"tokens": {"query": "데미안"}}}}
    history.bulk(INDEX, [Operation(Action.CREATE, "e1", ENTRY)], refresh=True)
    history.bulk(INDEX, [Operation(Action.CREATE, "e2", ENTRY)])
    history.refresh(INDEX)

    (found,) = history.msearch([Search(INDEX, body)])

    assert [hit.id for hit in found.hits] == ["e1", "e2"]


def test_create_does_not_overwrite(history: Engine) -> None:
    _write(history, Action.CREATE, ENTRY)

    outcome, _ = _write(history, Action.CREATE, ENTRY | {"rating": 1.0})

    assert outcome is Outcome.CONFLICT
    assert _stored(history) == ENTRY | {"id": "e1"}


def test_index_overwrites_the_whole_document(history: Engine) -> None:
    _write(history, Action.CREATE, ENTRY)

    _write(history, Action.INDEX, {"reader_id": "r2"})

    assert _stored(history) == {"id": "e1", "reader_id": "r2", "tokens": EMPTY_TOKEN}


def test_update_merges_fields_and_the_keys_of_objects(history: Engine) -> None:
    _write(history, Action.CREATE, ENTRY)

    outcome, _ = _write(
        history, Action.UPDATE, {"rating": None, "record": {"note": "다시 읽고 싶다", "tags": ["성장"]}}
    )

    assert outcome is Outcome.UPDATED
    record = {"title": "데미안", "note": "다시 읽고 싶다", "tags": ["성장"]}
    assert _stored(history) == ENTRY | {"id": "e1", "rating": None, "record": record}


def test_an_update_of_text_moves_the_document_to_its_new_words(history: Engine) -> None:
    history.bulk(INDEX, [Operation(Action.CREATE, "e1", ENTRY)], refresh=True)

    history.bulk(INDEX, [Operation(Action.UPDATE, "e1", {"tokens": "싯다르타"})], refresh=True)

    searches = [Search(INDEX, {"query": {"match": {"tokens": {"query": word}}}}) for word in ("데미안", "싯다르타")]
    assert [found.total for found in history.msearch(searches)] == [0, 1]


def test_a_deleted_document_is_neither_read_nor_found(history: Engine) -> None:
    history.bulk(INDEX, [Operation(Action.CREATE, "e1", ENTRY)], refresh=True)

    history.bulk(INDEX, [Operation(Action.DELETE, "e1")], refresh=True)

    assert _stored(history) is None
    assert history.count(INDEX) == 0
    assert list(history.scan(INDEX)) == []
    assert history.msearch([Search(INDEX, {"query": {"match": {"tokens": {"query": "데미안"}}}})])[0].total == 0


def test_every_write_makes_a_new_version(history: Engine) -> None:
    versions = [
        _write(history, Action.CREATE, ENTRY)[1],
        _write(history, Action.INDEX, ENTRY)[1],
        _write(history, Action.UPDATE, {"rating": 4.5})[1],
        _write(history, Action.UPDATE, {"rating": 4.5})[1],
    ]

    assert len(set(versions)) == len(versions)
    assert all(versions)


def test_a_read_gives_the_version_of_the_last_write(history: Engine) -> None:
    _, version = _write(history, Action.CREATE, ENTRY)
    history.refresh(INDEX)

    (read,) = history.mget(INDEX, ["e1"])
    (scanned,) = history.scan(INDEX)

    assert read
    assert read.version == scanned.version == version


@pytest.mark.parametrize("action", [Action.INDEX, Action.UPDATE, Action.DELETE])
def test_a_versioned_write_takes_effect_once(history: Engine, action: Action) -> None:
    document = None if action is Action.DELETE else {"rating": 1.0}
    _, version = _write(history, Action.CREATE, ENTRY)

    first, _ = _write(history, action, document, if_version=version)
    if action is Action.DELETE:
        _write(history, Action.CREATE, ENTRY)
    second, _ = _write(history, action, document, if_version=version)

    assert first in {Outcome.UPDATED, Outcome.DELETED}
    assert second is Outcome.CONFLICT


def test_of_two_who_read_the_same_version_one_wins(history: Engine) -> None:
    _write(history, Action.CREATE, {"reader_id": "lists"})
    (read,) = history.mget(INDEX, ["e1"])
    assert read

    results = [_write(history, Action.UPDATE, {"rating": stars}, if_version=read.version)[0] for stars in (1.0, 2.0)]

    assert results == [Outcome.UPDATED, Outcome.CONFLICT]
    stored = _stored(history)
    assert stored
    assert stored["rating"] == 1.0


@pytest.mark.parametrize(
    ("action", "expected"),
    [(Action.INDEX, Outcome.CONFLICT), (Action.DELETE, Outcome.CONFLICT), (Action.UPDATE, Outcome.NOT_FOUND)],
)
def test_a_versioned_write_to_what_is_gone_does_not_take_effect(
    history: Engine, action: Action, expected: Outcome
) -> None:
    _, version = _write(history, Action.CREATE, ENTRY)
    _write(history, Action.DELETE)

    outcome, _ = _write(history, action, None if action is Action.DELETE else ENTRY, if_version=version)

    assert outcome is expected
    assert _stored(history) is None


def test_a_version_of_another_engine_is_a_conflict(history: Engine) -> None:
    _write(history, Action.CREATE, ENTRY)

    outcome, _ = _write(history, Action.INDEX, ENTRY, if_version="somebody else's")

    assert outcome is Outcome.CONFLICT


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ({"shelf": "3층"}, "shelf"),  # strict: no field is invented
        ({"reader_id": 17}, "reader_id.*17"),  # no coercion
        ({"rating": "4.5"}, r"rating.*'4\.5'"),
        ({"rating": True}, "rating.*True"),
        ({"rating": float("nan")}, "rating.*nan"),
        ({"tokens": 5}, "tokens.*5"),
        ({"tokens": "가" * 256}, "tokens.*255"),
        ({"record": "데미안"}, "record.*데미안"),
        ({"title_key": "가" * 11_000}, "title_key.*32766"),
        ({"id": "another"}, "another"),
    ],
)
def test_a_document_that_does_not_fit_is_refused(history: Engine, document: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidDocumentError, match=named):
        history.bulk(INDEX, [Operation(Action.INDEX, "e1", document)])

    assert _stored(history) is None


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ({"year": 2026.0}, "year"),
        ({"year": 2**31}, "year.*32 bits"),
        ({"available": "Y"}, "available.*'Y'"),
        ({"isbn": ["9788937460449", 8937460440]}, "isbn"),
        ({"vector": [1.0, 0.0]}, "vector.*shape"),
        ({"vector": np.ones(catalogue.DIMS)}, "vector.*length 1"),
        ({"vector": np.full(catalogue.DIMS, np.nan)}, "vector.*length 1"),
    ],
)
def test_a_book_that_does_not_fit_is_refused(books: Engine, document: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidDocumentError, match=named):
        books.bulk("books", [Operation(Action.INDEX, "b1", document)])


def test_a_date_that_is_none_is_refused(engine: Engine) -> None:
    engine.create_index("generations", load_schema("generations"))

    for started_at in ("어제", "20261120", "2026-13-01", "2026-11-20 09:30:00", 1795216149412):
        with pytest.raises(InvalidDocumentError, match="started_at"):
            engine.bulk("generations", [Operation(Action.INDEX, "g1", {"started_at": started_at})])
    for started_at in ("2026-11-20", "2026-11-20T09:30:00", "2026-11-20T09:30:00.250+09:00", "2026-11-20T00:30:00Z"):
        (result,) = engine.bulk("generations", [Operation(Action.INDEX, "g1", {"started_at": started_at})])
        assert result.outcome in {Outcome.CREATED, Outcome.UPDATED}


@pytest.mark.parametrize(
    "operation",
    [
        Operation(Action.INDEX, "e1"),
        Operation(Action.DELETE, "e1", ENTRY),
        Operation(Action.CREATE, "e1", ENTRY, if_version="1:1"),
        Operation(Action.INDEX, "", ENTRY),
        Operation(Action.INDEX, "가" * 200, ENTRY),
    ],
    ids=["nothing to write", "a deletion with a document", "a versioned creation", "no id", "a long id"],
)
def test_an_operation_that_cannot_be_meant_is_refused(history: Engine, operation: Operation) -> None:
    with pytest.raises(InvalidDocumentError):
        history.bulk(INDEX, [operation])


def test_text_without_a_token_holds_the_empty_token(history: Engine) -> None:
    documents = {"none": {}, "null": {"tokens": None}, "blank": {"tokens": " \u3000\n"}, "list": {"tokens": ["", " "]}}
    history.bulk(
        INDEX, [Operation(Action.CREATE, name, document) for name, document in documents.items()], refresh=True
    )

    (found,) = history.msearch([Search(INDEX, {"query": {"match": {"tokens": {"query": EMPTY_TOKEN}}}})])

    assert [hit.id for hit in found.hits] == ["blank", "list", "none", "null"]


def test_tokens_are_parted_by_any_space(history: Engine) -> None:
    history.bulk(INDEX, [Operation(Action.CREATE, "e1", {"tokens": "나의\u3000라임\u00a0오렌지\t나무"})], refresh=True)

    searches = [
        Search(INDEX, {"query": {"match": {"tokens": {"query": word}}}}) for word in ("나의", "라임", "오렌지", "나무")
    ]

    assert [found.total for found in history.msearch(searches)] == [1, 1, 1, 1]


def test_vectors_are_arrays_or_lists_and_come_back_where_they_are_named(books: Engine) -> None:
    vector = catalogue.vector(["데미안"])
    books.bulk(
        "books",
        [
            Operation(Action.CREATE, "array", {"vector": vector}),
            Operation(Action.CREATE, "list", {"vector": vector.tolist()}),
            Operation(Action.CREATE, "later", {"year": 2026}),
            Operation(Action.UPDATE, "later", {"vector": vector}),
        ],
        refresh=True,
    )

    named = books.mget("books", ["array", "list", "later"], source=["vector"])
    unnamed = books.mget("books", ["array"])
    scanned = list(books.scan("books", source=["vector", "year"]))

    for document in (*named, *scanned):
        assert document
        np.testing.assert_array_equal(np.asarray(document.source["vector"], dtype=np.float32), vector)
    assert unnamed[0]
    assert "vector" not in unnamed[0].source
    (found,) = books.msearch([Search("books", {"knn": {"field": "vector", "query_vector": vector, "k": 5}})])
    assert [(hit.id, hit.score) for hit in found.hits] == [("array", 1.0), ("later", 1.0), ("list", 1.0)]


def test_a_partial_update_keeps_the_vector(books: Engine) -> None:
    vector = catalogue.vector(["데미안"])
    books.bulk("books", [Operation(Action.CREATE, "b1", {"vector": vector, "available": True})])

    books.bulk("books", [Operation(Action.UPDATE, "b1", {"available": False})], refresh=True)

    (found,) = books.msearch(
        [Search("books", {"knn": {"field": "vector", "query_vector": vector, "k": 1}, "_source": ["vector"]})]
    )
    assert found.hits[0].source
    np.testing.assert_allclose(found.hits[0].source["vector"], vector, rtol=1e-6)


def test_the_record_is_kept_as_it_is_and_never_searched(history: Engine) -> None:
    record = {"title": "데미안", "anything": {"goes": [1, 2.5, None, True, {"at": "all"}]}, "tokens": "not these"}
    history.bulk(INDEX, [Operation(Action.CREATE, "e1", {"record": record})], refresh=True)

    stored = _stored(history)

    assert stored
    assert stored["record"] == record
    assert history.msearch([Search(INDEX, {"query": {"match": {"tokens": {"query": "these"}}}})])[0].total == 0


def test_one_bad_document_is_named_among_many(history: Engine) -> None:
    operations = [Operation(Action.CREATE, f"e{n}", ENTRY if n != 7 else {"rating": "high"}) for n in range(10)]

    with pytest.raises(InvalidDocumentError, match=r"e7.*rating.*high"):
        history.bulk(INDEX, operations)
