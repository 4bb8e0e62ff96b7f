from dataclasses import replace

import numpy as np
import pytest

from recommender.bundle import TasteBundle
from recommender.models import HistoryEntry
from recommender.recommend.taste import likings, taste_of

TUNED = TasteBundle(
    books=50, rating_power=1.0, unrated=0.6, disliked_to=2.5, dislike_push=0.15, half_life_days=365.0, near_question=0.3
)
EAST, NORTH, UP = np.eye(3, dtype=np.float32)


def read(rating: float | None, day: str = "") -> HistoryEntry:
    return HistoryEntry("r1", "아몬드", rating=rating, read_on=day)


@pytest.mark.parametrize(
    ("rating", "power", "counts"),
    [(5.0, 1.0, 1.0), (3.75, 1.0, 0.5), (3.75, 2.0, 0.25), (2.5, 1.0, -1.0), (0.0, 1.0, -1.0), (None, 1.0, 0.6)],
)
def test_a_book_counts_by_its_rating(rating: float | None, power: float, counts: float) -> None:
    (counted,) = likings([read(rating)], replace(TUNED, rating_power=power))
    assert counted == pytest.approx(counts)


def test_what_was_read_a_half_life_before_the_latest_counts_half() -> None:
    days = [read(5.0, "2026-01-01"), read(5.0, "2025-01-01"), read(5.0, "2024-01-02"), read(5.0)]
    assert list(likings(days, TUNED)) == pytest.approx([1.0, 0.5, 0.25, 0.5], abs=1e-3)


def test_days_say_nothing_where_nobody_knows_any() -> None:
    assert likings([read(5.0), read(None)], TUNED) == (1.0, 0.6)
    assert likings([], TUNED) == ()


def test_taste_is_the_weighted_mean_of_what_was_liked() -> None:
    taste = taste_of([EAST, NORTH], [1.0, 0.5], TUNED)
    assert taste is not None
    assert taste.tolist() == pytest.approx([2 / 5**0.5, 1 / 5**0.5, 0])


def test_what_was_disliked_pushes_away_a_little_and_never_makes_a_taste() -> None:
    taste = taste_of([EAST, NORTH], [1.0, -1.0], TUNED)
    assert taste is not None
    assert taste[0] > 0.9
    assert -0.2 < taste[1] < 0
    assert taste_of([NORTH], [-1.0], TUNED) is None
    assert taste_of([], [], TUNED) is None
