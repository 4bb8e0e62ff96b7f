"""Fusing the legs of many queries at once: what `recommender.search.fusion` does query by query, in whole arrays.

The weight of meaning is the product's own function; here is only its sum over the legs and their order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.legs.values import Ints, Legs
from recommender.bundle import FusionBundle, FusionMethod, TiesBundle
from recommender.search.fusion import DENSE, LEXICAL, UNITS

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One leg of every query: query `i` has rows `starts[i]` to `starts[i + 1]`, best first."""

    starts: Indices  # (n_queries + 1,)
    documents: Ints  # (n,)
    scores: NDArray[np.float64]  # (n,)

    @property
    def sizes(self) -> Indices:
        """Rows of each query."""
        sizes: Indices = np.diff(self.starts)
        return sizes

    @property
    def places(self) -> Indices:
        """Of each row within its query, from 0."""
        places: Indices = np.arange(len(self.documents)) - np.repeat(self.starts[:-1], self.sizes)
        return places

    def relative_scores(self, floor: float) -> NDArray[np.float64]:
        """Scores as shares of the way from `floor` × the query's last to its best; 1 where that is no way."""
        filled = self.sizes > 0
        best, nothing = np.zeros(len(filled)), np.zeros(len(filled))
        best[filled] = self.scores[self.starts[:-1][filled]]
        nothing[filled] = floor * self.scores[self.starts[1:][filled] - 1]
        spread = np.repeat(best - nothing, self.sizes)
        above = self.scores - np.repeat(nothing, self.sizes)
        return np.divide(above, spread, out=np.ones(len(above)), where=spread > 0)


class Fusing:
    """The legs of every query beside each other, ready to be fused in many ways.

    Args:
        legs: the library.
        ranked: `lexical`, `dense` or both.
    """

    def __init__(self, legs: Legs, ranked: Mapping[str, Ranked]) -> None:
        self._legs = legs
        self._ranked = ranked
        self._places = {name: leg.places for name, leg in ranked.items()}
        self._documents, cells = _beside(list(ranked.values()))
        self._cells = dict(zip(ranked, cells, strict=True))

    @property
    def width(self) -> int:
        """Books that the longest ranking has."""
        return int(self._documents.shape[1])

    def order(
        self,
        fusion: FusionBundle,
        dense_weights: NDArray[np.float64],
        without_dense: NDArray[np.bool_],
        *,
        size: int,
    ) -> Ints:
        """The fused ranking of every query.

        Args:
            fusion: the method, its parameters, and what settles ties.
            dense_weights: `(n_queries,)`, the weight of meaning beside the words' 1.
            without_dense: `(n_queries,)`, whose dense leg finds nothing.
            size: books wanted of each.

        Returns:
            `(n_queries, size)` positions of documents, best first; -1 where there are no more.
        """
        sums = np.full(self._documents.shape, -np.inf)
        for name, (rows, columns) in self._cells.items():
            finds = ~without_dense[rows] if name == DENSE else np.ones(len(rows), np.bool_)
            sums[rows[finds], columns[finds]] = 0.0
        for name, cells in self._cells.items():
            weights = dense_weights if name == DENSE else np.ones(len(dense_weights))
            sums[cells] += self._added(name, np.repeat(weights, self._ranked[name].sizes), fusion)
        sums += self._for_standing(sums, fusion.ties)
        best = np.argsort(-sums, axis=1, kind="stable")[:, :size]
        found = np.take_along_axis(self._documents, best, axis=1)
        found[np.isneginf(np.take_along_axis(sums, best, axis=1))] = -1
        return _padded(found, size)

    def _added(self, leg: str, weights: NDArray[np.float64], fusion: FusionBundle) -> NDArray[np.float64]:
        """What a leg adds to each of its books."""
        if fusion.method is FusionMethod.RRF:
            added: NDArray[np.float64] = weights / (fusion.rrf.rank_constant + self._places[leg] + 1)
            return added
        floor = fusion.linear.lexical_floor if leg == LEXICAL else 1.0
        return np.rint(weights * self._ranked[leg].relative_scores(floor) * UNITS) / UNITS

    def _for_standing(self, sums: NDArray[np.float64], ties: TiesBundle) -> NDArray[np.float64] | float:
        """What `recommender.search.ties` adds: a share of a share of the score."""
        whole = ties.availability + ties.popularity
        if not (ties.within and whole):
            return 0.0
        shares = (ties.availability * self._legs.available + ties.popularity * self._legs.popularity) / whole
        added: NDArray[np.float64] = np.where(np.isneginf(sums), 0.0, sums) * ties.within * shares[self._documents]
        return added


def _beside(legs: list[Ranked]) -> tuple[Ints, list[tuple[Indices, Indices]]]:
    """Every query's documents in one row each, ascending, and in which cells each leg's rows are."""
    queries = [np.repeat(np.arange(len(leg.sizes)), leg.sizes) for leg in legs]
    keys = [query << 32 | leg.documents for query, leg in zip(queries, legs, strict=True)]
    union = np.unique(np.concatenate(keys))
    rows, documents = union >> 32, union & 0xFFFFFFFF
    columns = np.arange(len(union)) - np.searchsorted(rows, rows)
    matrix = np.zeros((len(legs[0].sizes), int(columns.max(initial=-1)) + 1), np.int32)
    matrix[rows, columns] = documents
    cells = [np.searchsorted(union, key) for key in keys]
    return matrix, [(rows[cell], columns[cell]) for cell in cells]


def _padded(found: Ints, size: int) -> Ints:
    missing = size - found.shape[1]
    return np.pad(found, ((0, 0), (0, missing)), constant_values=-1) if missing > 0 else found
