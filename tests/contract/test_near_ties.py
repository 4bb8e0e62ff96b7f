"""Nearly equal hits in the order of what can be borrowed, alike on both engines and from page to page."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from recommender.bundle import SearchBundle, load_bundle
from recommender.engine.base import Action, Engine, Operation
from recommender.search.analysis import AnalysedQuery
from recommender.search.request import Filters
from recommender.search.results import WhyCode
from recommender.search.retrieval import Lookup, Retrieval, retrieve
from recommender.text.morphemes import QueryTokens
from tests.contract import catalogue

INDEX = "books"
NEAR = catalogue.vector(["데미안"])

EDITIONS: dict[str, dict[str, Any]] = {
    "a-lent": {"available": False, "loans": 300, "copies": 2},
    "b-lent": {"available": False, "loans": 0, "copies": 1},
    "c-in": {"available": True, "loans": 0, "copies": 1},
    "d-in-often": {"available": True, "loans": 120, "copies": 3},
    "e-unknown": {},
}
"""One title in five editions: nothing but their standing tells them apart."""

OTHERS: dict[str, dict[str, Any]] = {
    "f-longer": {"title": "데미안 읽기 수업", "available": True, "loans": 900, "copies": 9},
    "g-other": {"title": "싯다르타", "available": True, "loans": 900, "copies": 9},
}


@pytest.fixture(scope="module")
def shelf(shared_engine: Engine) -> Engine:
    """An engine with the editions, that nobody changes."""
    shared_engine.create_index(INDEX, catalogue.schema())
    books = {book_id: {"title": "데미안", **book} for book_id, book in (EDITIONS | OTHERS).items()}
    documents = {book_id: {**book, "all": book["title"], "vector": NEAR.tolist()} for book_id, book in books.items()}
    operations = [Operation(Action.CREATE, book_id, document) for book_id, document in documents.items()]
    shared_engine.bulk(INDEX, operations, refresh=True)
    return shared_engine


def bundle_of(**ties: float) -> SearchBundle:
    search = load_bundle().search
    return replace(search, fusion=replace(search.fusion, ties=replace(search.fusion.ties, **ties)))


def found(engine: Engine, bundle: SearchBundle, *, vector: np.ndarray[Any, Any] | None = None) -> Retrieval:
    tokens = QueryTokens(match=("데미안",), score=("데미안",), words=("데미안",))
    query = AnalysedQuery(text="데미안", tokens=tokens, bigrams=(), title_key="", call_number="", isbns=())
    return retrieve(engine, INDEX, Lookup(query, Filters(), vector), bundle)


def test_equal_editions_are_ordered_by_what_can_be_borrowed_and_then_by_loans(shelf: Engine) -> None:
    result = found(shelf, bundle_of())

    assert result.fused.ids == ("d-in-often", "c-in", "a-lent", "b-lent", "e-unknown", "f-longer")
    assert result.ahead == {"d-in-often": WhyCode.BORROWABLE_NOW, "c-in": WhyCode.BORROWABLE_NOW}


def test_without_a_tolerance_only_the_ids_decide(shelf: Engine) -> None:
    result = found(shelf, bundle_of(within=0.0))

    assert result.fused.ids == ("a-lent", "b-lent", "c-in", "d-in-often", "e-unknown", "f-longer")
    assert result.ahead == {}


def test_popularity_alone(shelf: Engine) -> None:
    result = found(shelf, bundle_of(availability=0.0, popularity=1.0))

    assert result.fused.ids == ("a-lent", "d-in-often", "b-lent", "c-in", "e-unknown", "f-longer")
    assert result.ahead == {"d-in-often": WhyCode.OFTEN_BORROWED}


def test_hits_of_the_dense_leg_have_a_standing_too(shelf: Engine) -> None:
    result = found(shelf, bundle_of(), vector=NEAR)

    assert result.fused.ids[:2] == ("d-in-often", "c-in")
    assert "ties" in {leg.leg for leg in result.fused.explain("g-other")}
    for book_id, score in zip(result.fused.ids, result.fused.scores, strict=True):
        assert sum(leg.contribution for leg in result.fused.explain(book_id)) == pytest.approx(score)
