"""Who speaks for a book's appeal: a librarian before the record, and an estimate only where both are silent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

from recommender.models import (
    AppealCode,
    AppealFacet,
    AppealSource,
    AppealTerm,
    Book,
    Depth,
    Effect,
    Mood,
    Pace,
)

Codes = Mapping[AppealFacet, Sequence[AppealCode]]
"""Facet → all that is said of it; an empty sequence says that nothing of the facet is true of the book."""


def as_recorded(book: Book) -> Book:
    """The book as its record alone describes it: without corrections and estimates."""
    recorded = {facet: _codes(book.recorded, facet) for facet in book.corrected}
    return replace(_with_certain(book, recorded), corrected=(), recorded=(), estimated=())


def without_appeal(book: Book) -> Book:
    """The book as if nobody had said how it feels."""
    silent: Codes = dict.fromkeys(AppealFacet, ())
    return _with_certain(as_recorded(book), silent)


def appraised(book: Book, correction: Codes, estimated: Iterable[AppealTerm]) -> Book:
    """The book with a librarian's correction, and with the estimates of facets for which nobody speaks.

    Args:
        book: with or without an earlier correction.
        correction: what a librarian says, for some facets or all; empty where no librarian said anything.
        estimated: what the text suggests.
    """
    recorded = as_recorded(book)
    corrected = _with_certain(recorded, correction)
    spoken_for = {term.facet for term in corrected.appeal} | set(correction)
    return replace(
        corrected,
        corrected=tuple(facet for facet in AppealFacet if facet in correction),
        recorded=tuple(term for term in recorded.appeal if term.facet in correction),
        estimated=tuple(term for term in estimated if term.facet not in spoken_for),
    )


def _with_certain(book: Book, codes: Codes) -> Book:
    """The book with what is certain of some facets replaced."""
    certain = {**_certain(book), **codes}
    return replace(
        book,
        moods=cast("tuple[Mood, ...]", tuple(certain[AppealFacet.MOOD])),
        effects=cast("tuple[Effect, ...]", tuple(certain[AppealFacet.EFFECT])),
        pace=cast("Pace | None", next(iter(certain[AppealFacet.PACE]), None)),
        depth=cast("Depth | None", next(iter(certain[AppealFacet.DEPTH]), None)),
    )


def _certain(book: Book) -> Codes:
    terms = [term for term in book.appeal if term.source is not AppealSource.ESTIMATED]
    return {facet: _codes(terms, facet) for facet in AppealFacet}


def _codes(terms: Iterable[AppealTerm], facet: AppealFacet) -> tuple[AppealCode, ...]:
    return tuple(term.code for term in terms if term.facet is facet)
