"""How estimated terms stand in a document, so that a search can weigh them by how sure they are."""

from itertools import compress
from operator import not_
from typing import Any

from recommender.models import AppealCode, AppealFacet, AppealTerm, Book

LIKELY_FROM = 0.6
"""Confidence from which a term is called likely, and below which possible; searches and sentences treat the two differently."""


def appeal_key(facet: AppealFacet, code: AppealCode) -> str:
    """By what an estimated term is found: `mood:warm`."""
    return f"{facet.value}:{code.value}"


def appeal_fields(book: Book) -> dict[str, Any]:
    """The fields of a book's document that say how it feels; what is certain, likely and possible each apart."""
    likely = [is_likely(term) for term in book.estimated]
    keys = [appeal_key(term.facet, term.code) for term in book.estimated]
    return {
        "moods": [mood.value for mood in book.moods],
        "effects": [effect.value for effect in book.effects],
        "depth": book.depth.value if book.depth else None,
        "pace": book.pace.value if book.pace else None,
        "likely_appeal": list(compress(keys, likely)),
        "possible_appeal": list(compress(keys, map(not_, likely))),
    }


def is_likely(term: AppealTerm) -> bool:
    """Whether an estimate is sure enough to be told to a reader as a guess."""
    return term.confidence >= LIKELY_FROM
