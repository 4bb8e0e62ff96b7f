import pytest

from recommender.generation.breaker import Breaker

REST = 15.0


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(REST, clock)


def test_one_failure_may_be_one_questions_own_fault(breaker: Breaker) -> None:
    breaker.fail()
    assert not breaker.is_open
    breaker.succeed()
    breaker.fail()
    assert not breaker.is_open  # what lies behind a success counts no more


def test_two_failures_in_a_row_open_it(breaker: Breaker, clock: Clock) -> None:
    breaker.fail()
    breaker.fail()
    clock.now += 3.0
    assert (breaker.is_open, breaker.may_probe(), breaker.failing_for) == (True, False, 3.0)


def test_a_silence_opens_it_at_once(breaker: Breaker) -> None:
    breaker.trip()
    assert breaker.is_open


def test_after_the_rest_one_finds_out_and_nobody_beside(breaker: Breaker, clock: Clock) -> None:
    breaker.trip()
    clock.now += REST
    assert breaker.may_probe()
    breaker.probe()
    assert not breaker.may_probe()
    breaker.succeed()
    assert (breaker.is_open, breaker.failing_for) == (False, None)


def test_a_probe_that_fails_begins_the_rest_again_and_the_failing_goes_on(breaker: Breaker, clock: Clock) -> None:
    breaker.trip()
    clock.now += REST
    breaker.probe()
    breaker.fail()
    assert (breaker.may_probe(), breaker.failing_for) == (False, REST)
    clock.now += REST
    assert breaker.may_probe()


def test_a_probe_that_is_withdrawn_lets_the_next_one_find_out(breaker: Breaker, clock: Clock) -> None:
    breaker.trip()
    clock.now += REST
    breaker.probe()
    breaker.withdraw()
    assert breaker.may_probe()
