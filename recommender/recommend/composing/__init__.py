"""Reasons without a model: sentences made from evidence alone, in Korean and English.

Nothing is said here that the record or the reader's own data does not hold. Each sentence has several wordings, taken
in turn, so that three books in one answer do not read like a form.
"""

from collections.abc import Sequence

from recommender.models import Book
from recommender.recommend.composing.base import Composer
from recommender.recommend.composing.english import EnglishComposer
from recommender.recommend.composing.korean import KoreanComposer
from recommender.recommend.values import Evidence, Reasons


def compose_reasons(book: Book, evidence: Sequence[Evidence], *, language: str, position: int = 0) -> Reasons:
    """Why this book, and how it can help.

    Args:
        book: its record.
        evidence: what speaks for it.
        language: ko or en.
        position: its place in the answer, from 0; books next to each other get different wordings.
    """
    composer = _composer(book, evidence, language, position)
    return Reasons(why=composer.why(), help=composer.help())


def evidence_sentences(book: Book, evidence: Sequence[Evidence], *, language: str) -> tuple[str, ...]:
    """Every fact as a sentence, for a model's prompt."""
    composer = _composer(book, evidence, language, 0)
    return tuple(sentence for fact in evidence if (sentence := composer.sentence(fact.code)))


def _composer(book: Book, evidence: Sequence[Evidence], language: str, position: int) -> Composer:
    facts = {fact.code: fact.words for fact in evidence}
    return EnglishComposer(book, facts, position) if language == "en" else KoreanComposer(book, facts, position)
