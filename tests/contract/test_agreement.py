"""The same documents and the same bodies, asked of both engines: the same answers."""

import itertools
import json
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

import pytest

from recommender.engine.base import Action, Engine, Operation, Search, SearchResult
from recommender.engine.elasticsearch import ElasticsearchEngine
from recommender.engine.embedded import EmbeddedEngine
from recommender.engine.ordering import SCORE_UNITS
from tests.contract import bodies, catalogue

SCORE_TOLERANCE = 1e-5
DENSE_OVERLAP = 0.98
INDEX = "books-20261120t093000"


@dataclass(frozen=True, slots=True)
class Engines:
    """Both, with the same documents in them."""

    embedded: Engine
    elasticsearch: Engine

    def each(self) -> tuple[Engine, Engine]:
        return self.embedded, self.elasticsearch

    def ask(self, asked: Sequence[dict[str, Any]]) -> list[tuple[SearchResult, SearchResult]]:
        searches = [Search(INDEX, body) for body in asked]
        return list(zip(*(engine.msearch(searches) for engine in self.each()), strict=True))

    def count(self, query: dict[str, Any]) -> tuple[int, int]:
        return self.embedded.count(INDEX, query), self.elasticsearch.count(INDEX, query)


@pytest.fixture(scope="module")
def loaded_engines(
    elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Engines]]:
    opened: list[Engine] = []

    def load(name: str) -> Engines:
        folder = tmp_path_factory.mktemp(name)
        engines = Engines(
            EmbeddedEngine(folder),
            ElasticsearchEngine(elasticsearch_url, index_prefix=f"{folder.parent.name}-{name}-", timeout_s=60),
        )
        opened.extend(engines.each())
        for engine in engines.each():
            engine.create_index(INDEX, catalogue.schema())
            engine.bulk(
                INDEX, (Operation(Action.CREATE, book_id, document) for book_id, document in catalogue.documents())
            )
            engine.optimize(INDEX)
        return engines

    yield load
    for engine in opened:
        for index in engine.indices():
            engine.drop_index(index)
        engine.close()


@pytest.fixture(scope="module")
def fresh(loaded_engines: Callable[[str], Engines]) -> Engines:
    """A fresh generation: written once, merged, never changed."""
    return loaded_engines("fresh")


@pytest.fixture(scope="module")
def changed(loaded_engines: Callable[[str], Engines]) -> Engines:
    """The same books after a year of corrections: some deleted, some changed, some new."""
    engines = loaded_engines("changed")
    for engine in engines.each():
        engine.bulk(INDEX, _corrections(), refresh=True)
    return engines


def test_there_are_enough_books() -> None:
    assert len({book_id for book_id, _ in catalogue.documents()}) == len(catalogue.book_ids()) >= 1_000


def test_lexical_searches_agree(fresh: Engines) -> None:
    asked = list(bodies.lexical(300, seed=1))

    answers = fresh.ask(asked)

    for body, (embedded, elasticsearch) in zip(asked, answers, strict=True):
        assert _ids(embedded) == _ids(elasticsearch), body
        assert embedded.total == elasticsearch.total, body
        assert _counts(embedded) == _counts(elasticsearch), body
        for ours, theirs in zip(embedded.hits, elasticsearch.hits, strict=True):
            assert ours.score == pytest.approx(theirs.score, rel=SCORE_TOLERANCE, abs=SCORE_TOLERANCE), body
    assert sum(embedded.total > 0 for embedded, _ in answers) > len(answers) / 2


def test_hits_are_ordered_by_score_and_then_by_id(fresh: Engines) -> None:
    asked = list(bodies.lexical(100, seed=2))

    for results in fresh.ask(asked):
        for result in results:
            keys = [(-round((hit.score or 0.0) * SCORE_UNITS), hit.id) for hit in result.hits]
            assert keys == sorted(keys)


def test_the_catalogue_has_ties_for_that_order_to_decide(fresh: Engines) -> None:
    asked = list(bodies.lexical(100, seed=2))

    tied = sum(
        one.score == other.score for result, _ in fresh.ask(asked) for one, other in itertools.pairwise(result.hits)
    )

    assert tied > len(asked)


def test_sorted_searches_agree(fresh: Engines) -> None:
    asked = list(bodies.sorted_by_field(120, seed=3))

    for body, (embedded, elasticsearch) in zip(asked, fresh.ask(asked), strict=True):
        assert (_ids(embedded), embedded.total) == (_ids(elasticsearch), elasticsearch.total), body
        assert all(hit.score is None for hit in (*embedded.hits, *elasticsearch.hits))


def test_dense_searches_agree(fresh: Engines) -> None:
    asked = list(bodies.dense(120, seed=4))

    answers = fresh.ask(asked)

    assert mean(_overlap(embedded, elasticsearch) for embedded, elasticsearch in answers) >= DENSE_OVERLAP
    assert [embedded.total for embedded, _ in answers] == [elasticsearch.total for _, elasticsearch in answers]


def test_dense_scores_agree(fresh: Engines) -> None:
    for embedded, elasticsearch in fresh.ask(list(bodies.dense(40, seed=5))):
        theirs = {hit.id: hit.score for hit in elasticsearch.hits}
        shared = [hit for hit in embedded.hits if hit.id in theirs]
        assert shared or not embedded.hits
        for hit in shared:
            assert hit.score == pytest.approx(theirs[hit.id], abs=2e-5)


