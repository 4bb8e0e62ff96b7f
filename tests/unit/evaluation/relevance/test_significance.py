from itertools import product

import numpy as np
import pytest

from evaluation.relevance.significance import compare


def test_the_same_twice_is_no_difference() -> None:
    values = np.array([[0.5], [1.0], [0.0]])

    (difference,) = compare(values, values, seed=0)

    assert (difference.mean, difference.low, difference.high, difference.p) == (0, 0, 0, 1)
    assert not difference.is_gain
    assert not difference.is_loss


def test_p_is_the_share_of_all_exchanges_that_differ_as_much() -> None:
    """Eight queries have 256 exchanges, few enough to count."""
    old = np.array([0.1, 0.4, 0.3, 0.9, 0.5, 0.2, 0.7, 0.6])
    new = np.array([0.4, 0.5, 0.2, 1.0, 0.9, 0.3, 0.7, 0.8])
    differences = new - old
    signs = np.array(list(product((1, -1), repeat=8)))
    exact = float((np.abs(signs @ differences) >= abs(differences.sum()) - 1e-12).mean())

    (difference,) = compare(new[:, None], old[:, None], seed=1)

    assert difference.p == pytest.approx(exact, abs=0.01)
    assert difference.mean == pytest.approx(differences.mean())


def test_the_interval_of_a_mean_is_that_of_the_normal_distribution_where_there_are_many_queries() -> None:
    rng = np.random.default_rng(3)
    old = rng.random((900, 2))
    new = old + rng.normal([0.05, -0.05], 0.2, size=old.shape)

    gain, loss = compare(new, old, seed=2)

    spread = 1.96 * np.std(new - old, axis=0) / np.sqrt(900)
    assert gain.high - gain.mean == pytest.approx(spread[0], rel=0.1)
    assert loss.mean - loss.low == pytest.approx(spread[1], rel=0.1)
    assert gain.is_gain
    assert loss.is_loss
    assert gain.p < 0.001


def test_the_same_seed_gives_the_same_figures() -> None:
    rng = np.random.default_rng(5)
    new, old = rng.random((50, 1)), rng.random((50, 1))

    assert compare(new, old, seed=4) == compare(new, old, seed=4)
    assert compare(new, old, seed=4) != compare(new, old, seed=5)
