"""Documents by id, counts and scans, on both engines."""

import pytest

from recommender.engine.base import Action, Engine, Operation, Search
from recommender.engine.schema import load_schema
from recommender.errors import UnsupportedClauseError

INDEX = "reading_history"
COUNT = 2_400  # more than one batch of a scan


@pytest.fixture(scope="module")
def history(shared_engine: Engine) -> Engine:
    """A reading history of some thousand entries that nobody changes."""
    return _with_history(shared_engine)


def _with_history(engine: Engine) -> Engine:
    engine.create_index(INDEX, load_schema("reading_history"))
    numbers = [(number * 7) % COUNT for number in range(COUNT)]
    engine.bulk(INDEX, (Operation(Action.CREATE, f"e{number:05}", _entry(number)) for number in numbers), refresh=True)
    return engine


def _entry(number: int) -> dict[str, object]:
    return {"reader_id": f"r{number % 3}", "tokens": "데미안 성장", "rating": number % 5 + 0.5, "read_on": "2026-11-20"}


def test_documents_come_in_the_order_asked(history: Engine) -> None:
    ids = ["e00007", "nobody", "e00001", "e00007", "e02399"]

    documents = history.mget(INDEX, ids)

    assert [document and document.id for document in documents] == ["e00007", None, "e00001", "e00007", "e02399"]


def test_many_documents_come_at_once(history: Engine) -> None:
    ids = [f"e{number:05}" for number in reversed(range(COUNT))]

    assert [document and document.id for document in history.mget(INDEX, ids)] == ids
    assert list(history.mget(INDEX, [])) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (["reader_id"], {"reader_id": "r1"}),
        (["rating", "record", "read_on"], {"rating": 1.5, "read_on": "2026-11-20"}),
        ([], {}),
        (None, {"id": "e00001", "reader_id": "r1", "tokens": "데미안 성장", "rating": 1.5, "read_on": "2026-11-20"}),
    ],
)
def test_only_the_fields_named_come_back(
    history: Engine, source: list[str] | None, expected: dict[str, object]
) -> None:
    (read,) = history.mget(INDEX, ["e00001"], source=source)
    (scanned,) = history.scan(INDEX, {"ids": {"values": ["e00001"]}}, source=source)

    assert read
    assert read.source == scanned.source == expected


def test_a_scan_brings_everything_in_the_order_of_ids(history: Engine) -> None:
    assert [found.id for found in history.scan(INDEX)] == [f"e{number:05}" for number in range(COUNT)]


def test_a_scan_brings_what_matches(history: Engine) -> None:
    query = {"bool": {"filter": [{"term": {"reader_id": "r2"}}, {"range": {"rating": {"gte": 4.5}}}]}}

    found = list(history.scan(INDEX, query, source=["reader_id", "rating"]))

    assert [entry.id for entry in found] == [f"e{n:05}" for n in range(COUNT) if n % 3 == 2 and n % 5 == 4]
    assert {(entry.source["reader_id"], entry.source["rating"]) for entry in found} == {("r2", 4.5)}
    assert history.count(INDEX, query) == len(found)


def test_a_scan_may_be_left_in_the_middle(history: Engine) -> None:
    scan = history.scan(INDEX)

    assert next(scan).id == "e00000"
    scan.close()  # type: ignore[attr-defined]
    assert history.count(INDEX) == COUNT


def test_documents_may_be_deleted_while_they_are_scanned(engine: Engine) -> None:
    history = _with_history(engine)
    mine = {"term": {"reader_id": "r1"}}

    for entry in history.scan(INDEX, mine, source=[]):
        history.bulk(INDEX, [Operation(Action.DELETE, entry.id)] if entry.id < "e00100" else [])
    history.refresh(INDEX)

    assert history.count(INDEX, mine) == COUNT // 3 - 33


def test_a_count_of_everything(history: Engine) -> None:
    assert history.count(INDEX) == history.count(INDEX, {"match_all": {}}) == COUNT
    assert history.count(INDEX, {"match": {"tokens": {"query": "성장 없는낱말"}}}) == COUNT
    assert history.count(INDEX, {"term": {"reader_id": "nobody"}}) == 0


@pytest.mark.parametrize(
    "query", [{"wildcard": {"reader_id": "r*"}}, {"term": {"shelf": "3"}}, {"term": {"rating": "5"}}]
)
def test_counts_and_scans_know_the_same_language(history: Engine, query: dict[str, object]) -> None:
    with pytest.raises(UnsupportedClauseError):
        history.count(INDEX, query)
    with pytest.raises(UnsupportedClauseError):
        next(history.scan(INDEX, query))


def test_hits_bring_a_source_only_where_it_is_asked_for(history: Engine) -> None:
    query = {"ids": {"values": ["e00001"]}}
    bodies = [{"query": {"bool": {"filter": query}}, "_source": source} for source in (False, ["rating"], True)]

    results = history.msearch([Search(INDEX, body) for body in bodies])

    assert [result.hits[0].source for result in results] == [None, {"rating": 1.5}, {"id": "e00001", **_entry(1)}]


def test_several_searches_are_answered_in_their_order(history: Engine) -> None:
    history.create_index("other", load_schema("reader_preferences"))
    bodies = [(INDEX, 3), ("other", 5), (INDEX, 0)]

    results = history.msearch([Search(index, {"query": {"match_all": {}}, "size": size}) for index, size in bodies])

    assert [(result.total, len(result.hits)) for result in results] == [(COUNT, 3), (0, 0), (COUNT, 0)]
    assert list(history.msearch([])) == []


def test_the_last_page_that_may_be_asked_for(history: Engine) -> None:
    everything = {"query": {"match_all": {}}, "sort": [{"id": "asc"}]}

    (page,) = history.msearch([Search(INDEX, everything | {"from": 2_390, "size": 7_610})])

    assert [hit.id for hit in page.hits] == [f"e{number:05}" for number in range(2_390, COUNT)]
    with pytest.raises(UnsupportedClauseError, match=r"less than or equal to: \[10000\] but was \[10001\]"):
        history.msearch([Search(INDEX, everything | {"from": 9_991, "size": 10})])
