"""The search for better numbers: Optuna proposes, a replay answers, folds that took no part in it judge.

Every fold has a study of its own, which never sees the fold's queries, not even in what it proposes next. What its best
numbers reach on those queries is the honest gain; the numbers that are shipped come from one more study over all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.relevance.significance import Difference, compare
from evaluation.tuning.parameters import Parameter, Values, values_of, with_values
from recommender.bundle import Bundle

Scores = Mapping[str, NDArray[np.float64]]
"""Set → one value a query, `(n_queries,)`."""

Measure = Callable[[Bundle], Scores]
"""What a bundle reaches, on every query of every set."""

WORST_LOSS = 0.005
"""What a set may lose against what is to be beaten before that costs more than is gained elsewhere."""

LOSS_WEIGHT = 5.0
"""A point lost beyond that on the set that loses most outweighs a point gained on each of five sets."""


@dataclass(frozen=True, slots=True)
class StudyOptions:
    """How long and how the search goes on."""

    trials: int
    folds: int
    seed: int


@dataclass(frozen=True, slots=True)
class Tuned:
    """What a search found, and what that is worth on queries that it had not seen."""

    values: Values
    baseline: Scores
    held_out: Scores  # every query measured with the numbers of the study that did not see it
    after: Scores  # with `values`, on the queries that chose them: flattering
    folds: tuple[Values, ...]  # what each study chose

    def gains(self, *, seed: int) -> Mapping[str, Difference]:
        """Set → the held-out gain over the baseline, with its interval."""
        return {
            name: compare(held[:, None], self.baseline[name][:, None], seed=seed)[0]
            for name, held in self.held_out.items()
        }


def tune(
    bundle: Bundle,
    parameters: Sequence[Parameter],
    measure: Measure,
    baseline: Scores,
    options: StudyOptions,
    *,
    advance: Callable[[int], None] = lambda _trials: None,
) -> Tuned:
    """Search for the best values of some parameters.

    Args:
        bundle: where the search starts; what is not searched stays as it is.
        parameters: what is searched.
        measure: gives the same number of values for each set every time.
        baseline: what is to be beaten, on the same queries.
        options: trials a study, number of folds, seed.
        advance: told after each trial; there are `trials * (folds + 1)`.
    """
    folds = fold_of_each(baseline, options.folds, options.seed)
    study = _Study(bundle, parameters, measure, baseline, options, advance)
    chosen = tuple(study.best(_without(folds, fold)) for fold in range(options.folds))
    reached = [measure(with_values(bundle, values)) for values in chosen]
    held_out = {name: np.choose(folds[name], [scores[name] for scores in reached]) for name in baseline}
    values = study.best(lambda scores: scores)
    return Tuned(values, baseline, held_out, measure(with_values(bundle, values)), chosen)


def fold_of_each(scores: Scores, folds: int, seed: int) -> Mapping[str, NDArray[np.intp]]:
    """Set → the fold of each of its queries: drawn at random, as even as can be."""
    rng = np.random.default_rng(seed)
    return {name: rng.permutation(np.arange(len(values)) % folds) for name, values in scores.items()}


def worth(scores: Scores, baseline: Scores) -> float:
    """What a bundle is worth: the mean over the sets, less what the set that loses most loses too much."""
    means = {name: float(values.mean()) for name, values in scores.items()}
    losses = (float(baseline[name].mean()) - mean - WORST_LOSS for name, mean in means.items())
    return float(np.mean(list(means.values()))) - LOSS_WEIGHT * max(0.0, *losses)


def _without(folds: Mapping[str, NDArray[np.intp]], left_out: int) -> Callable[[Scores], Scores]:
    """Scores without those of the queries of one fold."""
    return lambda scores: {name: values[folds[name] != left_out] for name, values in scores.items()}


@dataclass(frozen=True, slots=True)
class _Study:
    """One question to Optuna, asked with all queries or with some of them."""

    bundle: Bundle
    parameters: Sequence[Parameter]
    measure: Measure
    baseline: Scores
    options: StudyOptions
    advance: Callable[[int], None]

    def best(self, seen: Callable[[Scores], Scores]) -> Values:
        """The values of the best trial; the bundle's own are tried first, so that nothing gets worse.

        Args:
            seen: takes from all scores those that may be looked at.
        """
        import optuna

        optuna.logging.set_verbosity(optuna.logging.WARNING)
        baseline = seen(self.baseline)

        def objective(trial: optuna.trial.Trial) -> float:
            values = {parameter.path: parameter.suggest(trial) for parameter in self.parameters}
            trial.set_user_attr("values", values)
            self.advance(1)
            return worth(seen(self.measure(with_values(self.bundle, values))), baseline)

        warming_up = self.options.trials // 5
        sampler = optuna.samplers.TPESampler(seed=self.options.seed, multivariate=True, n_startup_trials=warming_up)
        study = optuna.create_study(direction="maximize", sampler=sampler)
        study.enqueue_trial(values_of(self.bundle, [parameter.path for parameter in self.parameters]))
        study.optimize(objective, n_trials=self.options.trials)
        best: Values = study.best_trial.user_attrs["values"]
        return best
