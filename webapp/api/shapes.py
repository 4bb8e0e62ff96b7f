"""The JSON of books, searches and the endpoint's state, field by field; the OpenAPI document is made from it."""

from typing import Annotated, TypedDict

from recommender.generation.base import GeneratorState
from recommender.models import AppealFacet, AppealSource, Audience, Depth, Effect, Form, HoldingStatus, Mood, Pace, Role
from recommender.search.request import Mode
from recommender.search.results import Relaxation, WhyCode
from recommender.search.routing.kinds import QueryKind
from recommender.search.routing.values import RouteCode


class PersonShape(TypedDict):
    """Somebody named in a book's statement of responsibility."""

    name: str
    role: Role


class FragmentShape(TypedDict):
    """A piece of a shown text."""

    text: str
    matched: Annotated[bool, "Whether this piece is what the query matched."]


class WhyShape(TypedDict):
    """One reason for a hit."""

    code: WhyCode
    words: Annotated[list[str], "What the reason rests on."]
    text: Annotated[str, "The reason as a sentence in the language asked for."]


class LegShape(TypedDict):
    """A book's place in one leg of the search."""

    leg: str
    rank: Annotated[int, "From 1."]
    score: Annotated[float, "BM25, or (1 + cosine) / 2."]
    contribution: Annotated[float, "What it added to the fused score."]


class BookShape(TypedDict):
    """A work that the library holds, in short."""

    id: str
    title: str
    subtitle: str
    people: list[PersonShape]
    publisher: str
    year: Annotated[int | None, "Of the newest edition held."]
    language: Annotated[str, "ISO 639-1."]
    call_number: Annotated[str, "Of the first copy on the shelf."]
    kdc: Annotated[str, "Class number of the Korean Decimal Classification."]
    isbn: Annotated[list[str], "13 digits each, one an edition."]
    audience: Audience | None
    form: Form
    available: Annotated[bool, "Whether a copy can be borrowed now."]
    copies: Annotated[int, "Copies that the library still has."]
    copies_available: Annotated[int, "Copies that can be borrowed now."]
    url: Annotated[str, "Path of the book's page."]


class HoldingShape(TypedDict):
    """One physical volume."""

    status: HoldingStatus
    location: str
    call_number: str
    registration_number: str
    title: Annotated[str, "As this volume is titled, where that differs from the work."]
    volume: str
    isbn: str
    publisher: str
    year: int | None
    registered_on: Annotated[str, "ISO date, or empty."]


class AppealShape(TypedDict):
    """One thing said of how a book feels."""

    facet: AppealFacet
    code: str
    confidence: Annotated[float, "0 to 1: the share of such estimates that are right; 1 where it is no estimate."]
    source: Annotated[AppealSource, "librarian, record, or estimated from the text: no fact."]


class FullBookShape(BookShape):
    """A work that the library holds, with everything known of it."""

    parallel_title: str
    other_titles: list[str]
    series: str
    description: str
    keywords: list[str]
    categories: list[str]
    moods: Annotated[list[Mood], "For certain: of the record, or of a librarian in its place."]
    effects: list[Effect]
    depth: Depth | None
    pace: Pace | None
    appeal: Annotated[list[AppealShape], "How it feels to read, also as far as that is only estimated."]
    pages: int | None
    loans: Annotated[int, "Times lent, where the library's file says so."]
    holdings: list[HoldingShape]
    former_ids: Annotated[list[str], "Ids that lead to this book."]


class HitShape(BookShape):
    """One book found."""

    rank: Annotated[int, "From 1, over all pages."]
    score: Annotated[float, "Fused; 0 under a sort."]
    by_meaning: Annotated[bool, "Found by meaning alone: outside `total` and the facets."]
    pinned: Annotated[bool, "An exact title, ISBN or call number."]
    highlights: Annotated[dict[str, list[FragmentShape]], "title, people, description: the pieces, in order."]
    why: list[WhyShape]
    legs: list[LegShape]


class FacetValueShape(TypedDict):
    """One value of a facet."""

    value: Annotated[str, "A code: 8, ko, teens, 2010."]
    label: Annotated[str, "The code in words of the language asked for."]
    count: int
    selected: bool


class FacetShape(TypedDict):
    """How the match set divides by one field."""

    name: str
    values: list[FacetValueShape]


class RouteShape(TypedDict):
    """One thing that the query was understood to say besides its words."""

    code: RouteCode
    phrase: Annotated[str, "As it was typed."]
    value: Annotated[str, "What it was taken for: a code, a number, a name or words."]
    text: Annotated[str, "The same in words of the language asked for."]


class HelpLineShape(TypedDict):
    """A telephone line for somebody in danger."""

    number: str
    name: str
    about: Annotated[str, "For whom it is, and when it answers."]


class SearchAnswer(TypedDict):
    """One page of hits, with honest counts."""

    query: str
    mode: Mode
    total: Annotated[int, "Books that match by words."]
    total_by_meaning: Annotated[int, "Books beyond those that were found by meaning alone."]
    page: int
    pages: Annotated[int, "Pages that can be asked for: a search reaches its first 10,000 results."]
    size: int
    hits: list[HitShape]
    facets: list[FacetShape]
    suggestion: Annotated[str | None, "Did you mean …"]
    searched_as: Annotated[str | None, "What was searched for in the place of the query, where that was put right."]
    kind: Annotated[QueryKind, "How the query is meant."]
    words: Annotated[str, "What was looked for, once everything understood was taken out."]
    understood: list[RouteShape]
    relaxed: Annotated[list[Relaxation], "What was given up because nothing matched."]
    notice: Annotated[str, "help_lines where the query speaks of self-harm or danger, or empty."]
    help_lines: Annotated[list[HelpLineShape], "To be shown above the books; empty without that notice."]
    timings: Annotated[dict[str, float], "Stage → milliseconds."]


class SimilarAnswer(TypedDict):
    """Books like one."""

    id: Annotated[str, "The book they are like."]
    hits: list[HitShape]


class SuggestionShape(TypedDict):
    """One line of search as you type: a work."""

    id: str
    title: str
    author: str
    call_number: str
    available: bool
    url: Annotated[str, "Path of the book's page."]


class SuggestAnswer(TypedDict):
    """Works that go on like what was typed."""

    query: str
    suggestions: list[SuggestionShape]


class EngineShape(TypedDict):
    """The search engine's state."""

    name: str
    ok: bool


class GeneratorShape(TypedDict):
    """Who writes the reasons."""

    name: Annotated[str, "As SEOGA_GENERATOR sets it."]
    model: Annotated[bool, "Whether a language model is meant to write; without one, reasons are composed."]
    state: Annotated[GeneratorState, "Whether it can write now."]
    writing: Annotated[int, "Answers that it is writing."]
    waiting: Annotated[int, "Answers that wait for it."]
    failing_for: Annotated[float | None, "Seconds since it was given up because it failed or fell silent; else null."]


class HealthAnswer(TypedDict):
    """Whether the library can answer."""

    status: Annotated[str, "ok, empty (nothing loaded yet) or unavailable."]
    engine: EngineShape
    books: Annotated[int | None, "Works held; null where they cannot be counted."]
    generator: GeneratorShape
    version: str
