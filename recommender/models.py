"""The values that cross the project's rooms: what a library holds, and who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person did for a book."""

    AUTHOR = "author"
    TRANSLATOR = "translator"
    ILLUSTRATOR = "illustrator"
    EDITOR = "editor"
    CONTRIBUTOR = "contributor"


class HoldingStatus(StrEnum):
    """Where one copy is in its life, in the words of Korean library systems."""

    AVAILABLE = "available"  # 대출가능
    ON_LOAN = "on_loan"  # 대출중
    REFERENCE = "reference"  # 비치도서: read in the library, not lent
    LOST = "lost"  # 분실
    DAMAGED = "damaged"  # 파손
    MISSING = "missing"  # 소재불명
    WITHDRAWN = "withdrawn"  # 가치상실, 제적
    UNKNOWN = "unknown"  # the file says nothing of it

    @property
    def is_borrowable(self) -> bool:
        """Whether a reader can take the copy home now; a file without states lists what is on the shelf."""
        return self in (HoldingStatus.AVAILABLE, HoldingStatus.UNKNOWN)

    @property
    def is_held(self) -> bool:
        """Whether the library still has the copy at all."""
        return self not in (HoldingStatus.LOST, HoldingStatus.MISSING, HoldingStatus.WITHDRAWN, HoldingStatus.DAMAGED)


class Audience(StrEnum):
    """For whom a book was made."""

    PRESCHOOL = "preschool"
    CHILDREN = "children"
    TEENS = "teens"
    ADULTS = "adults"


class Form(StrEnum):
    """What kind of thing a book is; a worry is never answered with an exam workbook."""

    BOOK = "book"
    COMIC = "comic"
    PICTURE_BOOK = "picture_book"
    WORKBOOK = "workbook"
    REFERENCE = "reference"
    PERIODICAL = "periodical"


class Mood(StrEnum):
    """The tone of a book."""

    WARM = "warm"
    CHEERFUL = "cheerful"
    CALM = "calm"
    MELANCHOLY = "melancholy"
    SAD = "sad"
    TENSE = "tense"
    HOPEFUL = "hopeful"
    THOUGHTFUL = "thoughtful"
    MYSTERIOUS = "mysterious"
    ADVENTUROUS = "adventurous"
    EXHILARATING = "exhilarating"
    BEAUTIFUL = "beautiful"
    HONEST = "honest"
    WITTY = "witty"
    COMFORTING = "comforting"
    INSPIRING = "inspiring"


class Effect(StrEnum):
    """What a book does for its reader."""

    ESCAPE = "escape"
    EMPATHY = "empathy"
    COMFORT = "comfort"
    INSPIRATION = "inspiration"
    PERSPECTIVE = "perspective"


class Depth(StrEnum):
    """How much attention a book asks for."""

    LIGHT = "light"
    DEEP = "deep"
    IMMERSIVE = "immersive"


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


class Pace(StrEnum):
    """How quickly a book moves on."""

    SLOW = "slow"
    STEADY = "steady"
    FAST = "fast"


class AppealFacet(StrEnum):
    """One side of how a book feels to read."""

    MOOD = "mood"
    EFFECT = "effect"
    PACE = "pace"
    DEPTH = "depth"


class AppealSource(StrEnum):
    """Who says how a book feels; those before decide over those after."""

    LIBRARIAN = "librarian"
    RECORD = "record"
    ESTIMATED = "estimated"  # from the text, by the encoder


AppealCode = Mood | Effect | Pace | Depth

APPEAL_CODES: Mapping[AppealFacet, type[Mood] | type[Effect] | type[Pace] | type[Depth]] = {
    AppealFacet.MOOD: Mood,
    AppealFacet.EFFECT: Effect,
    AppealFacet.PACE: Pace,
    AppealFacet.DEPTH: Depth,
}
"""What can be said of each facet."""


def appeal_code(facet: AppealFacet, code: str) -> AppealCode:
    """What can be said of a facet, by its code.

    Raises:
        ValueError: nothing of the kind can be said of it.
    """
    return APPEAL_CODES[facet](code)


