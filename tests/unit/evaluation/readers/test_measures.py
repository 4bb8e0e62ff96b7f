import math

import numpy as np
import pytest

from evaluation.readers.measures import coverage, diversity, ndcg, novelty, recall

RANKED = ["아몬드", "페인트", "완득이"]


@pytest.mark.parametrize(
    ("held_out", "found", "gain"), [("아몬드", 1.0, 1.0), ("완득이", 1.0, 1 / math.log2(4)), ("토지", 0.0, 0.0)]
)
def test_one_book_is_found_or_not(held_out: str, found: float, gain: float) -> None:
    assert (recall(RANKED, held_out), ndcg(RANKED, held_out)) == (found, pytest.approx(gain))


def test_novelty_is_the_mean_self_information() -> None:
    readers_of = {"아몬드": 8, "페인트": 2}
    assert novelty(["아몬드"], readers_of, 8) == 0.0  # everybody read it
    assert novelty(["아몬드", "페인트"], readers_of, 8) == pytest.approx((0 + 2) / 2)
    assert novelty(["완득이"], readers_of, 8) == pytest.approx(4)  # nobody: as if half a reader
    assert novelty([], readers_of, 8) == 0.0


@pytest.mark.parametrize(
    ("vectors", "distance"),
    [
        ([[1, 0], [0, 1]], 1.0),
        ([[1, 0], [1, 0]], 0.0),
        ([[1, 0], [-1, 0]], 2.0),
        ([[1, 0], [0, 1], [1, 0]], 2 / 3),
        ([[1, 0]], 0.0),
        ([], 0.0),
    ],
)
def test_diversity_is_the_mean_distance_of_pairs(vectors: list[list[float]], distance: float) -> None:
    assert diversity(np.array(vectors, dtype=np.float64)) == pytest.approx(distance)


def test_coverage_counts_each_book_once() -> None:
    assert coverage([RANKED, ["아몬드"], []], 6) == 0.5
    assert coverage([], 0) == 0.0
