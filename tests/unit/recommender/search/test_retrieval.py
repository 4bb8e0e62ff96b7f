"""Retrieval over the embedded engine: what is counted as found by its words, and what by meaning alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.bundle import SearchBundle, load_bundle
from recommender.engine.base import Action, Engine, Operation
from recommender.engine.embedded import EmbeddedEngine
from recommender.engine.schema import books_schema
from recommender.search.analysis import AnalysedQuery
from recommender.search.request import Filters
from recommender.search.retrieval import Lookup, retrieve
from recommender.text.morphemes import QueryTokens

DIMS = 4
TITLES = {
    "a": "아몬드",
    "b": "나무 수업",
    "c": "나무 말하다",
    "d": "나무 심다 사람",
    "e": "숲 살다",
}
NEAREST = np.array([1, 0, 0, 0], dtype=np.float32)
NEAR = np.array([0.8, 0.6, 0, 0], dtype=np.float32)
FAR = np.array([0, 0, 1, 0], dtype=np.float32)
VECTORS = {"a": FAR, "b": NEAR, "c": NEAR, "d": NEAREST, "e": NEAREST}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Engine]:
    engine = EmbeddedEngine(tmp_path)
    engine.create_index("books", books_schema(encoder="test", dims=DIMS, analyzer="test", expected_books=len(TITLES)))
    operations = [
        Operation(Action.INDEX, book_id, {"all": title, "title": title, "vector": VECTORS[book_id]})
        for book_id, title in TITLES.items()
    ]
    engine.bulk("books", operations, refresh=True)
    yield engine
    engine.close()


def bundle_of(*, depth: int) -> SearchBundle:
    search = load_bundle().search
    return replace(search, fusion=replace(search.fusion, depth=depth))


def lookup_of(word: str) -> Lookup:
    tokens = QueryTokens(match=(word,), score=(word,), words=(word,))
    query = AnalysedQuery(text=word, tokens=tokens, bigrams=(), title_key=word, call_number=word, isbns=())
    return Lookup(query, Filters(), NEAREST)


def test_a_near_book_without_the_word_is_found_by_meaning_and_not_counted_as_a_match(library: Engine) -> None:
    found = retrieve(library, "books", lookup_of("나무"), bundle_of(depth=10))
    assert (found.total, found.by_meaning) == (3, {"e"})


def test_a_match_that_the_lexical_leg_did_not_hand_in_is_no_find_by_meaning(library: Engine) -> None:
    # Three books match and the leg hands in two; the third comes by the dense leg, and is a match all the same.
    found = retrieve(library, "books", lookup_of("나무"), bundle_of(depth=2))
    assert [(leg.name, leg.ids) for leg in found.fused.legs[:2]] == [("lexical", ("b", "c")), ("dense", ("d", "e"))]
    assert (found.total, found.by_meaning) == (3, {"e"})


def test_a_far_book_is_no_find_by_meaning(library: Engine) -> None:
    found = retrieve(library, "books", lookup_of("나무"), bundle_of(depth=10))
    assert "a" not in found.fused.ids
