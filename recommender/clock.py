"""What time it is, and how long each stage of one answer takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def this_instant() -> datetime:
    """The time now, in the one zone in which times are kept."""
    return datetime.now(UTC)


class Stopwatch:
    """How long each stage took; `timings` maps its name to milliseconds.

    What runs inside another stage counts for itself only, so that the stages add up to the whole.
    """

    def __init__(self) -> None:
        self.timings: dict[str, float] = {}
        self._inner: list[float] = []  # of each running stage, what the stages inside it took

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside; a stage that runs twice counts both times."""
        start = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            elapsed = (time.perf_counter() - start) * 1000
            own = elapsed - self._inner.pop()
            if self._inner:
                self._inner[-1] += elapsed
            self.timings[name] = self.timings.get(name, 0.0) + own
