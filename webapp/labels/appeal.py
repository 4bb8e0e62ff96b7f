"""How a book feels, in a reader's words, and who says so."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from recommender.appeal.applying import as_recorded
from recommender.appeal.keys import is_likely
from recommender.models import (
    APPEAL_CODES,
    SINGLE_FACETS,
    AppealFacet,
    AppealSource,
    AppealTerm,
    Book,
    Depth,
    Pace,
)
from webapp.labels.words import BOOK_EFFECTS, MOODS

APPEAL_FACETS: dict[str, LazyString] = {
    AppealFacet.MOOD: _("Mood"),
    AppealFacet.EFFECT: _("What it does"),
    AppealFacet.PACE: _("Pace"),
    AppealFacet.DEPTH: _("Attention it asks for"),
}

PACES: dict[str, LazyString] = {
    Pace.SLOW: _("slow-paced"),
    Pace.STEADY: _("steady-paced"),
    Pace.FAST: _("fast-paced"),
}

BOOK_DEPTHS: dict[str, LazyString] = {
    Depth.LIGHT: _("easy to read"),
    Depth.DEEP: _("to read thoroughly"),
    Depth.IMMERSIVE: _("absorbing"),
}
"""What a book asks of its reader, where `DEPTHS` says what a reader wants."""

TERMS: dict[str, dict[str, LazyString]] = {
    AppealFacet.MOOD: MOODS,
    AppealFacet.EFFECT: BOOK_EFFECTS,
    AppealFacet.PACE: PACES,
    AppealFacet.DEPTH: BOOK_DEPTHS,
}


@dataclass(frozen=True, slots=True)
class AppealTag:
    """One term as a page shows it."""

    label: str
    source: str  # who says so, and how sure it is
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class AppealBox:
    """One box of the form."""

    code: str
    label: str
    ticked: bool
    hint: str = ""  # what an estimate says of it


@dataclass(frozen=True, slots=True)
class AppealGroup:
    """One facet of the form."""

    facet: str
    label: str
    single: bool
    source: str  # who speaks for it now
    boxes: tuple[AppealBox, ...]
    is_none: bool  # a librarian says that nothing of it is true of the book


def appeal_tags(book: Book) -> list[AppealTag]:
    """What readers are shown: what is certain, and what is likely, marked as an estimate."""
    shown = (term for term in book.appeal if term.source is not AppealSource.ESTIMATED or is_likely(term))
    return [
        AppealTag(str(TERMS[term.facet][term.code]), source_text(term), term.source is AppealSource.ESTIMATED)
        for term in shown
    ]


def source_text(term: AppealTerm) -> str:
    """Who says so: `사서가 확인`, `추정 · 확신 낮음`."""
    if term.source is AppealSource.LIBRARIAN:
        return str(_("confirmed by a librarian"))
    if term.source is AppealSource.RECORD:
        return str(_("stated by the record"))
    return str(_("estimated · fairly sure") if is_likely(term) else _("estimated · not sure"))


def appeal_groups(book: Book) -> list[AppealGroup]:
    """The form for a book, ticked as it is known for certain."""
    return [_group(facet, book) for facet in AppealFacet]


def _group(facet: AppealFacet, book: Book) -> AppealGroup:
    said = [term for term in book.appeal if term.facet is facet]
    certain = {term.code for term in said if term.source is not AppealSource.ESTIMATED}
    estimated = {term.code: source_text(term) for term in said if term.source is AppealSource.ESTIMATED}
    return AppealGroup(
        facet=facet.value,
        label=str(APPEAL_FACETS[facet]),
        single=facet in SINGLE_FACETS,
        source=_group_source(facet, book),
        boxes=tuple(
            AppealBox(code.value, str(TERMS[facet][code]), code in certain, estimated.get(code, ""))
            for code in APPEAL_CODES[facet]
        ),
        is_none=facet in book.corrected and not certain,
    )


def _group_source(facet: AppealFacet, book: Book) -> str:
    if facet in book.corrected:
        return str(_("confirmed by a librarian"))
    if any(term.facet is facet for term in as_recorded(book).appeal):
        return str(_("stated by the record"))
    return str(_("estimated") if any(term.facet is facet for term in book.estimated) else _("not known"))
