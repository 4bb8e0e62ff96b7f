"""A choice that counts only if it comes in time: books that are shown already do not change any more."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recommender.generation.base import Choice, ChoiceTask
from recommender.generation.composed import ComposedGenerator
from recommender.generation.forwarding import ForwardingGenerator


class Pace:
    """How long the model took to choose the last time.

    Args:
        rest_seconds: after so long it is asked again even though it was too slow.
        clock: seconds that only ever grow.
    """

    def __init__(self, rest_seconds: float, clock: Callable[[], float]) -> None:
        self._rest_seconds = rest_seconds
        self._clock = clock
        self._took = 0.0
        self._noted_at = 0.0

    def now(self) -> float:
        """What the clock says."""
        return self._clock()

    def note(self, took: float) -> None:
        """It took so many seconds."""
        self._took, self._noted_at = took, self._clock()

    def allows(self, seconds: float) -> bool:
        """Whether a choice can be expected within so many seconds."""
        if seconds <= 0:
            return False
        return self._took <= seconds or self._clock() - self._noted_at > self._rest_seconds


class Window:
    """Open until the model has chosen or whoever waits for its choice goes on without it: the first of them decides."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_open = True

    @property
    def is_open(self) -> bool:
        """Whether a choice would still count."""
        return self._is_open

    def close(self) -> bool:
        """Close it; whether it was still open."""
        with self._lock:
            was_open, self._is_open = self._is_open, False
        return was_open


@dataclass(frozen=True, slots=True)
class TimelyGenerator(ForwardingGenerator):
    """The generator, whose choice counts only while the window is open; after that the books are those of retrieval."""

    window: Window
    pace: Pace

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        """The generator's choice in time, else none of a candidate before another."""
        if not self.window.is_open:
            return ComposedGenerator().choose(tasks)
        began = self.pace.now()
        choices = self.generator.choose(tasks)
        self.pace.note(self.pace.now() - began)
        return choices if self.window.close() else ComposedGenerator().choose(tasks)
