"""What a search answers: books with the evidence for each one's place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from recommender.models import Book
from recommender.search.request import SearchRequest
from recommender.search.routing.values import Route, Understood
from recommender.text.highlighting import Fragment


class WhyCode(StrEnum):
    """Why a hit is where it is; pages and the endpoint turn a code into a sentence of their language."""

    EXACT_TITLE = "exact_title"
    ISBN = "isbn"
    CALL_NUMBER = "call_number"
    TITLE = "title"  # words: those of the query found in the title
    TITLE_SPELLING = "title_spelling"  # the title is spelt or spaced nearly like the query
    PEOPLE = "people"
    SUBJECTS = "subjects"
    DESCRIPTION = "description"
    PUBLISHER = "publisher"
    SOUND = "sound"  # words: those of the title or of a name that sound like the query in the other script
    VOLUME = "volume"  # words: the title of a volume or edition that holds the query's words
    MEANING = "meaning"  # close in meaning, whatever the words
    BORROWABLE_NOW = "borrowable_now"  # went ahead of nearly equal books that are not in
    OFTEN_BORROWED = "often_borrowed"  # went ahead of nearly equal books that are borrowed less
    SIMILAR_TO = "similar_to"  # words: the title of the book it is like


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for a hit, with the words it rests on."""

    code: WhyCode
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegRank:
    """A hit's place in one leg, as fusion saw it."""

    leg: str  # lexical, dense, reranker, ties
    rank: int  # from 1; of ties, the place before they were settled
    score: float  # BM25, (1 + cosine) / 2, what the reranker gave, or of ties a share, 0 to 1
    contribution: float  # what it added to the fused score


@dataclass(frozen=True, slots=True)
class BookHit:
    """One book found."""

    book: Book
    rank: int  # from 1, over all pages
    score: float  # fused; 0 under a sort
    legs: tuple[LegRank, ...] = ()
    why: tuple[Why, ...] = ()
    pinned: bool = False
    by_meaning: bool = False  # matched by meaning alone: outside `total` and the facets
    highlights: Mapping[str, tuple[Fragment, ...]] = field(default_factory=dict)  # title, people, description


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet; `value` is a code (8, ko, teens, 2010), which pages translate."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """How the match set divides by one field; with a selection, counted as if that selection were lifted."""

    name: str  # kdc, language, audience, form, available, decade
    values: tuple[FacetValue, ...]


class Relaxation(StrEnum):
    """What was given up because nothing matched."""

    KEYBOARD = "keyboard"  # typed on the keyboard of the other script, and searched for as that
    SPELLING = "spelling"  # with the nearest words of the catalogue in the place of unknown ones
    MISSPELT_TITLE = "misspelt_title"  # titles spelt roughly like the query
    ANY_WORD = "any_word"
    WITHOUT_LIMITS = "without_limits"  # what the query itself says besides its words, refusals apart
    AS_TYPED = "as_typed"  # every word looked for as it stands
    WITHOUT_FILTERS = "without_filters"


@dataclass(frozen=True, slots=True)
class SearchResults:
    """One page of hits, and honest counts: `total` books match the words, `total_by_meaning` more are near in meaning."""

    request: SearchRequest
    total: int
    total_by_meaning: int = 0
    hits: tuple[BookHit, ...] = ()
    facets: tuple[Facet, ...] = ()
    suggestion: str | None = None  # did you mean
    searched_as: str | None = None  # what was searched for in the place of the query, where that was put right
    relaxed: tuple[Relaxation, ...] = ()
    understood: Understood | None = None  # what the query says besides its words
    timings: Mapping[str, float] = field(default_factory=dict)  # stage → milliseconds

    @property
    def routes(self) -> tuple[Route, ...]:
        """What was understood besides the words, in the order of the text."""
        return self.understood.routes if self.understood else ()

    @property
    def pages(self) -> int:
        """How many pages there are; at least 1."""
        return max(1, -(-(self.total + self.total_by_meaning) // self.request.size))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of search as you type: a work."""

    book_id: str
    title: str
    author: str
    call_number: str
    available: bool
