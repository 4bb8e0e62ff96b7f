"""How far a measurement is, on the error stream, so that what is measured can be piped."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from indexer.cli.progress import shown_progress
from indexer.progress import Progress


class StepLines:
    """A line a step."""

    def begin(self, step: str, total: int | None = None) -> None:
        """Say that a step begins, and how much it is."""
        click.echo(f"{step} …" if total is None else f"{step}: {total:,} …", err=True)

    def advance(self, parts: int) -> None:
        """Steps are short; nothing is said within them."""

    def pause(self) -> None:
        """Lines do not get in the way."""


@contextmanager
def measuring_progress() -> Iterator[Progress]:
    """Bars on a terminal, lines elsewhere."""
    if sys.stderr.isatty():
        with shown_progress() as progress:
            yield progress
        return
    yield StepLines()
