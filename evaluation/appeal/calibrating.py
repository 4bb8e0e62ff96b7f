"""Fitting curves of confidence to records that say how their books feel."""

import numpy as np
from numpy.typing import NDArray

from evaluation.appeal.values import Labelled
from recommender.appeal.calibration import Calibration, Calibrations
from recommender.appeal.scoring import TERMS

USUAL = np.array([-2.2, 1.3, 1.6])
"""Base, slope and cue of a term of which the file says little: the means of a first fit of all terms of the sample."""

HOLD = np.array([1e-3, 10.0, 5.0])
"""How many books it takes to move each of the three away from what is usual."""

STEPS = 30
"""Of Newton's method; it has converged long before."""


def fit_calibrations(labelled: Labelled) -> Calibrations:
    """One curve a term, by logistic regression held near the usual curve; none for facets that no record speaks of."""
    return {
        term: Calibration(*_fitted(labelled, column).tolist())
        for column, term in enumerate(TERMS)
        if labelled.true[:, column].any()
    }


def _fitted(labelled: Labelled, column: int) -> NDArray[np.float64]:
    """Newton's method on the penalised log-likelihood (Bishop 2006, section 4.3.3)."""
    spoken = labelled.spoken[:, column]
    features = np.column_stack([np.ones(spoken.sum()), labelled.scores[spoken, column], labelled.cued[spoken, column]])
    true = labelled.true[spoken, column]
    weights = USUAL.copy()
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (likely - true) + HOLD * (weights - USUAL)
        curvature = (features * (likely * (1 - likely))[:, None]).T @ features + np.diag(HOLD)
        weights -= np.linalg.solve(curvature, slope)
    return weights
