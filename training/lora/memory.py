"""The most memory that a piece of work took."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SECONDS_BETWEEN = 0.05
"""Two looks at a process's memory: a step that takes less hardly allocates much."""


@dataclass(slots=True)
class Peak:
    """Filled in when the work is done: bytes of the graphics card's memory, or of the process where there is none."""

    bytes: int = 0


@contextmanager
def peak_memory() -> Iterator[Peak]:
    """Watch the memory while the body runs."""
    import torch

    peak = Peak()
    if torch.cuda.is_available():
        torch.cuda.reset_peak_memory_stats()
        yield peak
        peak.bytes = torch.cuda.max_memory_allocated()
        return
    done = threading.Event()
    watching = threading.Thread(target=_watch, args=(peak, done), daemon=True)
    watching.start()
    try:
        yield peak
    finally:
        done.set()
        watching.join()


def _watch(peak: Peak, done: threading.Event) -> None:
    import psutil  # type: ignore[import-untyped]

    process = psutil.Process()
    while True:
        peak.bytes = max(peak.bytes, process.memory_info().rss)
        if done.wait(SECONDS_BETWEEN):
            return
