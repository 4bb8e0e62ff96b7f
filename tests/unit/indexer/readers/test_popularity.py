from dataclasses import replace
from datetime import date

import pytest

from indexer.readers.popularity import LentElsewhere, Reading, decay, popular_books
from recommender.bundle import CrowdBundle
from recommender.models import AgeGroup
from recommender.readers.crowd import Popular

TODAY = date(2026, 11, 21)
TUNED = CrowdBundle(
    least_readers=2, shrinkage=2.0, commonness=0.5, companions=10, readings=100, popular=10, half_life_days=365.0,
    prior_readings=10.0,
)  # fmt: skip
TEENS, FORTIES = AgeGroup.TEENS, AgeGroup.FORTIES


def read(book_id: str, readers: str, group: AgeGroup | None = None, day: str = "2026-11-21") -> list[Reading]:
    return [Reading(book_id, reader, group, day) for reader in readers]


def popular(
    readings: list[Reading],
    elsewhere: LentElsewhere = LentElsewhere(),  # noqa: B008 (a frozen value)
    loans: dict[str, float] | None = None,
    tuned: CrowdBundle = TUNED,
) -> Popular:
    return popular_books(readings, elsewhere, loans or {}, tuned, today=TODAY)


def order(ranked: tuple[tuple[str, float], ...]) -> list[str]:
    return [book_id for book_id, _ in ranked]


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2026-11-21", 1.0), ("2025-11-21", 0.5), ("2024-11-21", 0.25), ("", 0.5), ("2030-01-01", 1.0)],
)
def test_a_loan_counts_half_after_a_half_life(day: str, counts: float) -> None:
    assert decay(day, TODAY, 365.0) == pytest.approx(counts, rel=0.01)


def test_each_age_has_its_own_favourites_and_everybody_both() -> None:
    learnt = popular(read("almond", "abc", TEENS) + read("cosmos", "de", FORTIES) + read("earth", "fg"))

    assert order(learnt.everybody) == ["almond", "cosmos", "earth"]
    assert order(learnt.groups[TEENS])[0] == "almond"
    assert order(learnt.groups[FORTIES])[0] == "cosmos"
    assert set(learnt.groups) == {TEENS, FORTIES}
    assert sum(share for _, share in learnt.everybody) == pytest.approx(1, abs=1e-4)


def test_what_one_reader_read_shows_nowhere() -> None:
    learnt = popular(read("almond", "abc", TEENS) + read("diary", "d", TEENS) + read("diary", "e", FORTIES))

    assert "diary" not in order(learnt.groups[TEENS]) or order(learnt.groups[TEENS])[0] == "almond"
    assert order(learnt.everybody) == ["almond", "diary"]  # two readers share it, of different ages
    assert FORTIES not in learnt.groups


def test_one_reader_who_read_a_book_often_counts_once() -> None:
    learnt = popular(read("almond", "ab") + read("cosmos", "ccccc") + read("cosmos", "d", day=""))

    assert order(learnt.everybody) == ["almond", "cosmos"]


def test_old_favourites_fade() -> None:
    learnt = popular(read("old", "abcd", day="2020-01-01") + read("new", "ab"))

    assert order(learnt.everybody) == ["new", "old"]


def test_other_libraries_speak_until_ones_own_readers_do() -> None:
    elsewhere = LentElsewhere({TEENS: {"almond": 90.0, "wandeugi": 10.0}})
    alone = popular([], elsewhere)
    with_own = popular(read("wandeugi", "abcdefghijklmnopqrstuvwxyz", TEENS), elsewhere)

    assert order(alone.groups[TEENS]) == ["almond", "wandeugi"]
    assert order(alone.everybody) == ["almond", "wandeugi"]
    assert order(with_own.groups[TEENS]) == ["wandeugi", "almond"]


def test_loans_of_the_records_are_what_is_known_of_a_new_library() -> None:
    learnt = popular([], loans={"almond": 30.0, "cosmos": 10.0})

    assert learnt == Popular(everybody=(("almond", 0.75), ("cosmos", 0.25)))


def test_nothing_is_popular_where_nothing_is_known() -> None:
    assert popular([]) == Popular()


def test_the_first_are_kept() -> None:
    learnt = popular([], loans={"almond": 3.0, "cosmos": 2.0, "earth": 1.0}, tuned=replace(TUNED, popular=2))

    assert order(learnt.everybody) == ["almond", "cosmos"]
