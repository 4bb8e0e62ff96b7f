"""Holding a model's answer to a list of different candidate numbers: pure, over token ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberGrammar:
    """The language `number (separator number)* end` of exactly `size` different candidate numbers.

    Args:
        labels: candidate number (from 1) → how the model's tokenizer writes it.
        separator: the token between two numbers; no label holds it.
        end: the token that closes an answer; no label holds it.
        size: how many numbers an answer has; at most `len(labels)`.
    """

    labels: Mapping[int, tuple[int, ...]]
    separator: int
    end: int
    size: int

    def allowed(self, generated: Sequence[int]) -> list[int]:
        """The tokens that may follow; never empty after a prefix that this grammar itself allowed."""
        chosen, rest = self._split(generated)
        open_numbers = {number: label for number, label in self.labels.items() if number not in chosen}
        following = {
            label[len(rest)] for label in open_numbers.values() if len(label) > len(rest) and label[: len(rest)] == rest
        }
        if rest in open_numbers.values():
            following.add(self.end if len(chosen) + 1 == self.size else self.separator)
        return sorted(following)

    def parse(self, generated: Sequence[int]) -> tuple[int, ...]:
        """The numbers of an answer, in its order; a last one that was cut off does not count."""
        chosen, rest = self._split([token for token in generated if token != self.end])
        last = self._numbers().get(rest)
        return chosen if last is None else (*chosen, last)

    def _split(self, generated: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The numbers that a separator follows, and the tokens of the one being written."""
        numbers = self._numbers()
        chosen: list[int] = []
        rest: list[int] = []
        for token in generated:
            if token == self.separator:
                chosen.append(numbers[tuple(rest)])
                rest = []
            else:
                rest.append(token)
        return tuple(chosen), tuple(rest)

    def _numbers(self) -> dict[tuple[int, ...], int]:
        return {label: number for number, label in self.labels.items()}
