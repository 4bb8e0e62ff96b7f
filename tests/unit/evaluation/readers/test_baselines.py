import math

import numpy as np
import pytest

from evaluation.readers.baselines import SHRINKAGE, Factors, ItemNeighbours, Popularity, ReadingMatrix
from evaluation.readers.splitting import Case
from recommender.models import HistoryEntry

KNOWN = {
    "하늘": ("아몬드", "페인트"),
    "바다": ("아몬드", "페인트", "완득이"),
    "나무": ("아몬드", "코스모스"),
    "구름": ("코스모스",),
}


def case(*items: str) -> Case:
    history = tuple(HistoryEntry("누군가", item, book_id=item) for item in items)
    return Case("누군가", history, held_out="완득이", by_date=False)


def test_the_most_read_unread_books_come_first_and_equal_ones_by_name() -> None:
    assert Popularity(KNOWN).recommend(case("페인트"), 10) == ["아몬드", "코스모스", "완득이"]
    assert Popularity(KNOWN).recommend(case(), 1) == ["아몬드"]


def test_neighbours_are_read_by_the_same_readers() -> None:
    neighbours = ItemNeighbours(KNOWN)
    # 아몬드 shares two readers with 페인트, one with 완득이 (read by one), one with 코스모스 (read by two).
    assert neighbours.recommend(case("아몬드"), 10) == ["페인트", "완득이", "코스모스"]
    assert neighbours.recommend(case("코스모스"), 10) == ["아몬드"]
    assert neighbours.recommend(case("토지"), 10) == []  # nobody else read it


def test_similarity_is_a_shrunk_cosine() -> None:
    matrix = ReadingMatrix(KNOWN)
    similarity = ItemNeighbours(KNOWN)._similarity.toarray()
    almond, paint = matrix.columns_of(["아몬드", "페인트"])
    assert similarity[almond, paint] == pytest.approx(2 / (math.sqrt(3 * 2) + SHRINKAGE))
    assert np.all(np.diag(similarity) == 0)
    assert np.allclose(similarity, similarity.T)


def test_columns_are_who_read_a_book() -> None:
    columns = ReadingMatrix(KNOWN).unit_columns(["페인트", "토지"])  # 토지 was read by nobody
    assert columns.tolist() == [pytest.approx([math.sqrt(0.5), math.sqrt(0.5), 0, 0])]


def test_only_what_may_be_chosen_is_and_everything_is_learnt_from() -> None:
    among = {"완득이", "코스모스"}
    assert Popularity(KNOWN, among).recommend(case("페인트"), 10) == ["코스모스", "완득이"]
    assert ItemNeighbours(KNOWN, among).recommend(case("아몬드"), 10) == ["완득이", "코스모스"]
    assert set(Factors(KNOWN, among).recommend(case("아몬드"), 10)) == among


def test_factors_tell_two_tastes_apart() -> None:
    novels = {f"n{number}": ("토지", "태백산맥", "아리랑", "객주")[: 3 + number % 2] for number in range(12)}
    science = {
        f"s{number}": ("코스모스", "이기적 유전자", "총균쇠", "사피엔스")[: 3 + number % 2] for number in range(12)
    }
    factors = Factors({**novels, **science})

    assert factors.recommend(case("토지", "태백산맥", "아리랑"), 1) == ["객주"]
    assert factors.recommend(case("코스모스", "이기적 유전자", "총균쇠"), 1) == ["사피엔스"]
    assert factors.recommend(case("아무도 읽지 않은 책"), 5) == []
