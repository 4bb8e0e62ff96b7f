"""Which documents match and how they score, for many queries and one set of boosts and minimums at a time.

Queries whose bodies have one and the same shape are evaluated together: their pools lie behind one another, one row a
document of a query, so that every clause is a few operations on whole columns. As in the engines, a `bool` scores the sum
of those clauses that match, in float32.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.legs.templates import Either, Held, Node, Words, minimums_of, numbers_of
from evaluation.legs.values import Floats, Ints, QueryLegs
from recommender.bundle import LexicalBundle
from recommender.engine.language.minimum import minimum_matches
from recommender.engine.ordering import SCORE_UNITS

Mask = NDArray[np.bool_]

DOCUMENT_BITS, SCORE_BITS = 22, 27
"""Of a sorting key: four million documents, and scores to 134,000 in thousandths; the rest numbers the queries."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What the words find, query by query, best first: query `i` has rows `starts[i]` to `starts[i + 1]`."""

    starts: NDArray[np.intp]  # (n_queries + 1,)
    documents: Ints  # (n,)
    scores: NDArray[np.float64]  # (n,)
    totals: NDArray[np.intp]  # (n_queries,): how many match, the rows beyond the depth included


class SameShape:
    """Queries of one shape, their pools behind one another.

    Args:
        tree: of all of them.
        queries: each with the leaves that the tree's stand for.
    """

    def __init__(self, tree: Node, queries: Sequence[tuple[QueryLegs, tuple[int, ...]]]) -> None:
        self._tree = tree
        self._count = len(queries)
        sizes = [len(query.pool) for query, _ in queries]
        self._query = np.repeat(np.arange(len(queries), dtype=np.int32), sizes)
        self._documents: Ints = np.concatenate([query.pool for query, _ in queries])
        count = len(queries[0][1])
        self._scores = [np.concatenate([query.scores[own[leaf]] for query, own in queries]) for leaf in range(count)]
        self._held = [np.concatenate([query.held[own[leaf]] for query, own in queries]) for leaf in range(count)]
        self._wanted = [np.array([query.wanted[own[leaf]] for query, own in queries]) for leaf in range(count)]

    def matches(self, lexical: LexicalBundle, *, depth: int) -> Matches:
        """What matches, at most `depth` books a query."""
        evaluation = _Evaluation(self, lexical)
        matched, scores = evaluation.scored(self._tree)
        rows = np.flatnonzero(matched)
        query, documents, found = self._query[rows], self._documents[rows], scores[rows]
        totals = np.bincount(query, minlength=self._count)
        order = np.argsort(_keys(query, found, documents))
        starts = np.concatenate([[0], np.cumsum(totals)])
        place = np.arange(len(order)) - np.repeat(starts[:-1], totals)
        kept = order[place < depth]
        return Matches(
            starts=np.concatenate([[0], np.cumsum(np.minimum(totals, depth))]),
            documents=documents[kept],
            scores=found[kept].astype(np.float64),
            totals=totals,
        )

    def scores(self, leaf: int) -> Floats:
        """What a leaf scores at boost 1, row by row."""
        return self._scores[leaf]

    def held(self, leaf: int) -> NDArray[np.int16]:
        """How many of a leaf's words each row holds."""
        return self._held[leaf]

    def needed(self, leaf: int, minimum: str) -> NDArray[np.int16]:
        """How many of a leaf's words each row has to hold; at least one."""
        wanted = self._wanted[leaf]
        table = np.array([max(1, minimum_matches(minimum, count)) for count in range(int(wanted.max(initial=0)) + 1)])
        needed: NDArray[np.int16] = table.astype(np.int16)[wanted][self._query]
        return needed

    @property
    def rows(self) -> int:
        """Of all pools."""
        return len(self._documents)


class _Evaluation:
    """One set of parameters over one shape."""

    def __init__(self, shape: SameShape, lexical: LexicalBundle) -> None:
        self._shape = shape
        self._numbers = numbers_of(lexical)
        self._minimums = minimums_of(lexical)

    def scored(self, node: Node) -> tuple[Mask, Floats]:
        """Which rows match, and their scores; 0 where they do not."""
        if isinstance(node, Either):
            return self._either(node)
        matched = self.matched(node)
        boost = np.float32(node.boost.value(self._numbers))
        if isinstance(node, Held):
            return matched, matched * boost
        scores = self._shape.scores(node.leaf) * boost
        return matched, scores if node.minimum is None and not node.whole else np.where(matched, scores, np.float32(0))

    def matched(self, node: Node) -> Mask:
        """Which rows match."""
        if isinstance(node, Either):
            return self._either(node)[0]
        held = self._shape.held(node.leaf)
        if isinstance(node, Words) and (node.whole or node.minimum is not None):
            minimum = "100%" if node.whole else self._minimum(node.minimum or "")
            matched: Mask = held >= self._shape.needed(node.leaf, minimum)
            return matched
        return held > 0

    def _either(self, node: Either) -> tuple[Mask, Floats]:
        matched: Mask = np.ones(self._shape.rows, np.bool_)
        scores: Floats = np.zeros(self._shape.rows, np.float32)
        for clause in node.must:
            clause_matched, clause_scores = self.scored(clause)
            matched &= clause_matched
            scores += clause_scores
        for clause in node.filter:
            matched &= self.matched(clause)
        for clause in node.must_not:
            matched &= ~self.matched(clause)
        needed = _bool_minimum(node)
        counts = np.zeros(self._shape.rows, np.int16)
        for clause in node.should:
            clause_matched, clause_scores = self.scored(clause)
            counts += clause_matched
            scores += clause_scores
        if needed:
            matched &= counts >= needed
        return matched, np.where(matched, scores, np.float32(0))

    def _minimum(self, minimum: str) -> str:
        """A parameter of the bundle, or a specification as it stands in the body."""
        return self._minimums.get(minimum, minimum)


def _bool_minimum(node: Either) -> int:
    """How many `should` clauses have to match: by its own minimum, else one where nothing is required besides."""
    required = bool(node.must or node.filter)
    needed = 0 if node.minimum is None else minimum_matches(node.minimum, len(node.should))
    return max(needed, 1) if node.should and not required else needed


def _keys(query: Ints, scores: Floats, documents: Ints) -> NDArray[np.int64]:
    """Ascending by query, then descending by score (nearly equal ones are equal, as in the engines), then by document."""
    thousandths = np.rint(scores.astype(np.float64) * SCORE_UNITS).astype(np.int64)
    descending = (1 << SCORE_BITS) - 1 - thousandths
    return (query.astype(np.int64) << (SCORE_BITS + DOCUMENT_BITS)) | (descending << DOCUMENT_BITS) | documents
