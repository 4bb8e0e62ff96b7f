import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score

from evaluation.judging.agreement import agreement, quadratic_kappa


def grades(*pairs: tuple[float, float]) -> NDArray[np.float64]:
    return np.array(pairs, dtype=np.float64)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        (grades((0, 0), (3, 3), (5, 5)), 1.0),  # the same throughout
        # Squared differences 0, 0, 4: mean 4/3. All nine pairings of (0, 2, 4) with (0, 2, 2): 8 + 4 + 24, mean 4.
        (grades((0, 0), (2, 2), (4, 2)), 2 / 3),
        # Squared differences 25, 25: mean 25. All four pairings: 25, 0, 0, 25, mean 12.5.
        (grades((0, 5), (5, 0)), -1.0),
        (grades((3, 0), (3, 5)), 0.0),  # who always says 3 agrees by chance alone
        (grades((1.5, 1.0), (3.5, 4.0), (4.5, 5.0)), 1 - 0.25 / (14 / 9 + 26 / 9 + 1 / 36)),  # half points
    ],
)
def test_kappa_worked_out_by_hand(pairs: NDArray[np.float64], kappa: float) -> None:
    assert quadratic_kappa(pairs) == pytest.approx(kappa)


@pytest.mark.parametrize("seed", range(20))
def test_kappa_is_what_tables_of_counts_give(seed: int) -> None:
    rng = np.random.default_rng(seed)
    one = rng.integers(0, 6, size=60)
    other = np.clip(one + rng.integers(-2, 3, size=60), 0, 5)
    expected = cohen_kappa_score(one, other, weights="quadratic", labels=range(6))

    assert quadratic_kappa(np.column_stack([one, other]).astype(np.float64)) == pytest.approx(expected)


def test_one_grade_throughout_says_nothing_of_agreement() -> None:
    assert quadratic_kappa(grades((4, 4), (4, 4))) is None
    assert agreement({"q": [(4, 4), (4, 4)]}, seed=1) is None
    assert agreement({}, seed=1) is None


def test_the_interval_is_drawn_by_question() -> None:
    """Ten books of one question that two judges see alike are no ten pieces of evidence."""
    alike = {f"q{number}": [(0, 0), (5, 5), (3, 2)] for number in range(12)}
    lumped = {"q": [pair for pairs in alike.values() for pair in pairs]}
    apart = agreement(alike, seed=1)
    together = agreement(lumped, seed=1)

    assert apart is not None
    assert together is not None
    assert apart.kappa == pytest.approx(together.kappa)
    assert (apart.books, apart.questions) == (36, 12)
    assert together.interval is None
    assert apart.interval == (pytest.approx(apart.kappa), pytest.approx(apart.kappa))  # every question is the same


def test_the_interval_holds_the_kappa_and_comes_again_with_its_seed() -> None:
    rng = np.random.default_rng(3)
    pairs = {
        f"q{number}": [(float(one), float(np.clip(one + rng.integers(-2, 3), 0, 5))) for one in rng.integers(0, 6, 3)]
        for number in range(30)
    }
    found = agreement(pairs, seed=5)

    assert found is not None
    assert found.interval is not None
    low, high = found.interval
    assert -1 <= low < found.kappa < high <= 1
    assert agreement(pairs, seed=5) == found
