"""Tuning the recommendation part of a bundle: how much of the reader goes in, and what the legs weigh.

Each kind of case (a question alone, with answers, for a reader) is a set of its own: what helps one must not cost another.
Candidates are measured on an engine, trial by trial; the numbers of search that they share (how near is near, the rank
constant, the depth of a leg) stay as they are, so that this goes on from a bundle whose search was tuned before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from evaluation.recommending.measuring import Measured, Measurer
from evaluation.relevance.significance import Difference, compare
from evaluation.tuning.parameters import changes, reader_parameters, with_values
from evaluation.tuning.study import Scores, StudyOptions, Tuned, tune
from recommender.bundle import Bundle, Lineage
from recommender.errors import InputError

METRIC = "nDCG@10 of candidates, mean of the kinds of cases"

ALL = "all cases"


@dataclass(frozen=True, slots=True)
class KindOutcome:
    """What tuning did to the cases of a kind; the gain is that on cases that took no part in the choice."""

    name: str
    cases: int
    before: float
    after: float
    gain: Difference


@dataclass(frozen=True, slots=True)
class RecommendationTuning:
    """The tuned bundle, and what it is worth."""

    bundle: Bundle
    changed: Mapping[str, tuple[object, object]]  # path → before, after
    kinds: tuple[KindOutcome, ...]  # and all cases together, last
    before: Measured
    after: Measured  # with the chosen numbers, on the cases that chose them: flattering


def tune_recommendations(
    parent: Bundle,
    measurer: Measurer,
    options: StudyOptions,
    *,
    lineage: Lineage,
    version: str,
    advance: Callable[[int], None] = lambda _trials: None,
) -> RecommendationTuning:
    """Search for better numbers for `recommender.recommend`.

    Args:
        parent: where the search starts.
        measurer: of the cases.
        options: trials, folds, seed.
        lineage: how the new bundle came about.
        version: of the new bundle.
        advance: told after each trial; there are `trials * (folds + 1)`.

    Raises:
        InputError: of some kind there are fewer cases than folds.
    """
    before = measurer.measure(parent)
    baseline = measurer.by_kind(before.ndcg)
    _check_folds(baseline, options.folds)
    tuned = tune(
        parent,
        tuple(reader_parameters(parent)),
        lambda bundle: measurer.by_kind(measurer.measure(bundle).ndcg),
        baseline,
        options,
        advance=advance,
    )
    bundle = replace(with_values(parent, tuned.values), version=version, lineage=lineage)
    return RecommendationTuning(
        bundle=bundle,
        changed=changes(parent, tuned.values),
        kinds=_outcomes(tuned, seed=options.seed),
        before=before,
        after=measurer.measure(bundle),
    )


def _check_folds(scores: Scores, folds: int) -> None:
    for name, values in scores.items():
        if len(values) < folds:
            raise InputError(
                f"{len(values)} of the cases are of the kind “{name}”, too few for {folds} folds; add cases of this "
                "kind, leave them out, or take fewer folds"
            )


def _outcomes(tuned: Tuned, *, seed: int) -> tuple[KindOutcome, ...]:
    gains = {**tuned.gains(seed=seed), ALL: _whole_gain(tuned, seed=seed)}
    before, after = _with_all(tuned.baseline), _with_all(tuned.after)
    return tuple(
        KindOutcome(name, len(before[name]), float(before[name].mean()), float(after[name].mean()), gain)
        for name, gain in gains.items()
    )


def _whole_gain(tuned: Tuned, *, seed: int) -> Difference:
    return compare(_with_all(tuned.held_out)[ALL][:, None], _with_all(tuned.baseline)[ALL][:, None], seed=seed)[0]


def _with_all(scores: Scores) -> Scores:
    return {**scores, ALL: np.concatenate(list(scores.values()))}
