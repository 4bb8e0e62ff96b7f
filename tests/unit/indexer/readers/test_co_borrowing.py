from dataclasses import replace

import pytest

from indexer.readers.co_borrowing import companions_of
from recommender.bundle import CrowdBundle
from recommender.readers.crowd import Ranked

TUNED = CrowdBundle(
    least_readers=2, shrinkage=2.0, commonness=0.5, companions=10, readings=100, popular=10, half_life_days=365.0,
    prior_readings=10.0,
)  # fmt: skip

HISTORIES = {
    "하늘": ["아몬드", "페인트", "완득이"],
    "바다": ["아몬드", "페인트"],
    "나무": ["아몬드", "페인트", "코스모스"],
    "구름": ["아몬드", "코스모스"],
    "바람": ["코스모스"],
}
WORKS = frozenset({"아몬드", "페인트", "완득이", "코스모스"})


def companions(histories: dict[str, list[str]] = HISTORIES, tuned: CrowdBundle = TUNED) -> dict[str, Ranked]:
    return dict(companions_of(histories, WORKS, tuned))


def test_similarity_is_a_shrunk_cosine() -> None:
    # 아몬드 has four readers, 페인트 three, all of them in common; 코스모스 three, two in common with 아몬드.
    # Three in common: 3 / √(4 · 3) · 3 / (3 + 2); two: 2 / √(4 · 3) · 2 / (2 + 2).
    assert companions() == {
        "아몬드": (("페인트", 0.5196), ("코스모스", 0.2887)),
        "페인트": (("아몬드", 0.5196),),
        "코스모스": (("아몬드", 0.2887),),
    }


@pytest.mark.parametrize(
    ("least", "pairs"),
    [
        (1, {("아몬드", "완득이"), ("페인트", "완득이"), ("페인트", "코스모스"), ("아몬드", "코스모스"), ("아몬드", "페인트")}),
        (2, {("아몬드", "페인트"), ("아몬드", "코스모스")}),
        (3, {("아몬드", "페인트")}),
        (4, set()),
    ],
)  # fmt: skip
def test_no_pair_that_fewer_readers_share_can_be_read_from_it(least: int, pairs: set[tuple[str, str]]) -> None:
    learnt = companions(tuned=replace(TUNED, least_readers=least))

    assert {frozenset((work, other)) for work, ranked in learnt.items() for other, _ in ranked} == set(
        map(frozenset, pairs)
    )


def test_a_pair_that_many_share_counts_more_than_one_that_few_always_share() -> None:
    many = {f"r{number}": ["토지", "태백산맥"] for number in range(20)} | {"x": ["토지"], "y": ["태백산맥"]}
    few = {f"s{number}": ["토지", "아리랑"] for number in range(2)}
    learnt = dict(companions_of({**many, **few}, {"태백산맥", "아리랑"}, TUNED))

    assert [work for work, _ in learnt["토지"]] == ["태백산맥", "아리랑"]


def test_what_the_library_does_not_hold_brings_companions_and_is_none() -> None:
    learnt = dict(companions_of(HISTORIES, {"페인트"}, TUNED))

    assert {work: [other for other, _ in ranked] for work, ranked in learnt.items()} == {"아몬드": ["페인트"]}


def test_only_the_latest_readings_of_a_reader_count_and_each_once() -> None:
    long = {"하늘": ["가", "나", "가", "다"], "바다": ["가", "나", "다"]}
    learnt = dict(companions_of(long, {"가", "나", "다"}, replace(TUNED, readings=2)))

    assert {work: [other for other, _ in ranked] for work, ranked in learnt.items()} == {"가": ["나"], "나": ["가"]}


def test_the_nearest_companions_are_kept() -> None:
    assert {len(ranked) for ranked in companions(tuned=replace(TUNED, companions=1)).values()} == {1}
    assert companions(tuned=replace(TUNED, companions=1))["아몬드"][0][0] == "페인트"


@pytest.mark.parametrize("histories", [{}, {"하늘": []}, {"하늘": ["아몬드"], "바다": ["페인트"]}])
def test_nothing_is_learnt_from_nothing_in_common(histories: dict[str, list[str]]) -> None:
    assert companions(histories) == {}
