"""Holding examples out: by question, so that nothing measured on was learned: pure."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recommender.errors import InputError
from training.lora.values import Example

FEWEST_QUESTIONS = 2
"""One to learn from, one to measure on."""


@dataclass(frozen=True, slots=True)
class Split:
    """What is learned from, and what is measured on; each in the order of the files."""

    train: tuple[Example, ...]
    held_out: tuple[Example, ...]


def split(examples: Sequence[Example], *, share: float, seed: int) -> Split:
    """Hold out about `share` of the examples, at least one question.

    Examples of one question stay together, and so do those of questions to which the same books were recommended:
    otherwise their texts could be repeated by heart.

    Raises:
        InputError: there are too few different questions.
    """
    groups = list(_groups(examples))
    if len(groups) < FEWEST_QUESTIONS:
        raise InputError(
            f"{len(examples)} pairs of {len(groups)} question(s) that share no books: one has to be held out to measure on; "
            "add pairs of other questions"
        )
    random.Random(seed).shuffle(groups)
    wanted = share * len(examples)
    held_out: set[int] = set()
    for group in groups[:-1]:  # the last stays to be learned from, however large the share
        if held_out and len(held_out) + len(group) / 2 > wanted:
            break
        held_out |= group
    return Split(
        tuple(example for number, example in enumerate(examples) if number not in held_out),
        tuple(example for number, example in enumerate(examples) if number in held_out),
    )


def _groups(examples: Sequence[Example]) -> Iterable[set[int]]:
    """Numbers of the examples that are connected by a question or by a list of books."""
    groups: dict[object, set[int]] = {}
    for number, example in enumerate(examples):
        keys = [key for key in (question_key(example), example.shelf) if key]
        joined = {number}.union(*(groups.get(key, set()) for key in keys))
        for key in [*keys, *(key for key, group in groups.items() if group & joined)]:
            groups[key] = joined
    return {id(group): group for group in groups.values()}.values()


def question_key(example: Example) -> tuple[str, ...]:
    """By which a question is the same again: its words and what was added to them, in small letters."""
    words = (example.enriched.text, *(term.text for term in example.enriched.terms))
    return tuple(" ".join(text.casefold().split()) for text in words)
