"""Topics of a catalogue: which words keep company, by latent semantic analysis.

The texts' weighed word counts are a sparse matrix; its first right singular vectors are the topics (Deerwester et al.
1990), found by randomised subspace iteration (Halko, Martinsson & Tropp 2011, algorithm 4.4), with numpy alone.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

OVERSAMPLING = 20
"""Directions beyond those wanted, without which the last topics are found badly."""

ITERATIONS = 3
"""Passes over the texts: word counts have a long tail, which each pass pushes further down."""

SEED = 20261121
"""Of the first directions: the same texts give the same topics."""

ENTRIES_PER_BLOCK = 1 << 16
"""Entries multiplied at once: 65,536 rows of 84 numbers take 22 MB."""


@dataclass(frozen=True, slots=True, eq=False)
class SparseMatrix:
    """Numbers by row and column, most of them zero; row `i` has the entries from `starts[i]` to `starts[i + 1]`."""

    values: Matrix  # (n_entries,)
    columns: NDArray[np.int32]  # (n_entries,)
    starts: NDArray[np.int64]  # (n_rows + 1,)
    width: int

    @classmethod
    def of_entries(cls, rows: NDArray[np.int64], columns: NDArray[np.int32], values: Matrix, width: int) -> Self:
        """Make a matrix of entries that are sorted by row; `rows[-1]` is the last one."""
        height = int(rows[-1]) + 1 if rows.size else 0
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=height))])
        return cls(values, columns, starts.astype(np.int64), width)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    def transposed(self) -> "SparseMatrix":
        """The same matrix, rows and columns exchanged."""
        order = np.argsort(self.columns, kind="stable")
        rows = np.repeat(np.arange(self.height), np.diff(self.starts)).astype(np.int32)
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.columns, minlength=self.width))])
        return SparseMatrix(self.values[order], rows[order], starts.astype(np.int64), self.height)

    def times(self, dense: Matrix) -> Matrix:
        """The product with a dense matrix, `(width, k)` → `(height, k)`."""
        product = np.zeros((self.height, dense.shape[1]), np.float32)
        filled = np.flatnonzero(np.diff(self.starts))
        start = 0
        while start < len(filled):
            first = self.starts[filled[start]]
            end = int(np.searchsorted(self.starts[filled], first + ENTRIES_PER_BLOCK, side="right"))
            rows = filled[start : max(end, start + 1)]
            entries = slice(first, self.starts[rows[-1] + 1])
            scaled = dense[self.columns[entries]] * self.values[entries, None]
            product[rows] = np.add.reduceat(scaled, self.starts[rows] - first, axis=0)
            start += len(rows)
        return product


def leading_topics(texts: SparseMatrix, count: int) -> Matrix:
    """The first `count` right singular vectors of `(n_texts, n_words)`, as `(n_words, count)` columns of length 1.

    Fewer come back where the matrix has no more. The sign of a topic is fixed, so that runs agree.
    """
    count = min(count, texts.height, texts.width)
    if count <= 0:
        return np.zeros((texts.width, 0), np.float32)
    words = texts.transposed()
    wanted = min(count + OVERSAMPLING, texts.height, texts.width)
    guess = np.random.default_rng(SEED).standard_normal((texts.width, wanted), np.float32)
    basis = _orthonormal(texts.times(guess))
    for _ in range(ITERATIONS):
        basis = _orthonormal(texts.times(_orthonormal(words.times(basis))))
    _, strengths, directions = np.linalg.svd(words.times(basis).T, full_matrices=False)
    found = min(count, int((strengths > strengths[0] * len(strengths) * np.finfo(np.float32).eps).sum()))
    return _with_fixed_signs(directions[:found].T)


def _orthonormal(columns: Matrix) -> Matrix:
    basis: Matrix = np.linalg.qr(columns)[0].astype(np.float32)
    return basis


def _with_fixed_signs(topics: Matrix) -> Matrix:
    largest = np.abs(topics).argmax(axis=0)
    signs = np.where(topics[largest, np.arange(topics.shape[1])] < 0, np.float32(-1), np.float32(1))
    return np.ascontiguousarray(topics * signs, np.float32)
