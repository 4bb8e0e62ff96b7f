import math

import pytest

from recommender.generation.labels import Labels

ONE, TWO, TWELVE = (1,), (2,), (1, 2)
LABELS = Labels([ONE, TWO, TWELVE], end=9)


def test_only_where_several_tokens_may_follow_is_there_something_to_decide() -> None:
    assert LABELS.beginnings() == ((), (1,))
    assert LABELS.admitted(()) == (1, 2)
    assert LABELS.admitted((1,)) == (2, 9)  # 12, or 1 and its end


def test_a_number_of_two_tokens_shares_the_first_with_the_number_of_one() -> None:
    scores = {(): {1: math.log(6), 2: math.log(2)}, (1,): {2: math.log(1), 9: math.log(3)}}

    likely = [math.exp(score) for score in LABELS.log_probabilities(scores)]

    assert likely == pytest.approx([6 / 8 * 3 / 4, 2 / 8, 6 / 8 * 1 / 4])
    assert sum(likely) == pytest.approx(1)


def test_a_single_label_leaves_nothing_to_decide() -> None:
    alone = Labels([TWELVE], end=9)

    assert alone.beginnings() == ()
    assert alone.log_probabilities({}) == (0.0,)
