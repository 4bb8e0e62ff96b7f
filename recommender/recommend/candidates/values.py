"""What candidates are looked for by, what must not be among them, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from recommender.engine.base import Document
from recommender.models import Audience, Form
from recommender.recommend.asking import AskedWord
from recommender.recommend.intake import Answer
from recommender.recommend.values import EnrichedTerm, TermSource, Trait
from recommender.search.fusion import Fused
from recommender.search.request import Filters

ASKED_SOURCES = (TermSource.QUESTION, TermSource.INTAKE, TermSource.OWN)
"""Terms from these say what is wanted; those of the reader's past only say which of the wanted is liked."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What a reader always reads."""

    classes: frozenset[str] = frozenset()  # first digits
    subjects: frozenset[str] = frozenset()  # as keys

    @property
    def is_empty(self) -> bool:
        """Whether too little is known to tell what is different."""
        return not (self.classes and self.subjects)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What candidates are looked for by. Tokens come from the analyser, vectors are `(dims,)` unit vectors."""

    asked: tuple[AskedWord, ...] = ()
    terms: tuple[tuple[EnrichedTerm, tuple[str, ...]], ...] = ()  # each added term with its tokens
    traits: tuple[Trait, ...] = ()  # what a book should be like besides
    meaning: str = ""  # the text whose vector `vector` is
    vector: NDArray[np.float32] | None = None
    taste: NDArray[np.float32] | None = None
    co_borrowed: Mapping[str, float] = field(default_factory=dict)  # id of a book → what speaks for it, best first
    popular: Mapping[str, float] = field(default_factory=dict)  # the same, by readers of the same age
    wants_popular: bool = False  # what others borrow was asked for: it leads, where it is known
    answers: tuple[Answer, ...] = ()
    filters: Filters = field(default_factory=Filters)
    authors: tuple[str, ...] = ()  # whose books the reader likes
    usual: Usual = field(default_factory=Usual)
    language: str = ""  # books in this language come before all others; empty for no preference

    @property
    def is_asked(self) -> bool:
        """Whether there is a question or an answer, not only a reader."""
        return bool(self.asked or self.answers or any(term.source is TermSource.OWN for term, _ in self.terms))

    @property
    def asked_traits(self) -> tuple[Trait, ...]:
        """What the question and the answers want a book to be like."""
        return tuple(trait for trait in self.traits if trait.source in ASKED_SOURCES)

    @property
    def liked_traits(self) -> tuple[Trait, ...]:
        """What the reader prefers of any book: it moves what is found."""
        return tuple(trait for trait in self.traits if trait.source not in ASKED_SOURCES)


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is never suggested: read books, disliked authors, topics to avoid, what was made for other readers."""

    book_ids: tuple[str, ...] = ()
    title_keys: tuple[str, ...] = ()  # whoever wrote it
    works: frozenset[tuple[str, str]] = frozenset()  # title and author as keys: other editions of what was read
    authors: tuple[str, ...] = ()
    topics: tuple[tuple[str, ...], ...] = ()  # as tokens, one tuple a topic
    audiences: tuple[Audience, ...] = ()
    forms: tuple[Form, ...] = ()
    gentle_only: bool = False  # and whatever could hurt somebody in danger


@dataclass(frozen=True, slots=True)
class Hunt:
    """One question's candidates as they are looked for: at most `count`, of which `size` will be shown."""

    wanted: Wanted
    excluded: Excluded
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Documents to choose from, best first, and the legs that found them."""

    documents: tuple[Document, ...] = ()
    fused: Fused = field(default_factory=Fused)
    different: tuple[str, ...] = ()  # ids of those that are outside of what the reader always reads
    suffices: bool = True  # whether no book that was not read could come before the last of these
