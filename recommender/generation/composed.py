"""No model: the best candidates as retrieval ranked them, and texts composed from facts."""

from collections.abc import Sequence

from recommender.generation.base import COMPOSED, Choice, GeneratorState, Prompt, WritingTask, Written


class ComposedGenerator:
    """The default: free, instant, and it cannot say what the catalogue does not."""

    name = COMPOSED

    @property
    def state(self) -> GeneratorState:
        """There is no model to wait for."""
        return GeneratorState.NO_MODEL

    def choose(self, prompt: Prompt, *, candidates: int, size: int) -> Choice:  # noqa: ARG002 (the protocol's shape)
        """The first `size` candidates."""
        return Choice(tuple(range(1, min(candidates, size) + 1)))

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:  # noqa: ARG002
        """The composed texts as they are."""
        return tuple(Written(task.fallback, by=self.name) for task in tasks)
