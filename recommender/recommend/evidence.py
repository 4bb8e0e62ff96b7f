"""The facts that speak for one candidate: read from its record and from the reader, never guessed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recommender.models import Book
from recommender.recommend.candidates import Wanted
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import Evidence, EvidenceCode, TermSource
from recommender.search.evidence import matched_words
from recommender.search.results import LegRank

NEAR_AT_RANK = 10
"""A book is called near in meaning only among the first ten of its leg: every leg has a last."""


def gather(
    book: Book,
    source: Mapping[str, Any],
    *,
    wanted: Wanted,
    context: ReaderContext,
    legs: Sequence[LegRank],
) -> tuple[Evidence, ...]:
    """Everything that speaks for a book, the strongest first.

    Args:
        book: the candidate.
        source: its document, with the token fields.
        wanted: what candidates were looked for by.
        context: what is known of the reader.
        legs: the candidate's place in every leg.
    """
    return (
        *_words(source, wanted),
        *_authors(book, context),
        *_liked_books(book, source, wanted, context),
        *_preferences(source, wanted),
        *_appeal(book, wanted),
        *_meaning(legs),
        *_availability(book),
    )


def _words(source: Mapping[str, Any], wanted: Wanted) -> Iterator[Evidence]:
    found = matched_words(source, wanted.subject_tokens)
    if words := tuple(dict.fromkeys(word for held in found.values() for word in held)):
        yield Evidence(EvidenceCode.MATCHES_WORDS, words)


def _authors(book: Book, context: ReaderContext) -> Iterator[Evidence]:
    for entry, liked in zip(context.relevant, context.relevant_books, strict=True):
        for author in book.authors:
            if liked and author in liked.authors:
                yield Evidence(EvidenceCode.SAME_AUTHOR, (author, entry.title))
                return


def _liked_books(book: Book, source: Mapping[str, Any], wanted: Wanted, context: ReaderContext) -> Iterator[Evidence]:
    """The liked book with which this one shares most subjects, and the subjects."""
    best: tuple[str, ...] = ()
    for entry in context.relevant:
        terms = [
            (term.text, tokens)
            for term, tokens in wanted.term_tokens
            if term.source is TermSource.HISTORY and term.detail == entry.title
        ]
        shared = tuple(text for text, tokens in terms if _holds(source, tokens))
        if len(shared) > max(0, len(best) - 1):
            best = (entry.title, *shared)
    if best and best[0] != book.title:
        yield Evidence(EvidenceCode.LIKE_READ_BOOK, best)


def _preferences(source: Mapping[str, Any], wanted: Wanted) -> Iterator[Evidence]:
    held = tuple(
        term.text
        for term, tokens in wanted.term_tokens
        if term.source is TermSource.PREFERENCES and _holds(source, tokens)
    )
    if held:
        yield Evidence(EvidenceCode.MATCHES_PREFERENCE, held)


def _appeal(book: Book, wanted: Wanted) -> Iterator[Evidence]:
    meanings = [answer.meaning for answer in wanted.answers if answer.meaning]
    effects = [effect for effect in book.effects if any(effect in meaning.effects for meaning in meanings)]
    moods = [mood for mood in book.moods if any(mood in meaning.moods for meaning in meanings)]
    if effects or moods:
        yield Evidence(EvidenceCode.MATCHES_MOOD, tuple(code.value for code in (*effects, *moods)))
    if book.depth and any(meaning.depth is book.depth for meaning in meanings):
        yield Evidence(EvidenceCode.FITS_DEPTH, (book.depth.value,))


def _meaning(legs: Sequence[LegRank]) -> Iterator[Evidence]:
    if any(leg.leg == "dense" and leg.rank <= NEAR_AT_RANK for leg in legs):
        yield Evidence(EvidenceCode.NEAR_IN_MEANING)


def _availability(book: Book) -> Iterator[Evidence]:
    if book.available:
        yield Evidence(EvidenceCode.AVAILABLE, (book.call_number,) if book.call_number else ())


def _holds(source: Mapping[str, Any], tokens: Sequence[str]) -> bool:
    """Whether the record holds every token of a term, in its title, subjects or description."""
    held = {token for field in ("title", "subjects", "description") for token in source.get(field, "").split()}
    return bool(tokens) and held.issuperset(tokens)
