"""What readers read and like."""

from dataclasses import dataclass
from enum import StrEnum


class AgeGroup(StrEnum):
    """How old a reader is, in the groups of Korean libraries' loan statistics (도서관 정보나루)."""

    INFANTS = "0-5"
    PRESCHOOL = "6-7"
    CHILDREN = "8-13"
    TEENS = "14-19"
    TWENTIES = "20-29"
    THIRTIES = "30-39"
    FORTIES = "40-49"
    FIFTIES = "50-59"
    SENIORS = "60-"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One book that a reader read, whether or not the library (still) holds it."""

    reader_id: str  # pseudonymous (see recommender.readers)
    title: str
    author: str = ""
    book_id: str = ""  # empty where no held work was recognised
    isbn: str = ""
    rating: float | None = None  # 0 to 5
    note: str = ""
    read_on: str = ""  # ISO date, the library's local day
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighted:
    """A word with the weight a reader gave it, 0 to 1."""

    name: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a reader said they like."""

    reader_id: str  # pseudonymous
    genres: tuple[Weighted, ...] = ()
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    avoid_topics: tuple[str, ...] = ()
    disliked_authors: tuple[str, ...] = ()
    preferred_length: str = ""
    complexity: str = ""
    tone: str = ""
    age_group: AgeGroup | None = None
