"""Taking one book of each reader away, to see whether it is found again."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.readers.interactions import item_of
from recommender.models import HistoryEntry

LEAST_BOOKS = 2
"""One to go by and one to find."""


@dataclass(frozen=True, slots=True)
class Case:
    """A reader with one book taken away."""

    reader_id: str
    history: tuple[HistoryEntry, ...]  # what is left, in the order of dates where there are any
    held_out: str  # the item taken away
    by_date: bool  # the last one read; otherwise one drawn at random, because not all have a date

    @property
    def items(self) -> tuple[str, ...]:
        """What is left, as items."""
        return tuple(map(item_of, self.history))


@dataclass(frozen=True, slots=True)
class Split:
    """What is known while recommending, and what is asked for."""

    known: Mapping[str, tuple[str, ...]]  # reader → items, of everybody, without what was taken away
    cases: tuple[Case, ...]  # readers with at least `LEAST_BOOKS`


def leave_last_out(histories: Mapping[str, Sequence[HistoryEntry]], *, seed: int) -> Split:
    """Take from each reader the book read last, or a random one where a book of theirs has no date."""
    rng = random.Random(seed)
    cases = [
        _case(reader, entries, rng) for reader, entries in sorted(histories.items()) if len(entries) >= LEAST_BOOKS
    ]
    known = {reader: tuple(map(item_of, entries)) for reader, entries in histories.items()}
    return Split(known={**known, **{case.reader_id: case.items for case in cases}}, cases=tuple(cases))


def _case(reader: str, entries: Sequence[HistoryEntry], rng: random.Random) -> Case:
    by_date = all(entry.read_on for entry in entries)
    ordered = sorted(entries, key=lambda entry: (entry.read_on, item_of(entry)))
    held_out = ordered.pop() if by_date else ordered.pop(rng.randrange(len(ordered)))
    return Case(reader, tuple(ordered), item_of(held_out), by_date)
