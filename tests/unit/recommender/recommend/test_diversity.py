"""How alike books are kept apart, and how one from elsewhere is brought in."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.bundle import DiversityBundle, load_bundle
from recommender.engine.base import Document
from recommender.generation.composed import ComposedGenerator
from recommender.recommend.candidates import Usual
from recommender.recommend.candidates.diversity import (
    Likeness,
    alike,
    apart,
    author_of,
    class_of,
    in_front,
    is_different,
    series_of,
    with_something_different,
)
from recommender.recommend.preparing import Preparing
from recommender.recommend.values import Question
from recommender.search.service import SearchService
from tests.small_library import SmallLibrary

TUNED = DiversityBundle(
    pool=50, relevance=0.7, books_per_series=1, books_per_class=2, different_books=1, different_from_size=3,
    different_within=6,
)  # fmt: skip


def document(book_id: str, kdc: str = "", subjects: str = "", author: str = "", series: str = "") -> Document:
    people = [{"name": author}] if author else []
    record: dict[str, Any] = {"people": people, "kdc": kdc, "series": series, "keywords": subjects.split()}
    return Document(book_id, {"record": record, "subjects": subjects})


def ids(documents: list[Document]) -> str:
    return "".join(document.id for document in documents)


SHELF = [
    document("a", "813.7", "로봇 우정", "천선란", "문학동네 청소년"),
    document("b", "813.7", "로봇 우정", "천선란"),
    document("c", "813.6", "로봇 성장", "김영하", "문학동네 청소년"),
    document("d", "559", "인공지능 로봇", "데니스 홍"),
    document("e", "843", "우주 모험", "앤디 위어"),
]
SCORES = {"a": 0.10, "b": 0.095, "c": 0.09, "d": 0.08, "e": 0.07}


@pytest.mark.parametrize(
    ("weight", "order"),
    [
        (1.0, "abcde"),  # relevance alone
        (0.7, "aedcb"),  # b is what a is, by the same author, and comes last
        (0.9, "acbde"),
    ],
)
def test_the_more_alike_a_book_is_to_those_before_it_the_later_it_comes(weight: float, order: str) -> None:
    assert ids(apart(SHELF, SCORES, weight=weight)) == order


def test_nothing_is_put_apart_from_nothing() -> None:
    assert apart([], {}, weight=0.5) == []


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (Likeness(frozenset({"로봇", "우정"}), "813", "천선란"), 1.0),
        (Likeness(frozenset({"로봇", "바다"}), "813", "김영하"), 0.5),
        (Likeness(frozenset({"로봇"}), "559", ""), 0.3536),
        (Likeness(frozenset(), "", ""), 0.0),  # a record of nothing but a title is like no other
    ],
)
def test_likeness_is_of_subjects_class_and_author(other: Likeness, likeness: float) -> None:
    assert alike(Likeness(frozenset({"로봇", "우정"}), "813", "천선란"), other) == pytest.approx(likeness, abs=1e-4)
    assert alike(Likeness(frozenset(), "", ""), Likeness(frozenset(), "", "")) == 0.0


@pytest.mark.parametrize(
    ("caps", "front", "later"),
    [
        ([(author_of, 1)], "acde", "b"),
        ([(series_of, 1)], "abde", "c"),
        ([(class_of, 2)], "abde", "c"),
        ([(author_of, 1), (class_of, 2)], "acde", "b"),  # b, put off for its author, takes no place of its class
    ],
)
def test_what_is_beyond_a_cap_comes_after_all_others(caps: Any, front: str, later: str) -> None:
    kept, put_off = in_front(SHELF, caps)

    assert (ids(kept), ids(put_off)) == (front, later)


NOVEL_READER = Usual(classes=frozenset("8"), subjects=frozenset({"우정", "로봇"}))
LONG_SHELF = [
    *SHELF[:3],
    document("d", "559", "인공지능 로봇"),  # another class, but robots again
    document("x", "", "바다"),  # of no known class
    document("f", "470", "숲 관찰"),
    document("g", "911", "조선 역사"),
]


def test_the_last_book_shown_is_from_elsewhere() -> None:
    documents, different = with_something_different(LONG_SHELF, NOVEL_READER, TUNED, size=3)

    assert (ids(documents), different) == ("abfcdxg", ("f",))


@pytest.mark.parametrize(
    ("usual", "size"),
    [
        (NOVEL_READER, 2),  # two books are the best two
        (Usual(), 3),  # nobody is known
        (Usual(classes=frozenset("8459")), 3),  # of whom no subject is known
    ],
)
def test_the_order_stays_where_too_little_is_shown_or_known(usual: Usual, size: int) -> None:
    assert with_something_different(LONG_SHELF, usual, TUNED, size=size) == (LONG_SHELF, ())


def test_a_different_book_that_is_among_the_first_is_only_told() -> None:
    shelf = [LONG_SHELF[5], *LONG_SHELF[:5]]

    assert with_something_different(shelf, NOVEL_READER, TUNED, size=3) == (shelf, ("f",))


def test_nothing_is_brought_from_far_behind() -> None:
    assert (
        with_something_different(LONG_SHELF[:5] + LONG_SHELF[:1] + LONG_SHELF[6:], NOVEL_READER, TUNED, size=3)[1] == ()
    )


def test_a_book_is_different_in_class_and_in_all_subjects() -> None:
    assert [document.id for document in LONG_SHELF if is_different(document, NOVEL_READER)] == ["f", "g"]


class LikesShortTitles:
    """A reranker of which it can be said what it answers: the shorter a text, the better."""

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:  # noqa: ARG002 (the protocol's)
        return np.array([-len(text) for text in texts], dtype=np.float32)


def test_a_reranker_that_is_set_reads_the_candidates_again(library: SmallLibrary) -> None:
    plain = library.service(ComposedGenerator()).candidates(Question("우정과 로봇"))
    search = SearchService(
        library.engine, library.analyzer, library.encoder, load_bundle().search, reranker=LikesShortTitles()
    )
    preparing = Preparing(
        engine=library.engine,
        search=search,
        readers=library.readers,
        analyzer=library.analyzer,
        encoder=library.encoder,
        bundle=load_bundle(),
    )

    (inquiry,) = preparing.find(preparing.seek([Question("우정과 로봇")]))

    assert set(inquiry.candidate_ids) == set(plain)
    assert inquiry.candidate_ids != plain
    assert "reranker" in {leg.leg for leg in inquiry.candidates.fused.explain(inquiry.candidate_ids[0])}
