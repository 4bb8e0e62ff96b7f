"""Tuning the search part of a bundle: first the words alone, then what meaning adds to the tuned words.

In this order, because a dense leg that mends badly weighed words proves nothing. The control goes through the second step
with vectors that mean nothing: what it gains is no merit of meaning.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from evaluation.relevance.significance import Difference
from evaluation.tuning.parameters import changes, fusion_parameters, lexical_parameters, with_values
from evaluation.tuning.sets import Replays, means
from evaluation.tuning.study import StudyOptions, Tuned, tune
from recommender.bundle import Bundle, Lineage
from recommender.search.request import Mode

METRIC = "nDCG@10, mean of the sets"


@dataclass(frozen=True, slots=True)
class SetOutcome:
    """What tuning did to one set; gains are those on queries that took no part in the choice."""

    name: str
    queries: int
    lexical_before: float
    lexical_gain: Difference
    hybrid_before: float
    lexical: float
    hybrid: float
    hybrid_gain: Difference  # over the tuned words
    control_gain: Difference | None  # the same with vectors that mean nothing


@dataclass(frozen=True, slots=True)
class SearchTuning:
    """The tuned bundle, and what it is worth."""

    bundle: Bundle
    changed: Mapping[str, tuple[object, object]]  # path → before, after
    sets: tuple[SetOutcome, ...]


def tune_search(
    parent: Bundle,
    replays: Replays,
    control: Replays | None,
    options: StudyOptions,
    *,
    lineage: Lineage,
    version: str,
    advance: Callable[[int], None] = lambda _trials: None,
) -> SearchTuning:
    """Search for better numbers for `recommender.search`.

    Args:
        parent: where the search starts.
        replays: of the query sets.
        control: of the same sets, with an untrained encoder; None leaves the control out.
        options: trials, folds, seed.
        lineage: how the new bundle came about.
        version: of the new bundle.
        advance: told after each trial.
    """
    before = replays.measure(parent, Mode.LEXICAL)
    words = tune(
        parent,
        tuple(lexical_parameters(parent)),
        lambda bundle: replays.measure(bundle, Mode.LEXICAL),
        before,
        options,
        advance=advance,
    )
    tuned_words = with_values(parent, words.values)
    meaning = _tune_fusion(tuned_words, replays, options, advance)
    without_meaning = _tune_fusion(tuned_words, control, options, advance) if control else None
    values = {**words.values, **meaning.values}
    bundle = replace(with_values(parent, values), version=version, lineage=lineage)
    return SearchTuning(
        bundle=bundle,
        changed=changes(parent, values),
        sets=_outcomes(words, meaning, without_meaning, means(replays.measure(parent, Mode.HYBRID)), seed=options.seed),
    )


def _tune_fusion(bundle: Bundle, replays: Replays, options: StudyOptions, advance: Callable[[int], None]) -> Tuned:
    return tune(
        bundle,
        tuple(fusion_parameters(bundle)),
        lambda trial: replays.measure(trial, Mode.HYBRID),
        replays.measure(bundle, Mode.LEXICAL),
        options,
        advance=advance,
    )


def _outcomes(
    words: Tuned, meaning: Tuned, control: Tuned | None, hybrid_before: Mapping[str, float], *, seed: int
) -> tuple[SetOutcome, ...]:
    lexical_gains, hybrid_gains = words.gains(seed=seed), meaning.gains(seed=seed)
    control_gains = control.gains(seed=seed) if control else {}
    return tuple(
        SetOutcome(
            name=name,
            queries=len(values),
            lexical_before=float(values.mean()),
            lexical_gain=lexical_gains[name],
            hybrid_before=hybrid_before[name],
            lexical=float(meaning.baseline[name].mean()),
            hybrid=float(meaning.after[name].mean()),
            hybrid_gain=hybrid_gains[name],
            control_gain=control_gains.get(name),
        )
        for name, values in words.baseline.items()
    )
