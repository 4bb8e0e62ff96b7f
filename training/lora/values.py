"""What is learned from: a question, a book, and the two texts that a librarian would stand by."""

from dataclasses import dataclass, field
from enum import StrEnum

from indexer.problems import Problem
from recommender.models import Book
from recommender.recommend.values import EnrichedQuestion


class Part(StrEnum):
    """One of the two texts about a book."""

    WHY = "why"  # why this book
    HELP = "help"  # how it can help you


@dataclass(frozen=True, slots=True)
class Place:
    """Where an example stands: the file's name and the row in it, from 1."""

    source: str
    row: int


@dataclass(frozen=True, slots=True)
class Example:
    """One book recommended to one question, with its texts, as the product would ask a model for them.

    Args:
        enriched: the question and what was added to it.
        book: its record, or as much of it as the file tells.
        why, help: the texts to learn.
        language: of the texts, ko or en.
        facts: the sentences of evidence that go into the prompt.
        place: where it stands.
        shelf: names of all books recommended together with it; a question with the same ones is the same again.
    """

    enriched: EnrichedQuestion
    book: Book
    why: str
    help: str
    language: str
    place: Place
    facts: tuple[str, ...] = ()
    shelf: frozenset[str] = frozenset()

    def text(self, part: Part) -> str:
        """The text of a part."""
        return self.why if part is Part.WHY else self.help


@dataclass(slots=True)
class Found:
    """What files gave: examples, and everything that could not be used of them."""

    examples: list[Example] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: "Found") -> None:
        """Take in what another file gave."""
        self.examples += other.examples
        self.problems += other.problems

    def reject(self, place: Place, what: str, value: str, reason: str) -> None:
        """Keep out a row, and remember why."""
        self.problems.append(Problem(place.source, place.row, what, value, reason))

    def leave_out(self, place: Place, what: str, value: str, reason: str) -> None:
        """Leave out a part of a row, and remember why."""
        self.problems.append(Problem(place.source, place.row, what, value, reason, kept_out=False))
