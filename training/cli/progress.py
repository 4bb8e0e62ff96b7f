"""Progress on the screen: a bar with the time left on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from indexer.cli.progress import bars
from training.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LINE_EVERY_SECONDS = 10.0
"""Between two plain lines of one phase: a log of half an hour stays readable."""


@dataclass(slots=True)
class _Begun:
    """When a phase was first heard of, how much was done then, and when its last line was written."""

    at: float
    done: int
    told: float


@dataclass(slots=True)
class PlainProgress:
    """Lines with what is done and the time left."""

    clock: Callable[[], float] = time.monotonic
    _begun: dict[str, _Begun] = field(default_factory=dict)

    def say(self, line: str) -> None:
        """Print it."""
        click.echo(line)

    def show(self, phase: str, done: int, total: int) -> None:
        """Print the first and the last state of a phase, and between them one every few seconds."""
        now = self.clock()
        begun = self._begun.setdefault(phase, _Begun(now, done, float("-inf")))
        if done < total and now - begun.told < LINE_EVERY_SECONDS:
            return
        begun.told = now
        click.echo(f"{phase}: {done:,} of {total:,}{_time_left(begun, now, done, total)}")


def _time_left(begun: _Begun, now: float, done: int, total: int) -> str:
    """Return `, 3:05 left`, or an empty string where nothing is left or nothing is known yet."""
    if done in (total, begun.done):
        return ""
    seconds = round((now - begun.at) / (done - begun.done) * (total - done))
    return f", {seconds // 60}:{seconds % 60:02} left"


@dataclass(slots=True)
class TerminalProgress:
    """One bar a phase."""

    shown: "RichProgress"
    _tasks: "dict[str, TaskID]" = field(default_factory=dict)

    def say(self, line: str) -> None:
        """Print it above the bars."""
        self.shown.console.print(line, highlight=False)

    def show(self, phase: str, done: int, total: int) -> None:
        """Move the phase's bar, which begins where an earlier run stopped."""
        if phase not in self._tasks:
            self._tasks[phase] = self.shown.add_task(phase, total=total, completed=done)
        self.shown.update(self._tasks[phase], completed=done)


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """The progress that fits where the output goes."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield PlainProgress()
        return
    with bars(console) as shown:
        yield TerminalProgress(shown)
