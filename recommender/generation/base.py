"""What chooses among books and writes about them, whatever model is behind it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: who it is, and what it is asked."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A prompt that lists the same candidates in another order."""

    prompt: Prompt
    order: tuple[int, ...]  # candidates (from 0) as they are listed


@dataclass(frozen=True, slots=True)
class ChoiceTask:
    """One choice among candidates that a prompt numbers from 1.

    A model prefers some numbers whatever stands beside them. Where candidates can be listed in any order, other `listings`
    show how much; where they cannot (grades from 0 to 5), a `blank` prompt does, whose candidates say nothing.

    Args:
        prompt: lists the candidates in their own order.
        blank: the same prompt without contents, if that is to be measured against.
        candidates: how many there are.
        size: how many of them the prompt asks for.
        listings: the candidates in other orders.
    """

    prompt: Prompt
    blank: Prompt | None
    candidates: int
    size: int
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a model thinks of each candidate.

    Args:
        scores: a log-probability for each candidate in the order of their numbers, up to a constant and without what
            the model prefers in the number itself; all equal where nothing was said.
    """

    scores: tuple[float, ...]
    prompt_tokens: int = 0
    completion_tokens: int = 0


def never_done(_text: str) -> bool:
    """A text that may go on as long as its tokens reach."""
    return False


@dataclass(frozen=True, slots=True)
class WritingTask:
    """One text to write.

    Args:
        prompt: what the model is asked.
        fallback: the same text composed from facts, used where no model writes.
        is_done: whether a text says enough, so that nothing more is written.
    """

    prompt: Prompt
    fallback: str
    is_done: Callable[[str], bool] = never_done


@dataclass(frozen=True, slots=True)
class Piece:
    """The next words of one text that is being written."""

    task: int  # the text's place among the tasks
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """One text written; `by` is the model's name, or `composed` where the fallback stands in."""

    text: str
    by: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    task: int = 0  # the text's place among the tasks


class GeneratorState(StrEnum):
    """Whether a model can write now."""

    NO_MODEL = "no_model"
    NOT_LOADED = "not_loaded"
    LOADING = "loading"
    READY = "ready"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What is known of a model without asking it anything; empty and 0 until it is loaded."""

    name: str
    dtype: str = ""  # float32, bfloat16, int8
    device: str = ""  # cpu, cuda, or a server's address
    memory_bytes: int = 0  # of its weights


Cancelled = Callable[[], bool]


def not_cancelled() -> bool:
    """Nobody leaves."""
    return False


class Generator(Protocol):
    """Chooses and writes. May be called from several threads; raises `GeneratorError` where its model fails."""

    @property
    def name(self) -> str:
        """The model's, or `composed`."""

    @property
    def at_once(self) -> int:
        """How many answers it gains by making at the same time."""

    @property
    def state(self) -> GeneratorState:
        """Whether its model can write now; does not load it."""

    @property
    def info(self) -> ModelInfo:
        """What is known of its model; does not load it."""

    def start_loading(self) -> None:
        """Begin to load the model in a thread of its own, and return at once; nothing happens where it is loaded."""

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        """Say of each task's candidates how well they suit, in the order of the tasks.

        The answer is well formed whatever the model: it is read from the numbers of the candidates alone.
        """

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:
        """Write all texts in one batch, in the order of the tasks, each at most `max_tokens` long."""

    def stream(
        self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float, cancelled: Cancelled
    ) -> Iterator[Piece | Written]:
        """Write as `write` does, handing out words as they come, and each text whole when it is finished.

        When `cancelled()` is true, or the iterator is closed, it ends within one token; texts unfinished then are not
        handed out.
        """


COMPOSED = "composed"
"""The name under which texts go that no model wrote."""
