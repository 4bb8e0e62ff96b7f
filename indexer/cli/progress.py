"""Progress: a moving bar on a terminal, plain lines with rates elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from indexer.cli.wording import counted
from indexer.progress import Progress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

LINE_EVERY_SECONDS = 5.0
"""Between two plain lines of one step: a log of a long load stays readable."""


class PlainProgress:
    """A line a step, and every few seconds one with the count and the rate."""

    def __init__(self, of: str = "book") -> None:
        self._of = of
        self._step = ""
        self._total: int | None = None
        self._done = 0
        self._began = self._last_line = time.monotonic()

    def begin(self, step: str, total: int | None = None) -> None:
        """Print that a step begins."""
        self._finish()
        self._step, self._total, self._done = step, total, 0
        self._began = self._last_line = time.monotonic()
        click.echo(f"{step} …" if total is None else f"{step} {counted(total, self._of)} …")

    def advance(self, parts: int) -> None:
        """Print how far it is, if the last line is old enough."""
        self._done += parts
        now = time.monotonic()
        if now - self._last_line >= LINE_EVERY_SECONDS and self._done != self._total:
            self._last_line = now
            click.echo(f"{self._step}: {self._done:,} of {self._total or 0:,}, {self._rate(now):,.0f} a second")

    def pause(self) -> None:
        """Lines do not get in the way of a question."""

    def _finish(self) -> None:
        if self._total and self._done:
            click.echo(f"{self._step}: {self._done:,} done, {self._rate(time.monotonic()):,.0f} a second")

    def _rate(self, now: float) -> float:
        return self._done / max(now - self._began, 1e-6)


class TerminalProgress:
    """One bar a step."""

    def __init__(self, shown: "RichProgress") -> None:
        self._shown = shown
        self._task: TaskID | None = None

    def begin(self, step: str, total: int | None = None) -> None:
        """Finish the bar before, and show a new one; it pulses where no total is known."""
        self.finish()
        self._shown.start()
        self._task = self._shown.add_task(step, total=total)

    def advance(self, parts: int) -> None:
        """Move the bar."""
        if self._task is not None:
            self._shown.advance(self._task, parts)

    def pause(self) -> None:
        """Take the bars off the terminal: they are drawn over everything, a question included."""
        self.finish()
        self._shown.stop()

    def finish(self) -> None:
        """Fill the last bar."""
        if self._task is not None:
            task = self._shown.tasks[self._task]
            self._shown.update(self._task, total=task.total or 1, completed=task.total or 1)
            self._shown.stop_task(self._task)


@contextmanager
def shown_progress(*, of: str = "book") -> Iterator[Progress]:
    """The progress that fits where the output goes; `of` names what is counted."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield PlainProgress(of)
        return
    with bars(console) as rich_progress:
        terminal = TerminalProgress(rich_progress)
        yield terminal
        terminal.finish()


def bars(console: "Console") -> "RichProgress":
    """Bars that are not shown yet: each with a name, how far it is, and the time that it took and has left."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description:<18}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
