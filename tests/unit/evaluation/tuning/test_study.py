import numpy as np
import pytest

from evaluation.tuning.parameters import Number, with_values
from evaluation.tuning.study import Scores, StudyOptions, fold_of_each, tune, worth
from recommender.bundle import Bundle, load_bundle

BUNDLE = with_values(load_bundle(), {"search.lexical.boosts.title": 4.0})
TITLE = Number("search.lexical.boosts.title", 1.0, 9.0)
OPTIONS = StudyOptions(trials=40, folds=3, seed=7)


def scores_of(bundle: Bundle) -> Scores:
    """Two sets whose queries are answered best with a title boost of 6, some of them a little above, some below."""
    best = 6.0 + np.linspace(-0.5, 0.5, 30)
    boost = bundle.search.lexical.boosts["title"]
    return {"questions": 1 - np.abs(best - boost) / 10, "titles": 1 - np.abs(best[:12] - boost) / 10}


def test_the_search_finds_what_is_best_and_says_what_that_gains() -> None:
    tuned = tune(BUNDLE, [TITLE], scores_of, scores_of(BUNDLE), OPTIONS)

    assert tuned.values[TITLE.path] == pytest.approx(6.0, abs=0.3)
    gain = tuned.gains(seed=1)["questions"]
    assert gain.mean == pytest.approx(
        0.2 - 0.025, abs=0.04
    )  # two away from the best, which is a quarter of a step away for each
    assert gain.is_gain


def test_the_same_seed_finds_the_same() -> None:
    first, second = (tune(BUNDLE, [TITLE], scores_of, scores_of(BUNDLE), OPTIONS) for _ in range(2))

    assert first.values == second.values
    assert first.folds == second.folds


def test_what_suits_only_the_queries_that_chose_it_gains_nothing() -> None:
    """Each query likes a boost of its own that tells nothing of the others: a good choice for some is chance for the rest."""
    likes = np.random.default_rng(3).uniform(1, 9, 60)

    def noise(bundle: Bundle) -> Scores:
        return {"noise": (np.abs(likes - bundle.search.lexical.boosts["title"]) < 0.4).astype(float)}

    tuned = tune(BUNDLE, [TITLE], noise, noise(BUNDLE), StudyOptions(trials=40, folds=5, seed=7))

    assert tuned.after["noise"].mean() > tuned.baseline["noise"].mean()
    assert tuned.held_out["noise"].mean() < tuned.after["noise"].mean()


def test_a_gain_for_many_does_not_pay_for_one_set_that_loses() -> None:
    before = {"one": np.full(4, 0.5), "two": np.full(4, 0.5), "three": np.full(4, 0.5)}

    even = {"one": np.full(4, 0.51), "two": np.full(4, 0.51), "three": np.full(4, 0.5)}
    uneven = {"one": np.full(4, 0.54), "two": np.full(4, 0.54), "three": np.full(4, 0.47)}

    assert worth(even, before) > worth(before, before) > worth(uneven, before)


def test_folds_are_even_and_the_same_for_the_same_seed() -> None:
    scores = {"one": np.zeros(10), "two": np.zeros(4)}

    folds = fold_of_each(scores, 3, seed=5)

    assert sorted(np.bincount(folds["one"])) == [3, 3, 4]
    assert all((folds[name] == again).all() for name, again in fold_of_each(scores, 3, seed=5).items())
