"""Estimating how a book feels from its text: the encoder's opinion and the words of the text, with a measured confidence."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from recommender.appeal.calibration import Calibrations, read_calibrations
from recommender.appeal.cues import Cues, read_cues
from recommender.appeal.lessons import read_lessons
from recommender.appeal.scoring import TERMS, AppealScores
from recommender.encoding.base import Encoder, Vectors
from recommender.models import SINGLE_FACETS, AppealFacet, AppealSource, AppealTerm, Book, Form

LEAST_CONFIDENCE = 0.3
"""An estimate that is wrong more often than that helps nobody."""

SHORTEST_DESCRIPTION = 40
"""Letters of a description from which an encoder's opinion counts; of bare titles it is hardly better than chance."""

LANGUAGES = ("ko", "en", "")
"""Those of the lessons and cues; what an estimate in another language is worth was never measured."""

WITHOUT_APPEAL = frozenset({Form.WORKBOOK, Form.REFERENCE, Form.PERIODICAL})
"""Nobody reads a dictionary for its mood."""

MOST_TERMS = 3
"""Terms of one facet: librarians give a book two or three moods."""

ROUNDED_TO = 2
"""Digits of a confidence: more would pretend to a precision that was not measured."""


class AppealEstimator:
    """Estimates the appeal of books by one encoder.

    Args:
        scores: what the encoder learnt from the lessons.
        cues: words that say outright how a book feels.
        calibrations: from scores and cues to confidence.
    """

    def __init__(self, scores: AppealScores, cues: Cues, calibrations: Calibrations) -> None:
        self._scores = scores
        self._cues = cues
        self._calibrations = calibrations

    @classmethod
    def for_encoder(cls, encoder: Encoder) -> "AppealEstimator":
        """Learn from the lessons that come with the program: a hundred short texts to encode."""
        return cls(AppealScores.learnt(read_lessons(), encoder), read_cues(), read_calibrations())

    def estimate(self, books: Sequence[Book], vectors: Vectors) -> list[tuple[AppealTerm, ...]]:
        """What the text of each book suggests, the surest first.

        Args:
            books: a batch.
            vectors: `(n_books, dims)`, of the books' `content_text`, by the encoder that learnt.
        """
        scores = self._scores.of(vectors)
        return [self._terms(book, row) for book, row in zip(books, scores, strict=True)]

    def _terms(self, book: Book, scores: NDArray[np.float32]) -> tuple[AppealTerm, ...]:
        if book.form in WITHOUT_APPEAL or book.language not in LANGUAGES:
            return ()
        terms = sorted(self._likely_enough(book, scores), key=lambda term: (-term.confidence, term.code))
        return tuple(term for facet in AppealFacet for term in _first_of(facet, terms))

    def _likely_enough(self, book: Book, scores: NDArray[np.float32]) -> Iterator[AppealTerm]:
        says_enough = len(book.description) >= SHORTEST_DESCRIPTION
        text = appeal_text(book)
        opinions = zip(TERMS, scores.tolist(), self._scores.scored.tolist(), strict=True)
        for (facet, code), score, is_scored in opinions:
            curve = self._calibrations.get((facet, code))
            if curve is None:
                continue
            has_opinion = says_enough and is_scored
            cue = self._cues.get((facet, code))
            reach = partial(curve.confidence, score if has_opinion else 0.0)
            if reach(has_cue=True) < LEAST_CONFIDENCE:  # most terms of most books: no need to look for words
                continue
            has_cue = cue is not None and cue.search(text) is not None
            confidence = reach(has_cue=has_cue)
            if confidence >= LEAST_CONFIDENCE and (has_cue or has_opinion):
                yield AppealTerm(facet, code, round(confidence, ROUNDED_TO), AppealSource.ESTIMATED)


def appeal_text(book: Book) -> str:
    """In which words are looked for: all that the record says of the book, without the names of people."""
    return " ".join((book.title, book.subtitle, *book.keywords, *book.categories, book.description))


def _first_of(facet: AppealFacet, terms: Sequence[AppealTerm]) -> list[AppealTerm]:
    return [term for term in terms if term.facet is facet][: 1 if facet in SINGLE_FACETS else MOST_TERMS]