def test_a_filter_inside_a_dense_search_leaves_only_what_passes(fresh: Engines) -> None:
    query_vector = catalogue.vector(["별", "우주"])
    wanted = {"bool": {"filter": [{"terms": {"kdc_main": ["400"]}}, {"range": {"year": {"gte": 1990}}}]}}
    body = {
        "knn": {"field": "vector", "query_vector": query_vector, "k": 20, "num_candidates": 100, "filter": wanted},
        "size": 20,
    }

    for engine in fresh.each():
        (found,) = engine.msearch([Search(INDEX, body | {"_source": ["kdc_main", "year"]})])
        assert len(found.hits) == 20  # as many as asked for: the filter works before the nearest are chosen
        for hit in found.hits:
            assert hit.source
            assert hit.source["kdc_main"] == "400"
            assert hit.source["year"] >= 1990


def test_counts_agree(fresh: Engines) -> None:
    for query in bodies.filters(60, seed=6):
        embedded, elasticsearch = fresh.count(query)
        assert embedded == elasticsearch, query


def test_scans_agree(fresh: Engines) -> None:
    for query in [None, *bodies.filters(5, seed=7)]:
        embedded, elasticsearch = (list(engine.scan(INDEX, query)) for engine in fresh.each())
        assert [(found.id, found.source) for found in embedded] == [(found.id, found.source) for found in elasticsearch]


def test_stored_documents_agree(fresh: Engines) -> None:
    ids = catalogue.book_ids()[:50]

    embedded, elasticsearch = (engine.mget(INDEX, [*ids, "nobody"]) for engine in fresh.each())

    assert [found and found.source for found in embedded] == [found and found.source for found in elasticsearch]
    assert embedded[-1] is None


def test_aggregations_over_everything_agree(fresh: Engines) -> None:
    ((embedded, elasticsearch),) = fresh.ask([{"size": 0, "aggs": bodies.FACETS}])

    assert embedded.total == elasticsearch.total == len(catalogue.book_ids())
    assert _written(embedded) == _written(elasticsearch)


def test_pages_follow_each_other_without_a_gap(fresh: Engines) -> None:
    query = {"match": {"all": {"query": "한국 문학 전집 책 이야기"}}}
    whole = {"query": query, "size": 100}
    pages = [{"query": query, "size": 20, "from": start} for start in range(0, 100, 20)]

    for engine in fresh.each():
        (at_once,) = engine.msearch([Search(INDEX, whole)])
        paged = engine.msearch([Search(INDEX, page) for page in pages])
        assert [book_id for page in paged for book_id in _ids(page)] == _ids(at_once)


def test_after_corrections_the_same_books_are_found(changed: Engines) -> None:
    asked = [body | {"size": 2_000, "from": 0} for body in bodies.lexical(120, seed=8)]

    for body, (embedded, elasticsearch) in zip(asked, changed.ask(asked), strict=True):
        assert embedded.total == elasticsearch.total, body
        assert sorted(_ids(embedded)) == sorted(_ids(elasticsearch)), body
        assert _counts(embedded) == _counts(elasticsearch), body


@pytest.mark.parametrize("state", ["fresh", "changed"])
def test_columns_agree_with_the_documents(state: str, request: pytest.FixtureRequest) -> None:
    engines: Engines = request.getfixturevalue(state)
    fields = ["available", "loans", "copies", "year"]
    asked = [*bodies.lexical(30, seed=14), *bodies.dense(15, seed=15), *bodies.sorted_by_field(15, seed=16)]

    for engine in engines.each():
        found = engine.msearch([Search(INDEX, {**body, "docvalue_fields": fields}) for body in asked])
        ids = sorted({book_id for result in found for book_id in result.ids})
        stored = {document.id: document.source for document in engine.mget(INDEX, ids) if document}
        assert len(ids) > 500
        for result in found:
            for field in fields:
                assert result.columns[field] == tuple(stored[book_id].get(field) for book_id in result.ids)


def test_after_corrections_filters_vectors_and_documents_agree(changed: Engines) -> None:
    answers = changed.ask(list(bodies.dense(60, seed=9)))

    assert mean(_overlap(embedded, elasticsearch) for embedded, elasticsearch in answers) >= DENSE_OVERLAP
    for query in bodies.filters(40, seed=10):
        embedded_count, elasticsearch_count = changed.count(query)
        assert embedded_count == elasticsearch_count, query
    scans = [[(found.id, found.source) for found in engine.scan(INDEX)] for engine in changed.each()]
    assert scans[0] == scans[1]


def _corrections() -> Iterator[Operation]:
    chance = random.Random(11)
    for number, (book_id, document) in enumerate(catalogue.documents()):
        choice = chance.randrange(12)
        if choice == 0:
            yield Operation(Action.DELETE, book_id)
        elif choice == 1:
            yield Operation(
                Action.UPDATE,
                book_id,
                {"available": False, "year": 2026, "moods": ["calm"], "record": {"note": "수정"}},
            )
        elif choice == 2:
            yield Operation(
                Action.INDEX, book_id, document | {"title": "고친 제목", "vector": catalogue.vector(["고친", book_id])}
            )
        elif choice == 3:
            yield Operation(Action.CREATE, f"new{number}", document)


def _ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


def _overlap(embedded: SearchResult, elasticsearch: SearchResult) -> float:
    ours, theirs = _ids(embedded)[:10], _ids(elasticsearch)[:10]
    return len(set(ours) & set(theirs)) / len(theirs) if theirs else float(not ours)


def _counts(result: SearchResult) -> dict[str, Any]:
    """Aggregations with their floats rounded: sums are formed in different orders."""
    return {
        name: {
            key: round(value, 6) if isinstance(value, float) and math.isfinite(value) else value
            for key, value in content.items()
        }
        for name, content in result.aggregations.items()
    }


def _written(result: SearchResult) -> str:
    """Aggregations as the endpoint writes them, where 1990 and 1990.0 are not the same."""
    return json.dumps(_counts(result), ensure_ascii=False, sort_keys=True)
