"""What a library holds."""

from dataclasses import dataclass
from enum import StrEnum

from recommender.models.appeal import AppealCode, AppealFacet, AppealSource, AppealTerm, Depth, Effect, Mood, Pace


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
