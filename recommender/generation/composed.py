"""No model: the best candidates as retrieval ranked them, and texts composed from facts."""

from collections.abc import Iterator, Sequence

from recommender.generation.base import (
    COMPOSED,
    Cancelled,
    Choice,
    ChoiceTask,
    GeneratorState,
    ModelInfo,
    Piece,
    WritingTask,
    Written,
)


class ComposedGenerator:
    """The default: free, instant, and it cannot say what the catalogue does not."""

    name = COMPOSED
    at_once = 1000
    """It makes nobody wait."""

    @property
    def state(self) -> GeneratorState:
        """There is no model to wait for."""
        return GeneratorState.NO_MODEL

    @property
    def info(self) -> ModelInfo:
        """There is no model to tell of."""
        return ModelInfo(self.name)

    def start_loading(self) -> None:
        """There is nothing to load."""

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        """No candidate before another: what retrieval says decides."""
        return tuple(Choice((0.0,) * task.candidates) for task in tasks)

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:  # noqa: ARG002 (the protocol's shape)
        """The composed texts as they are."""
        return tuple(Written(task.fallback, by=self.name, task=place) for place, task in enumerate(tasks))

    def stream(
        self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float, cancelled: Cancelled
    ) -> Iterator[Piece | Written]:
        """The composed texts, each whole."""
        for written in self.write(tasks, max_tokens=max_tokens, temperature=temperature):
            if cancelled():
                return
            yield written
