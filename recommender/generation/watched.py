"""A generator of which every sign of life is heard, and every answer and failure noted."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from recommender.generation.base import Cancelled, Choice, ChoiceTask, Piece, WritingTask, Written
from recommender.generation.forwarding import ForwardingGenerator


@dataclass(frozen=True, slots=True)
class WatchedGenerator(ForwardingGenerator):
    """Does what the generator does.

    Args:
        generator: what answers.
        at_work: entered whenever it is asked, left with its answer or its error.
        heard: called for each piece that it hands out.
    """

    at_work: Callable[[], AbstractContextManager[None]]
    heard: Callable[[], None]

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
