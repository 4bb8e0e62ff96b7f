"""What every recommender has to beat: what all read, what those read who read the same, and factors of who read what."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from evaluation.readers.splitting import Case

NEIGHBOURS = 100
"""Nearest books kept of each: more bring books that hardly anybody read together."""

SHRINKAGE = 10.0
"""Added to the cosine's denominator: two books that one reader has in common are no twins."""

FACTORS, REGULARIZATION, CONFIDENCE = 128, 5.0, 10.0
"""Of alternating least squares: the best of five settings tried on one draw of the Book-Crossing readings, so that it is not
beaten for want of tuning."""


class Popularity:
    """The books that most readers read, the same for everybody."""

    name = "popularity"

    def __init__(self, known: Mapping[str, Sequence[str]], among: Collection[str] | None = None) -> None:
        """`known` is reader → items; only those `among` some are recommended, or any."""
        self._matrix = ReadingMatrix(known, among)
        self._readers = np.asarray(self._matrix.read.sum(axis=0)).ravel()

    def recommend(self, case: Case, count: int) -> Sequence[str]:
        """The most read books that the reader has not read."""
        return self._matrix.best(self._readers, case.items, count)


class ItemNeighbours:
    """Books that were read by the readers of one's own books: item-based nearest neighbours.

    Similarity is the cosine of two books' readers, its denominator enlarged by `SHRINKAGE`, kept for the nearest
    `NEIGHBOURS` of each book; a book's score is the sum over the reader's history. Sources: Deshpande and Karypis 2004,
    "Item-based top-N recommendation algorithms", section 4; the shrinkage as in Bell and Koren 2007, "Scalable
    collaborative filtering with jointly derived neighborhood interpolation weights", section 3.
    """

    name = "item-kNN"

    def __init__(self, known: Mapping[str, Sequence[str]], among: Collection[str] | None = None) -> None:
        """`known` is reader → items; only those `among` some are recommended, or any."""
        self._matrix = ReadingMatrix(known, among)
        self._similarity = _nearest(_similarity(self._matrix.read))

    def recommend(self, case: Case, count: int) -> Sequence[str]:
        """The nearest books to those that the reader has read; none where nobody else read any of them."""
        history = self._matrix.columns_of(case.items)
        scores = np.asarray(self._similarity[history].sum(axis=0)).ravel()
        return self._matrix.best(scores, case.items, count)


class Factors:
    """Readers and books as vectors whose product says who reads what: alternating least squares on implicit readings.

    Source: Hu, Koren and Volinsky 2008, "Collaborative filtering for implicit feedback datasets", section 4, as the package
    `implicit` has it. The reader's vector is worked out anew from their history.
    """

    name = "ALS"

    def __init__(
        self, known: Mapping[str, Sequence[str]], among: Collection[str] | None = None, *, seed: int = 0
    ) -> None:
        """`known` is reader → items; only those `among` some are recommended, or any."""
        from implicit.cpu.als import AlternatingLeastSquares  # type: ignore[import-untyped]
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        self._matrix = ReadingMatrix(known, among)
        with threadpool_limits(1, "blas"):  # the package runs threads of its own, which those would slow down
            self._model = AlternatingLeastSquares(
                factors=FACTORS, regularization=REGULARIZATION, alpha=CONFIDENCE, random_state=seed, num_threads=1
            )
            self._model.fit(sparse.csr_matrix(self._matrix.read), show_progress=False)

    def recommend(self, case: Case, count: int) -> Sequence[str]:
        """The books nearest to the reader's factors."""
        history = self._matrix.columns_of(case.items)
        if not history:
            return []
        read = sparse.csr_matrix(
            (np.ones(len(history)), (np.zeros(len(history), dtype=np.int64), history)),
            shape=(1, len(self._matrix.items)),
        )
        reader = self._model.recalculate_user(0, read)
        scores = np.asarray(self._model.item_factors @ np.ravel(reader), dtype=np.float64)
        return self._matrix.best(scores - scores.min() + 1.0, case.items, count)


class ReadingMatrix:
    """Readers in rows, books in columns, 1 where one read the other."""

    def __init__(self, known: Mapping[str, Sequence[str]], among: Collection[str] | None = None) -> None:
        """`known` is reader → items; only those `among` some are ever the `best`, or any."""
        self.items = sorted({item for items in known.values() for item in items})
        self._column = {item: column for column, item in enumerate(self.items)}
        rows = [row for row, items in enumerate(known.values()) for _ in items]
        columns = [self._column[item] for items in known.values() for item in items]
        shape = (len(known), len(self.items))
        self._may_stand = np.array([among is None or item in among for item in self.items], dtype=bool)
        self.read = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)

    def columns_of(self, items: Sequence[str]) -> list[int]:
        """Where items stand; those that nobody read are left out."""
        return [self._column[item] for item in items if item in self._column]

    def unit_columns(self, items: Sequence[str]) -> NDArray[np.float64]:
        """Who read each item, `(n_items, n_readers)`, each row of length 1; items that nobody read are left out."""
        columns = self.read[:, self.columns_of(items)].toarray().T
        lengths: NDArray[np.float64] = np.linalg.norm(columns, axis=1, keepdims=True)
        return np.asarray(columns / lengths, dtype=np.float64)

    def best(self, scores: NDArray[np.float64], without: Sequence[str], count: int) -> list[str]:
        """The items with the highest scores above 0, equal ones in the order of their names.

        Args:
            scores: `(n_items,)`.
            without: items that are left out.
            count: how many at most.
        """
        scores = scores.copy()
        scores[self.columns_of(without)] = 0.0
        scores[~self._may_stand] = 0.0
        ranked = np.argsort(-scores, kind="stable")[:count]
        return [self.items[column] for column in ranked if scores[column] > 0]


def _similarity(read: sparse.csr_array) -> sparse.csr_array:
    """`(n_items, n_items)`: shrunk cosines, 0 on the diagonal."""
    together = sparse.coo_array(read.T @ read)
    readers = np.asarray(read.sum(axis=0)).ravel()
    rows, columns = together.coords
    cosines = together.data / (np.sqrt(readers[rows] * readers[columns]) + SHRINKAGE)
    cosines[rows == columns] = 0.0
    return sparse.csr_array((cosines, (rows, columns)), shape=together.shape)


def _nearest(similarity: sparse.csr_array) -> sparse.csr_array:
    """The same with only the `NEIGHBOURS` highest of each row."""
    kept = similarity.copy()
    for start, end in zip(kept.indptr[:-1], kept.indptr[1:], strict=True):
        row = kept.data[start:end]
        if len(row) > NEIGHBOURS:
            row[np.argsort(-row, kind="stable")[NEIGHBOURS:]] = 0.0
    kept.eliminate_zeros()
    return kept
