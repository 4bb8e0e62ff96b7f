"""Timing the stages of one answer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """How long each stage took; `timings` maps its name to milliseconds."""

    def __init__(self) -> None:
        self.timings: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what runs inside; a stage that runs twice counts both times."""
        start = time.perf_counter()
        try:
            yield
        finally:
            elapsed = (time.perf_counter() - start) * 1000
            self.timings[name] = self.timings.get(name, 0.0) + elapsed
