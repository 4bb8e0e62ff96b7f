from collections.abc import Callable, Iterator

from evaluation.bench.timing import TURN, Latency, latency, time_in_turns


def test_percentiles() -> None:
    assert latency([float(number) for number in range(1, 102)]) == Latency(p50=51.0, p95=96.0, samples=101)


class Recorder:
    """Writes down who was asked what, on a clock that every answer moves on by its own number of seconds."""

    def __init__(self) -> None:
        self.now = 0.0
        self.asked: list[tuple[str, int]] = []

    def subject(self, name: str, seconds: Callable[[int], float]) -> Callable[[int], None]:
        def answer(query: int) -> None:
            self.asked.append((name, query))
            self.now += seconds(query)

        return answer

    def clock(self) -> float:
        return self.now


def turns(asked: list[tuple[str, int]]) -> Iterator[str]:
    for position, (name, _) in enumerate(asked):
        if position == 0 or asked[position - 1][0] != name:
            yield name


def test_subjects_take_turns_and_change_the_order_from_round_to_round() -> None:
    recorder = Recorder()
    subjects = {name: recorder.subject(name, lambda _: 1.0) for name in "ab"}
    time_in_turns(subjects, range(2 * TURN), rounds=2, clock=recorder.clock)
    # Three rounds of two turns each, the first not counted: ba ba, ab ab, ba ba; a turn after one's own reads as one.
    assert list(turns(recorder.asked)) == list("bababababa")
    assert recorder.asked.count(("a", 0)) == recorder.asked.count(("b", 0)) == 3


def test_every_answer_is_counted_once_a_round_for_its_own_subject() -> None:
    recorder = Recorder()
    subjects = {
        "quick": recorder.subject("quick", lambda _: 0.001),
        "slow": recorder.subject("slow", lambda query: 0.002 if query else 0.1),
    }
    timed = time_in_turns(subjects, range(100), rounds=3, clock=recorder.clock)
    assert timed["quick"].samples == timed["slow"].samples == 300
    assert (round(timed["quick"].p50, 6), round(timed["slow"].p50, 6)) == (1.0, 2.0)


def test_rounds_that_warm_up_are_not_counted() -> None:
    recorder = Recorder()
    cold = recorder.subject("cold", lambda _: 1.0 if len(recorder.asked) <= 20 else 0.001)
    timed = time_in_turns({"cold": cold}, range(10), rounds=2, warm_rounds=2, clock=recorder.clock)
    assert round(timed["cold"].p95, 6) == 1.0
