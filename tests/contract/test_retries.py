"""Requests that are lost, or refused for now, between the engine and a real node."""

from collections.abc import Iterator

import pytest

from recommender.engine.base import Action, Operation, Outcome, Search
from recommender.engine.elasticsearch import ElasticsearchEngine
from recommender.engine.schema import load_schema
from recommender.errors import EngineUnavailableError, IndexMissingError
from tests.conftest import index_prefix
from tests.contract.flaky_proxy import Fault, Proxy, flaky_proxy

INDEX = "reading_history"
LOCK = {"reader_id": "load-7", "record": {"started": "2026-11-20T09:30:00+09:00"}}


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    """A network that fails where it is told to."""
    with flaky_proxy(elasticsearch_url) as proxy:
        yield proxy


@pytest.fixture
def engine(proxy: Proxy) -> Iterator[ElasticsearchEngine]:
    """An engine behind that network, with an empty index."""
    engine = ElasticsearchEngine(proxy.url, index_prefix=index_prefix(), timeout_s=60.0)
    engine.create_index(INDEX, load_schema("reading_history"))
    yield engine
    proxy.faults.clear()
    for index in engine.indices():
        engine.drop_index(index)
    engine.close()


@pytest.mark.parametrize("fault", list(Fault))
def test_a_search_is_asked_again(engine: ElasticsearchEngine, proxy: Proxy, fault: Fault) -> None:
    engine.bulk(INDEX, [Operation(Action.CREATE, "e1", LOCK)], refresh=True)
    proxy.faults["_msearch"] = [fault, fault]

    (found,) = engine.msearch([Search(INDEX, {})])

    assert found.total == 1
    assert sum("_msearch" in path for path in proxy.requests) == 3


@pytest.mark.parametrize("fault", list(Fault))
def test_a_search_is_not_asked_for_ever(engine: ElasticsearchEngine, proxy: Proxy, fault: Fault) -> None:
    proxy.faults["_msearch"] = [fault] * 10

    with pytest.raises(EngineUnavailableError):
        engine.msearch([Search(INDEX, {})])

    assert sum("_msearch" in path for path in proxy.requests) == 3


@pytest.mark.parametrize("fault", list(Fault))
def test_a_bulk_write_takes_effect_once(engine: ElasticsearchEngine, proxy: Proxy, fault: Fault) -> None:
    proxy.faults["_bulk"] = [fault, fault]

    results = engine.bulk(INDEX, [Operation(Action.CREATE, f"e{n}", LOCK) for n in range(20)], refresh=True)

    assert [(result.id, result.outcome) for result in results] == [(f"e{n}", Outcome.CREATED) for n in range(20)]
    assert engine.count(INDEX) == 20
    read = engine.mget(INDEX, [f"e{n}" for n in range(20)])
    assert [document and document.version for document in read] == [result.version for result in results]


def test_a_lock_whose_answer_was_lost_is_one_s_own(engine: ElasticsearchEngine, proxy: Proxy) -> None:
    proxy.faults["_bulk"] = [Fault.LOSE_ANSWER]
    (taken,) = engine.bulk(INDEX, [Operation(Action.CREATE, "lock", LOCK)])
    proxy.faults["_bulk"] = [Fault.LOSE_ANSWER]
    (kept,) = engine.bulk(INDEX, [Operation(Action.UPDATE, "lock", {"rating": 1.0}, if_version=taken.version)])

    assert (taken.outcome, kept.outcome) == (Outcome.CREATED, Outcome.UPDATED)
    assert kept.version != taken.version


def test_a_lock_that_another_holds_stays_the_other_s(engine: ElasticsearchEngine, proxy: Proxy) -> None:
    engine.bulk(INDEX, [Operation(Action.CREATE, "lock", LOCK | {"reader_id": "load-6"})])
    proxy.faults["_bulk"] = [Fault.LOSE_ANSWER]

    (refused,) = engine.bulk(INDEX, [Operation(Action.CREATE, "lock", LOCK)])

    assert refused.outcome is Outcome.CONFLICT


def test_an_index_is_not_created_twice(engine: ElasticsearchEngine, proxy: Proxy) -> None:
    proxy.faults["-books-1"] = [Fault.LOSE_ANSWER]

    with pytest.raises(EngineUnavailableError):
        engine.create_index("books-1", load_schema("reading_history"))

    assert sum(path.endswith("-books-1") for path in proxy.requests) == 1


def test_an_index_dropped_by_another_is_not_invented_again(engine: ElasticsearchEngine, elasticsearch_url: str) -> None:
    other = ElasticsearchEngine(elasticsearch_url, index_prefix=engine._prefix)
    engine.bulk(INDEX, [Operation(Action.CREATE, "e1", LOCK)])
    other.drop_index(INDEX)

    with pytest.raises(IndexMissingError):
        engine.bulk(INDEX, [Operation(Action.CREATE, "e2", LOCK)])

    assert list(engine.indices()) == []
    other.close()


def test_an_index_loaded_as_a_whole_is_findable_only_when_it_is_done(engine: ElasticsearchEngine) -> None:
    from tests.contract import catalogue

    engine.create_index("books-1", catalogue.schema())
    name = f"{engine._prefix}books-1"
    loading = engine._client.indices.get_settings(index=name)[name]["settings"]["index"]

    engine.bulk("books-1", [Operation(Action.CREATE, "b1", {"title": "데미안"})])
    engine.optimize("books-1")

    done = engine._client.indices.get_settings(index=name)[name]["settings"]["index"]
    assert (loading["refresh_interval"], done["refresh_interval"]) == ("-1", "1s")
    assert engine.count("books-1") == 1
