"""Means with their bootstrap intervals (Efron 1979): how far a figure might be off because only so many were asked."""

from collections.abc import Sequence

import numpy as np

from evaluation.known_items.results import Estimate

RESAMPLES = 2_000
LOW, HIGH = 2.5, 97.5
"""Percentiles of an interval of 95 %."""


def estimated(values: Sequence[float], *, seed: int) -> Estimate:
    """The mean of the values (at least one) and the interval in which 95 % of the resampled means lie."""
    sampled = np.asarray(values, dtype=np.float64)
    rng = np.random.default_rng(seed)
    means = [float(rng.choice(sampled, size=len(sampled)).mean()) for _ in range(RESAMPLES)]
    low, high = np.percentile(means, (LOW, HIGH))
    return Estimate(float(sampled.mean()), float(low), float(high))