SINGLE_FACETS = frozenset({AppealFacet.PACE, AppealFacet.DEPTH})
"""Facets of which a book has one at most: nothing is both slow and fast."""


@dataclass(frozen=True, slots=True)
class AppealTerm:
    """One thing said of how a book feels, by whom, and how sure it is."""

    facet: AppealFacet
    code: AppealCode
    confidence: float = 1.0  # 0 to 1: the share of such terms that are right
    source: AppealSource = AppealSource.RECORD


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a book's statement of responsibility."""

    name: str
    role: Role = Role.AUTHOR


@dataclass(frozen=True, slots=True)
class CallNumber:
    """A shelf mark such as `C 863 에296틴 v.5 c.2`, taken apart; a part that is not there is the empty string."""

    text: str
    shelf_prefix: str = ""  # 별치기호: C
    classification: str = ""  # 863
    author_mark: str = ""  # 에296틴
    volume: str = ""  # 5
    copy: str = ""  # 2


@dataclass(frozen=True, slots=True)
class Holding:
    """One physical volume that the library owns or owned."""

    status: HoldingStatus = HoldingStatus.UNKNOWN
    registration_number: str = ""
    call_number: CallNumber | None = None
    location: str = ""
    title: str = ""  # as this volume is titled, where that differs from the work: 토지. 3
    volume: str = ""
    isbn: str = ""
    publisher: str = ""
    year: int | None = None
    registered_on: str = ""  # ISO date


@dataclass(frozen=True, slots=True)
class Book:
    """One work that the library holds, with everything known of it and all its copies, volumes and editions."""

    id: str
    title: str
    subtitle: str = ""
    parallel_title: str = ""
    other_titles: tuple[str, ...] = ()  # of editions and volumes that name the work differently
    series: str = ""
    people: tuple[Person, ...] = ()
    publisher: str = ""
    year: int | None = None  # of the newest edition held
    language: str = ""  # ISO 639-1: ko, en, …
    isbns: tuple[str, ...] = ()  # 13 digits each
    kdc: str = ""  # the class, 813.6
    call_number: str = ""  # of the first copy on the shelf
    description: str = ""
    keywords: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    audience: Audience | None = None
    form: Form = Form.BOOK
    moods: tuple[Mood, ...] = ()  # these four for certain: as the record says, or a librarian in its place
    effects: tuple[Effect, ...] = ()
    depth: Depth | None = None
    pace: Pace | None = None
    estimated: tuple[AppealTerm, ...] = ()  # of facets for which nobody speaks: never stated as a fact
    corrected: tuple[AppealFacet, ...] = ()  # facets for which a librarian speaks
    recorded: tuple[AppealTerm, ...] = ()  # what the record says of those, for when the correction is taken back
    pages: int | None = None
    loans: int = 0  # times lent, where the file says so
    holdings: tuple[Holding, ...] = ()
    former_ids: tuple[str, ...] = ()  # ids of works merged into this one: history refers to them

    @property
    def available(self) -> bool:
        """Whether at least one copy can be borrowed now."""
        return any(holding.status.is_borrowable for holding in self.holdings)

    @property
    def copies(self) -> int:
        """How many copies and volumes the library still has."""
        return sum(holding.status.is_held for holding in self.holdings)

    @property
    def appeal(self) -> tuple[AppealTerm, ...]:
        """All that is said of how the book feels, with its source: what is certain, then what is estimated."""
        certain = tuple(
            AppealTerm(facet, code, source=AppealSource.LIBRARIAN if facet in self.corrected else AppealSource.RECORD)
            for facet, codes in self._certain_appeal()
            for code in codes
        )
        return certain + self.estimated

    def _certain_appeal(self) -> tuple[tuple[AppealFacet, tuple[AppealCode, ...]], ...]:
        return (
            (AppealFacet.MOOD, self.moods),
            (AppealFacet.EFFECT, self.effects),
            (AppealFacet.PACE, (self.pace,) if self.pace else ()),
            (AppealFacet.DEPTH, (self.depth,) if self.depth else ()),
        )

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of those who wrote it, in the order of the statement."""
        return tuple(person.name for person in self.people if person.role is Role.AUTHOR)


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
