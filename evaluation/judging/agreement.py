"""How far two judges agree beyond chance, and how sure a mean is.

Sources: Cohen 1968, "Weighted kappa", Psychological Bulletin 70(4) (the measure); Fleiss and Cohen 1973, "The equivalence
of weighted kappa and the intraclass correlation coefficient as measures of reliability", Educational and Psychological
Measurement 33(3) (quadratic weights, and why the grades' distances are all that counts); Efron and Tibshirani 1993, "An
Introduction to the Bootstrap", chapter 13 (percentile interval), drawn here by question, because books of one question
are judged alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.relevance.significance import CONFIDENCE

DRAWS = 2_000
"""Resamples: an end of an interval then moves by less than a hundredth from seed to seed."""

Pairs = Mapping[str, Sequence[tuple[float, float]]]
"""Question → what two judges gave each of its books."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Quadratically weighted kappa with its interval; 1 is the same grades throughout, 0 what chance gives."""

    kappa: float
    interval: tuple[float, float] | None  # 95 %; None for books of a single question
    books: int
    questions: int


def agreement(pairs: Pairs, *, seed: int, draws: int = DRAWS) -> Agreement | None:
    """Agreement of two judges on what both judged; None where that says nothing: no book, or one grade for all of them."""
    questions = [np.asarray(grades, dtype=np.float64).reshape(-1, 2) for grades in pairs.values() if len(grades)]
    if not questions:
        return None
    observed = quadratic_kappa(np.concatenate(questions))
    if observed is None:
        return None
    interval = _interval(questions, seed=seed, draws=draws) if len(questions) > 1 else None
    return Agreement(observed, interval, sum(map(len, questions)), len(questions))


def quadratic_kappa(grades: NDArray[np.float64]) -> float | None:
    """Cohen's kappa with quadratic weights of `(n, 2)` grades; None where both judges gave all books one and the same.

    1 - (mean squared difference) / (mean squared difference if the two judges' grades were paired at random). Only the
    distances between grades count, so half points and means of several judges need no rounding; for whole grades it is
    the measure as tables of counts give it.
    """
    one, other = grades[:, 0], grades[:, 1]
    expected = one.var() + other.var() + (one.mean() - other.mean()) ** 2
    if expected == 0:
        return None
    return float(1 - ((one - other) ** 2).mean() / expected)


def _interval(questions: Sequence[NDArray[np.float64]], *, seed: int, draws: int) -> tuple[float, float]:
    rng = np.random.default_rng(seed)
    drawn = (rng.integers(len(questions), size=len(questions)) for _ in range(draws))
    resampled = (quadratic_kappa(np.concatenate([questions[place] for place in places])) for places in drawn)
    # A resample in which both judges gave one and the same grade throughout agrees as well as can be.
    kappas = [1.0 if kappa is None else kappa for kappa in resampled]
    low, high = np.quantile(kappas, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)
