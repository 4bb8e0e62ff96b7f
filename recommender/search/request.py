"""What somebody asks of the catalogue, already checked and complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

MAX_QUERY_LENGTH = 2_000
"""Characters; Kiwi needs seconds for very long texts without a space."""

MAX_PAGE_SIZE = 100


class Mode(StrEnum):
    """Which legs a search runs."""

    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"


class Sort(StrEnum):
    """The order of the results."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be; values of one field are alternatives, fields are all required, and nothing may be `without_`.

    Words stand as they were written; a search adds the tokens by which the index holds them, once
    (`recommender.search.analysis.in_tokens`).
    """

    kdc: tuple[str, ...] = ()  # class numbers of any length: 8, 81, 813
    year_from: int | None = None
    year_to: int | None = None
    languages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    without_forms: tuple[str, ...] = ()
    available: bool | None = None  # True: only what can be borrowed now
    copies_from: int | None = None  # copies and volumes that the library still has
    pages_from: int | None = None  # books whose record tells no pages are left out
    pages_to: int | None = None
    people: tuple[str, ...] = ()  # names or parts of names, every one of them required
    title_words: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()  # all words of each in the record, or its letters in the title
    call_numbers: tuple[str, ...] = ()  # beginnings of shelf marks
    without_kdc: tuple[str, ...] = ()
    without_audiences: tuple[str, ...] = ()
    without_people: tuple[str, ...] = ()
    without_publishers: tuple[str, ...] = ()
    without_words: tuple[str, ...] = ()  # in title or subjects; a book with all words of one is left out
    also: "Filters | None" = None  # what the query itself says, required besides
    tokens: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)  # words above → their tokens

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that is compared with the words of a record."""
        wanted = (*self.title_words, *self.publishers, *self.subjects, *self.phrases)
        return (*wanted, *self.without_publishers, *self.without_words)

    def only_exclusions(self) -> "Filters":
        """What must not be, without what must: nobody who refuses comics wants them because nothing else was found."""
        own = Filters(
            without_forms=self.without_forms,
            without_kdc=self.without_kdc,
            without_audiences=self.without_audiences,
            without_people=self.without_people,
            without_publishers=self.without_publishers,
            without_words=self.without_words,
            tokens=self.tokens,
        )
        also = self.also.only_exclusions() if self.also else Filters()
        return replace(own, also=None if also == Filters() else also)

    def without(self, name: str) -> "Filters":
        """The same filters, one of them lifted: a facet's counts disregard its own selection."""
        if name == "year":
            return replace(self, year_from=None, year_to=None)
        return replace(self, **{name: None if name == "available" else ()})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Preferred:
    """What goes before the rest without keeping anything out: most records tell neither pages nor for whom they are."""

    audiences: tuple[str, ...] = ()
    depths: tuple[str, ...] = ()
    pages_from: int | None = None
    pages_to: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is preferred."""
        return self == Preferred()


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search; without a query it browses what the filters leave."""

    query: str = ""
    mode: Mode = Mode.HYBRID
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1  # from 1
    size: int = 20
    understand: bool = True  # False: every word is looked for as it was typed
