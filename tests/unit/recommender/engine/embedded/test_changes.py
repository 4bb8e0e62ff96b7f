"""What is particular to the embedded engine: derived parts that follow the documents, and several that share a folder."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from recommender.engine.base import Action, Operation, Search
from recommender.engine.embedded import EmbeddedEngine
from recommender.engine.embedded.index import LEAST_CHANGES_TO_REBUILD
from recommender.errors import EngineUnavailableError, IndexMissingError
from tests.unit.recommender.engine.embedded.shelf import BOOKS, ask, fill, ids, put, titled, vector

FACETS = {
    "authors": {"terms": {"field": "authors"}},
    "decades": {"histogram": {"field": "year", "interval": 10}},
    "ratings": {"stats": {"field": "rating"}},
}
BODIES: dict[str, dict[str, Any]] = {
    "words": titled("데미안"),
    "words and facets": titled("데미안", aggs=FACETS),
    "all, with facets": {"aggs": FACETS},
    "filter": {"query": {"bool": {"filter": [{"range": {"year": {"gte": 1910}}}]}}},
    "keyword": {"query": {"bool": {"filter": [{"term": {"authors": "김초엽"}}]}}},
    "ids": {"query": {"bool": {"must_not": [{"ids": {"values": ["b-demian", "b-new"]}}]}}},
    "prefix of ids": {"query": {"bool": {"filter": [{"prefix": {"id": "b-t"}}]}}},
    "exists": {"query": {"bool": {"must_not": [{"exists": {"field": "added_at"}}]}}},
    "sorted": {"sort": [{"year": "desc"}, {"id": "asc"}]},
    "sorted by keyword": {"sort": ["authors"]},
    "words, sorted": titled("데미안", sort=[{"year": "asc"}]),
    "vector": {"knn": {"field": "vector", "query_vector": vector(1, 0.4), "k": 10}},
    "vector and filter": {
        "knn": {
            "field": "vector",
            "query_vector": vector(1),
            "k": 2,
            "filter": {"match": {"title": {"query": "데미안"}}},
        }
    },
}
CORRECTIONS = [
    Operation(Action.UPDATE, "b-wheel", {"year": 1950, "authors": ["박경리"]}),
    Operation(Action.DELETE, "b-two"),
    Operation(Action.INDEX, "b-new", {"title": "데미안", "authors": "김초엽", "rating": 3.0, "vector": vector(1, 0.4)}),
    Operation(Action.INDEX, "a-first", {"title": "데미안", "year": 1919}),
    Operation(Action.UPDATE, "b-new", {"year": 2020}),
    Operation(Action.DELETE, "b-bare"),
    Operation(Action.INDEX, "b-bare", {"title": "이름 없는 책"}),
]


@pytest.fixture
def open_engine(tmp_path: Path) -> Iterator[Callable[[], EmbeddedEngine]]:
    """Opens the engine on the test's folder; each call is another one, as another process has it."""
    opened: list[EmbeddedEngine] = []

    def open_one() -> EmbeddedEngine:
        opened.append(EmbeddedEngine(tmp_path / "engine"))
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(open_engine: Callable[[], EmbeddedEngine]) -> EmbeddedEngine:
    return open_engine()


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_after_changes_the_answers_are_those_of_a_new_index(engine: EmbeddedEngine, body: dict[str, Any]) -> None:
    fill(engine)
    before = ids(engine, body)
    engine.bulk("books", CORRECTIONS, refresh=True)
    changed = ask(engine, body)

    engine.optimize("books")
    anew = ask(engine, body)

    assert ({hit.id for hit in changed.hits}, changed.total) == ({hit.id for hit in anew.hits}, anew.total)
    assert changed.aggregations == anew.aggregations
    assert before != [hit.id for hit in changed.hits]  # the corrections do touch every body


def test_equal_scores_stay_in_the_order_of_ids_after_changes(engine: EmbeddedEngine) -> None:
    fill(engine, books={f"b{number:03}": {"title": "데미안"} for number in range(0, 200, 2)})
    put(engine, {f"b{number:03}": {"title": "데미안"} for number in range(199, 0, -2)})
    in_order = [f"b{number:03}" for number in range(200)]

    pages = [ids(engine, titled("데미안", size=30, **{"from": start})) for start in range(0, 200, 30)]

    assert [id_ for page in pages for id_ in page] == in_order


def test_a_search_finds_what_was_written_without_a_refresh(engine: EmbeddedEngine) -> None:
    fill(engine)

    put(engine, {"b-late": {"title": "작별하지 않는다"}}, refresh=False)

    assert ids(engine, titled("작별하지")) == ["b-late"]


