"""A generator of which every sign of life is heard, and every answer and failure noted."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from recommender.generation.base import (
    Cancelled,
    Choice,
    ChoiceTask,
    Generator,
    GeneratorState,
    ModelInfo,
    Piece,
    WritingTask,
    Written,
)


@dataclass(frozen=True, slots=True)
class WatchedGenerator:
    """Does what the generator does.

    Args:
        generator: what answers.
        at_work: entered whenever it is asked, left with its answer or its error.
        heard: called for each piece that it hands out.
    """

    generator: Generator
    at_work: Callable[[], AbstractContextManager[None]]
    heard: Callable[[], None]

    @property
    def name(self) -> str:
        """The generator's own, which it may learn only when it is asked."""
        return self.generator.name

    @property
    def at_once(self) -> int:
        """As many as the generator itself."""
        return self.generator.at_once

    @property
    def state(self) -> GeneratorState:
        """The generator's own."""
        return self.generator.state

    @property
    def info(self) -> ModelInfo:
        """The generator's own."""
        return self.generator.info

    def start_loading(self) -> None:
        """Let the generator begin to load."""
        self.generator.start_loading()

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        """Choose as the generator does."""
        with self.at_work():
            return self.generator.choose(tasks)

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:
        """Write as the generator does."""
        with self.at_work():
            return self.generator.write(tasks, max_tokens=max_tokens, temperature=temperature)

    def stream(
        self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float, cancelled: Cancelled
    ) -> Iterator[Piece | Written]:
        """Stream as the generator does; each piece is a sign of life."""
        with self.at_work():
            for piece in self.generator.stream(
                tasks, max_tokens=max_tokens, temperature=temperature, cancelled=cancelled
            ):
                self.heard()
                yield piece
