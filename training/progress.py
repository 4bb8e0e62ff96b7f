"""How the training tells what it is doing."""

from typing import Protocol


class Progress(Protocol):
    """Told each finding in a line, and how far each phase is."""

    def say(self, line: str) -> None:
        """Tell something that is true from now on."""

    def show(self, phase: str, done: int, total: int) -> None:
        """Tell how far a phase is; what the first call of a phase names as done was there from an earlier run."""


class Silent:
    """Tells nothing."""

    def say(self, line: str) -> None:
        """Keep it."""

    def show(self, phase: str, done: int, total: int) -> None:
        """Keep it."""
