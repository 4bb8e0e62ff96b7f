"""Adding to the question what it hints at and what is known of the reader, each term with its source: pure."""

from collections.abc import Iterable, Iterator

from recommender.bundle import EnrichmentBundle
from recommender.models import Book, HistoryEntry
from recommender.recommend.hints import QUESTION
from recommender.recommend.intake import Answer
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EnrichedQuestion, EnrichedTerm, TermSource


def enrich(
    text: str, answers: Iterable[Answer], context: ReaderContext, limits: EnrichmentBundle, *, language: str
) -> EnrichedQuestion:
    """The question with the terms of its hints, of the intake, of liked books and of stated preferences, none twice.

    What the bundle gives no weight is not added.
    """
    terms: dict[str, EnrichedTerm] = {}
    for term in (
        *_answer_terms(answers, limits, language),
        *_preference_terms(context, limits),
        *_history_terms(context, limits),
    ):
        if term.weight and term.text.casefold() not in text.casefold():
            terms.setdefault(term.text.casefold(), term)
    return EnrichedQuestion(
        text=text,
        terms=tuple(terms.values()),
        read_books=tuple(entry.title for entry in context.relevant),
        left_out=len(context.history),
    )


def _answer_terms(answers: Iterable[Answer], limits: EnrichmentBundle, language: str) -> Iterator[EnrichedTerm]:
    for answer in answers:
        words = answer.meaning.terms(language) if answer.meaning else (answer.said,)
        hinted = answer.field == QUESTION
        for word in words:
            yield EnrichedTerm(
                text=word,
                source=TermSource.QUESTION if hinted else TermSource.INTAKE,
                weight=limits.hint_weight if hinted else limits.intake_weight,
                detail=answer.said if hinted else f"{answer.field}: {answer.said}",
            )


def _preference_terms(context: ReaderContext, limits: EnrichmentBundle) -> Iterator[EnrichedTerm]:
    for wish in context.wishes:
        weight = limits.preference_weight * wish.weight
        yield EnrichedTerm(wish.name, TermSource.PREFERENCES, weight, detail=wish.name)


def _history_terms(context: ReaderContext, limits: EnrichmentBundle) -> Iterator[EnrichedTerm]:
    for entry, book in zip(context.relevant, context.relevant_books, strict=True):
        for word in _subjects(entry, book)[: limits.terms_per_book]:
            yield EnrichedTerm(word, TermSource.HISTORY, limits.history_weight, detail=entry.title)


def _subjects(entry: HistoryEntry, book: Book | None) -> list[str]:
    """What a read book is about: the record's keywords, and the genres the reader's history names."""
    return list(dict.fromkeys((*(book.keywords if book else ()), *entry.genres)))
