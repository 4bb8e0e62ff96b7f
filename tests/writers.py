"""A generator that writes what it is told to, and goes on only when it is let to."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from recommender.errors import GeneratorError
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

SENTENCES = ("마음이 바쁜 날에 천천히 읽기 좋습니다.", "읽고 나면 생각이 조금 가벼워질 수 있습니다.")
PATIENCE_S = 30.0


def opened() -> threading.Event:
    """A gate that stands open."""
    gate = threading.Event()
    gate.set()
    return gate


@dataclass
class GatedGenerator:
    """Holds the last candidate to be the best, and writes the same sentences about every book.

    Args:
        may_choose: closed, it keeps whoever asks for a choice waiting.
        may_write: closed, it keeps whoever asks for texts waiting, before every sentence of every text.
        fails: it breaks off at its second sentence.
    """

    name: str = "gated"
    at_once: int = 1
    state: GeneratorState = GeneratorState.READY
    may_choose: threading.Event = field(default_factory=opened)
    may_write: threading.Event = field(default_factory=opened)
    fails: bool = False
    chosen: int = 0
    sentences: int = 0
    loads: int = 0

    @property
    def info(self) -> ModelInfo:
        return ModelInfo(self.name)

    def start_loading(self) -> None:
        self.loads += 1

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        self.may_choose.wait(PATIENCE_S)
        self.chosen += 1
        return tuple(Choice(tuple(10.0 * number for number in range(task.candidates))) for task in tasks)

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:  # noqa: ARG002 (the protocol's shape)
        return tuple(self._written(place) for place in range(len(tasks)))

    def stream(
        self,
        tasks: Sequence[WritingTask],
        *,
        max_tokens: int,  # noqa: ARG002 (the protocol's shape)
        temperature: float,  # noqa: ARG002
        cancelled: Cancelled,
    ) -> Iterator[Piece | Written]:
        for place in range(len(tasks)):
            for sentence in SENTENCES:
                while not self.may_write.wait(0.01):
                    if cancelled():
                        return
                if cancelled():
                    return
                if self.fails and self.sentences:
                    raise GeneratorError("the generator broke off")
                self.sentences += 1
                yield Piece(place, f"{sentence} ")
            yield self._written(place)

    def _written(self, place: int) -> Written:
        text = " ".join(SENTENCES)
        return Written(text, self.name if text else COMPOSED, prompt_tokens=5, completion_tokens=7, task=place)
