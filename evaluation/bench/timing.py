"""Timing several subjects in turns, so that what else the machine does meets all of them alike."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

Query = TypeVar("Query")

Clock = Callable[[], float]
"""Seconds since some moment."""

TURN = 20
"""Queries that one subject answers before the next one has its turn: enough that each works with warm caches, as a
server does, and short enough that a disturbance of a second meets all."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of many answers."""

    p50: float
    p95: float
    samples: int


def latency(milliseconds: Sequence[float]) -> Latency:
    """Median and 95th percentile."""
    p50, p95 = np.percentile(milliseconds, (50, 95))
    return Latency(p50=float(p50), p95=float(p95), samples=len(milliseconds))


def time_in_turns(
    subjects: Mapping[str, Callable[[Query], Any]],
    queries: Sequence[Query],
    *,
    rounds: int,
    warm_rounds: int = 1,
    clock: Clock = time.perf_counter,
) -> dict[str, Latency]:
    """Let every subject answer every query, `rounds` times after `warm_rounds` that are not counted.

    Subjects take turns of `TURN` queries; the order in which they do is reversed from round to round.
    """
    times: dict[str, list[float]] = {name: [] for name in subjects}
    for round_number in range(warm_rounds + rounds):
        order = list(subjects)[:: 1 if round_number % 2 else -1]
        for start in range(0, len(queries), TURN):
            for name in order:
                measured = _times(subjects[name], queries[start : start + TURN], clock)
                if round_number >= warm_rounds:
                    times[name] += measured
    return {name: latency(measured) for name, measured in times.items()}


def _times(subject: Callable[[Query], Any], queries: Sequence[Query], clock: Clock) -> list[float]:
    times = []
    for query in queries:
        start = clock()
        subject(query)
        times.append((clock() - start) * 1000)
    return times