def test_a_small_list_is_changed_many_times(engine: EmbeddedEngine) -> None:
    fill(engine, books={})

    for number in range(40):
        put(engine, {f"b-{number % 7}": {"title": "데미안", "year": 1900 + number}})

    assert [hit.id for hit in ask(engine, {"sort": [{"year": "asc"}]}).hits] == [
        f"b-{number % 7}" for number in range(33, 40)
    ]
    assert engine.count("books") == 7


def test_many_changes_build_a_new_base_and_sweep_the_old_ones(engine: EmbeddedEngine, tmp_path: Path) -> None:
    fill(engine)
    for _ in range(3):
        many = {f"b-{number}": {"title": "데미안", "year": number} for number in range(LEAST_CHANGES_TO_REBUILD)}
        put(engine, many)

    assert ask(engine, titled("데미안")).total == LEAST_CHANGES_TO_REBUILD + 2
    assert len(list((tmp_path / "engine").glob("indices/*/base-*"))) == 2  # the one in use, and the one before


def test_optimizing_twice_builds_once(engine: EmbeddedEngine, tmp_path: Path) -> None:
    fill(engine)
    engine.bulk("books", CORRECTIONS, refresh=True)

    engine.optimize("books")
    bases = sorted((tmp_path / "engine").glob("indices/*/base-*"))
    engine.optimize("books")

    assert sorted((tmp_path / "engine").glob("indices/*/base-*")) == bases


def test_another_process_searches_what_one_writes(open_engine: Callable[[], EmbeddedEngine]) -> None:
    writer, reader = open_engine(), open_engine()
    fill(writer)
    assert ids(reader, titled("데미안")) == ["b-demian", "b-two"]

    writer.bulk("books", CORRECTIONS, refresh=True)
    after_changes = sorted(ids(reader, titled("데미안")))
    writer.optimize("books")
    after_building = sorted(ids(reader, titled("데미안")))

    assert after_changes == after_building == ["a-first", "b-demian", "b-new"]


def test_searches_go_on_while_a_load_is_being_written(open_engine: Callable[[], EmbeddedEngine]) -> None:
    writer, reader = open_engine(), open_engine()
    fill(writer)
    seen: list[list[str]] = []

    def operations() -> Iterator[Operation]:
        yield Operation(Action.INDEX, "b-late", {"title": "데미안"})
        seen.extend([ids(reader, titled("데미안")), ids(writer, titled("데미안"))])

    writer.bulk("books", operations(), refresh=True)

    assert seen == [["b-demian", "b-two"]] * 2
    assert len(ids(reader, titled("데미안"))) == 3


def test_threads_write_and_search_together(engine: EmbeddedEngine) -> None:
    fill(engine)
    missed: list[str] = []

    def work(thread: int) -> None:
        for number in range(12):
            book = f"b-{thread}-{number}"
            put(engine, {book: {"title": f"낱말{thread}x{number} 데미안", "vector": vector(thread + 1, number)}})
            if ids(engine, titled(f"낱말{thread}x{number}")) != [book]:
                missed.append(book)

    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert missed == []
    assert ask(engine, titled("데미안")).total == 8 * 12 + 2


def test_a_dropped_index_is_gone_with_its_alias_and_its_files(engine: EmbeddedEngine, tmp_path: Path) -> None:
    fill(engine, "books-monday")
    engine.move_alias("books", "books-monday")
    ask(engine, titled("데미안"), "books")

    engine.drop_index("books-monday")

    with pytest.raises(IndexMissingError, match="'books' does not exist"):
        ask(engine, titled("데미안"), "books")
    assert list((tmp_path / "engine" / "indices").iterdir()) == []


def test_a_name_that_another_process_dropped_and_made_again_is_the_new_index(
    open_engine: Callable[[], EmbeddedEngine],
) -> None:
    writer, reader = open_engine(), open_engine()
    fill(writer)
    ask(reader, titled("데미안"))

    writer.drop_index("books")
    fill(writer, books={"b-other": BOOKS["b-demian"]})

    assert ids(reader, titled("데미안")) == ["b-other"]


def test_one_round_asks_several_indices_and_answers_in_order(engine: EmbeddedEngine) -> None:
    fill(engine, "one")
    fill(engine, "two", books={"b-demian": BOOKS["b-demian"]})

    searches = [Search(index, titled("데미안")) for index in ("one", "two", "one")]
    results = [[hit.id for hit in result.hits] for result in engine.msearch(searches)]

    assert results == [["b-demian", "b-two"], ["b-demian"], ["b-demian", "b-two"]]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "engine").write_text("a file where the folder should be")

    with pytest.raises(EngineUnavailableError, match="engine"):
        EmbeddedEngine(tmp_path / "engine")


def test_health_tells_where_the_files_are(engine: EmbeddedEngine, tmp_path: Path) -> None:
    fill(engine)

    health = engine.health()

    assert (health.ok, health.engine, health.detail) == (True, "embedded", f"indices: 1, in {tmp_path / 'engine'}")
