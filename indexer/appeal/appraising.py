"""The step of indexing that says how books feel: by their records, by librarians, and by estimates where both are silent."""

from collections.abc import Sequence
from dataclasses import dataclass

from recommender.appeal.applying import appraised
from recommender.appeal.corrections import Correction, CorrectionStore
from recommender.appeal.estimating import AppealEstimator
from recommender.encoding.base import Vectors
from recommender.models import Book


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """Of how many books it is known, and how, how they feel."""

    recorded: int = 0  # the record says something
    corrected: int = 0  # a librarian says something
    estimated: int = 0  # something is estimated

    def of_one_more(self, book: Book) -> "AppealCounts":
        """With another book."""
        by_record = {term.facet for term in book.appeal} - {term.facet for term in book.estimated} - set(book.corrected)
        return AppealCounts(
            self.recorded + bool(by_record or book.recorded),
            self.corrected + bool(book.corrected),
            self.estimated + bool(book.estimated),
        )


class Appraiser:
    """Appraises the books of one load, batch by batch.

    Args:
        store: the librarians' corrections; read once at the start.
        estimator: learnt by the encoder that the load encodes with.
    """

    def __init__(self, store: CorrectionStore, estimator: AppealEstimator) -> None:
        self._store = store
        self._corrections = store.all()
        self._estimator = estimator
        self.counts = AppealCounts()

    def appraise(self, books: Sequence[Book], vectors: Vectors) -> list[Book]:
        """The books with their appeal; `vectors` are `(n_books, dims)`, those of the documents."""
        result = []
        for book, terms in zip(books, self._estimator.estimate(books, vectors), strict=True):
            correction = self._corrections.of(book)
            result.append(appraised(book, correction.codes if correction else {}, terms))
            self.counts = self.counts.of_one_more(result[-1])
        return result

    def missed(self) -> list[Correction]:
        """Corrections that were made while the load ran."""
        return self._store.all().since(self._corrections)
