"""What somebody asks of the catalogue, already checked and complete."""

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
    """What a hit must be; values of one field are alternatives, fields are all required."""

    kdc: tuple[str, ...] = ()  # class numbers of any length: 8, 81, 813
    year_from: int | None = None
    year_to: int | None = None
    languages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    without_forms: tuple[str, ...] = ()
    available: bool | None = None  # True: only what can be borrowed now

    def without(self, name: str) -> "Filters":
        """The same filters, one of them lifted: a facet's counts disregard its own selection."""
        if name == "year":
            return replace(self, year_from=None, year_to=None)
        return replace(self, **{name: None if name == "available" else ()})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search; without a query it browses what the filters leave."""

    query: str = ""
    mode: Mode = Mode.HYBRID
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1  # from 1
    size: int = 20
