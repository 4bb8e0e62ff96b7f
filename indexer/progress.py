"""Telling how far a long step has come, to whoever wants to know."""

from typing import Protocol


class Progress(Protocol):
    """Told of each step of a load; shows it or keeps silent."""

    def begin(self, step: str, total: int | None = None) -> None:
        """A new step begins, of so many parts if that is known."""

    def advance(self, parts: int) -> None:
        """So many parts more are done."""

    def pause(self) -> None:
        """Show nothing until the next step begins, because a person is asked something."""


class SilentProgress:
    """Says nothing."""

    def begin(self, step: str, total: int | None = None) -> None:
        """Keep silent."""

    def advance(self, parts: int) -> None:
        """Keep silent."""

    def pause(self) -> None:
        """Keep silent."""
