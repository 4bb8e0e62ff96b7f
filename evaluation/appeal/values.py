"""What estimates are compared with: books whose records say how they feel."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.models import Book


@dataclass(frozen=True, slots=True)
class Labelled:
    """Books with what their records say, and what an estimator can go by. Columns are `scoring.TERMS`."""

    books: Sequence[Book]
    true: NDArray[np.bool_]  # (n_books, n_terms): the record says it
    spoken: NDArray[np.bool_]  # (n_books, n_terms): the record says something of the term's facet
    scores: NDArray[np.float32]  # (n_books, n_terms)
    cued: NDArray[np.bool_]  # (n_books, n_terms): a word of the text says it

    def only(self, rows: NDArray[np.int64]) -> "Labelled":
        """Some of the books."""
        return Labelled(
            [self.books[row] for row in rows], self.true[rows], self.spoken[rows], self.scores[rows], self.cued[rows]
        )


@dataclass(frozen=True, slots=True)
class FacetFigures:
    """How well one facet is estimated from a confidence on."""

    facet: str
    said: int  # terms that the records have
    estimated: int  # terms estimated with at least that confidence
    right: int
    books: int  # whose record speaks of the facet
    reached: int  # of them, with at least one estimate
    by_chance: float  # the share that is right if as many terms are drawn by how often each is said
    commonest: float  # … and if every book is given the commonest term

    @property
    def precision(self) -> float:
        """The share of the estimates that the record has, too."""
        return self.right / self.estimated if self.estimated else 0.0

    @property
    def recall(self) -> float:
        """The share of what the records say that is estimated."""
        return self.right / self.said if self.said else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Estimates of about the same confidence, and how many of them are right."""

    lowest: float
    estimated: int
    mean_confidence: float
    right: int
