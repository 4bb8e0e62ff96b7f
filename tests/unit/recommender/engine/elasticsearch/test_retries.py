import pytest

from recommender.engine.elasticsearch.retries import ONCE, READING, WRITING, RetryPolicy


@pytest.mark.parametrize(
    ("policy", "waits"),
    [
        (ONCE, []),
        (RetryPolicy(attempts=5, first_wait_s=1.0, longest_wait_s=5.0), [1.0, 2.0, 4.0, 5.0]),
        (READING, [0.2, 0.4]),
    ],
)
def test_waits_double_up_to_the_longest(policy: RetryPolicy, waits: list[float]) -> None:
    assert list(policy.waits()) == waits


def test_a_load_waits_longer_than_a_visitor() -> None:
    assert sum(WRITING.waits()) > 10
    assert sum(READING.waits()) < 1
