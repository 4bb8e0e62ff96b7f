"""What chooses among books and writes about them, whatever model is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told: who it is, and what it is asked."""

    system: str
    user: str


@dataclass(frozen=True, slots=True)
class WritingTask:
    """One text to write; `fallback` is the same text composed from facts, used where no model writes."""

    prompt: Prompt
    fallback: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of the numbered candidates were chosen, best first; each number from 1, none twice."""

    numbers: tuple[int, ...]
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """One text written; `by` is the model's name, or `composed` where the fallback stands in."""

    text: str
    by: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


class GeneratorState(StrEnum):
    """Whether a model can write now."""

    NO_MODEL = "no_model"
    NOT_LOADED = "not_loaded"
    READY = "ready"
    UNAVAILABLE = "unavailable"


class Generator(Protocol):
    """Chooses and writes. May be called from several threads; raises `GeneratorError` where its model fails."""

    name: str

    @property
    def state(self) -> GeneratorState:
        """Whether its model can write now; does not load it."""

    def choose(self, prompt: Prompt, *, candidates: int, size: int) -> Choice:
        """Choose `size` of the candidates that the prompt numbers from 1.

        The answer is well formed whatever the model: decoding is held to the candidates' numbers.
        """

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:
        """Write all texts in one batch, in the order of the tasks, each at most `max_tokens` long."""


COMPOSED = "composed"
"""The name under which texts go that no model wrote."""
