"""What the router reads out of a query, as values."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from recommender.search.request import Filters, Preferred
from recommender.search.routing.kinds import QueryKind, QueryLanguage
from recommender.text.kiwi import Morpheme


class RouteCode(StrEnum):
    """What a phrase of a query was understood to say."""

    TITLE = "title"  # the whole text is a title, or the beginning of one: nothing is rewritten
    ISBN = "isbn"
    CALL_NUMBER = "call_number"
    CLASS = "class"
    PERSON = "person"  # books of this author come first
    PEOPLE = "people"  # only books with this name
    TITLE_WORDS = "title_words"
    PUBLISHER = "publisher"
    SUBJECT = "subject"
    PHRASE = "phrase"
    YEARS = "years"
    LANGUAGE = "language"
    AUDIENCE = "audience"  # only books for these readers
    FORM = "form"
    COPIES = "copies"
    PAGES = "pages"
    LENGTH = "length"  # short or long books first
    LEVEL = "level"  # easy or demanding books first
    READER = "reader"  # books for these readers first
    WITHOUT = "without"  # words, or a kind of book
    WITHOUT_PEOPLE = "without_people"


@dataclass(frozen=True, slots=True)
class Route:
    """One thing understood: the phrase as typed, where it stands in the text, and what it was taken for.

    `value` is a code or a word that pages turn into a sentence: `comic`, `30`, `813`, `2010-2020`, `한강`.
    """

    code: RouteCode
    phrase: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """A route with what it does to a search; `cut` takes its phrase out of the words that are looked for."""

    route: Route
    limits: Filters = field(default_factory=Filters)
    preferred: Preferred = field(default_factory=Preferred)
    person: str = ""
    cut: bool = True
    kept: str = ""  # what of a phrase that is cut out goes on being looked for


@dataclass(frozen=True, slots=True)
class Understood:
    """A query taken apart: `words` are looked for, the rest restricts or orders what is found."""

    text: str  # normalised; spans of routes are places in it
    words: str
    kind: QueryKind = QueryKind.KEYWORDS
    language: QueryLanguage = QueryLanguage.OTHER
    limits: Filters = field(default_factory=Filters)
    preferred: Preferred = field(default_factory=Preferred)
    people: tuple[str, ...] = ()  # authors whose books come first
    routes: tuple[Route, ...] = ()

    @property
    def changes_the_search(self) -> bool:
        """Whether it is another search than for the words as they were typed."""
        restricts = self.limits != Filters() or not self.preferred.is_empty
        return self.words != self.text or restricts or bool(self.people)

    def text_without(self, route: Route) -> str:
        """The query with one phrase cut out: what somebody would have typed who did not mean it."""
        return " ".join(f"{self.text[: route.start]} {self.text[route.end :]}".split()).strip(" ,")


class Reader(Protocol):
    """The part of an analyser that the router needs."""

    def morphemes(self, text: str) -> Sequence[Morpheme]:
        """Every morpheme of a text, particles too."""


class Catalogue(Protocol):
    """What the router asks of the catalogue, and only where it would rewrite something."""

    def holds_title(self, text: str, *, whole: bool) -> bool:
        """Whether the text is a title, or unless it has to be the whole, the beginning of one."""

    def holds_author(self, name: str, *, whole: bool) -> bool:
        """Whether a book has somebody of this name, or unless it has to be the whole, of whose name this is a part."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A query as the readers of phrases see it."""

    text: str
    kind: QueryKind
    morphemes: Sequence[Morpheme]
    catalogue: Catalogue

    def route(self, code: RouteCode, start: int, end: int, value: str) -> Route:
        """A route for the phrase at a place, without the spaces around it."""
        phrase = self.text[start:end]
        start += len(phrase) - len(phrase.lstrip())
        return Route(code, phrase.strip(), start, start + len(phrase.strip()), value)


def merged(limits: Sequence[Filters]) -> Filters:
    """All limits together: lists are joined, of two bounds the narrower holds."""
    values: dict[str, object] = {}
    for each in dataclasses.fields(Filters):
        if not each.compare:
            continue
        given = [value for limit in limits if (value := getattr(limit, each.name)) not in (None, ())]
        if not given:
            continue
        if isinstance(given[0], tuple):
            values[each.name] = tuple(dict.fromkeys(item for value in given for item in value))
        elif each.name.endswith("_from"):
            values[each.name] = max(given)
        elif each.name.endswith("_to"):
            values[each.name] = min(given)
    return Filters(**values)  # type: ignore[arg-type]


def merged_preferences(preferences: Sequence[Preferred]) -> Preferred:
    """All preferences together; of two lengths the last that was said."""
    lengths = [each for each in preferences if each.pages_from or each.pages_to]
    return Preferred(
        audiences=tuple(dict.fromkeys(code for each in preferences for code in each.audiences)),
        depths=tuple(dict.fromkeys(code for each in preferences for code in each.depths)),
        pages_from=lengths[-1].pages_from if lengths else None,
        pages_to=lengths[-1].pages_to if lengths else None,
    )
