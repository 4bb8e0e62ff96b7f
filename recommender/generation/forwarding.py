"""A generator before another, which does as that one does wherever it is not told otherwise."""

from collections.abc import Iterator, Sequence
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
class ForwardingGenerator:
    """Does what the generator does.

    Args:
        generator: what answers.
    """

    generator: Generator

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
        return self.generator.choose(tasks)

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:
        """Write as the generator does."""
        return self.generator.write(tasks, max_tokens=max_tokens, temperature=temperature)

    def stream(
        self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float, cancelled: Cancelled
    ) -> Iterator[Piece | Written]:
        """Stream as the generator does."""
        return self.generator.stream(tasks, max_tokens=max_tokens, temperature=temperature, cancelled=cancelled)
