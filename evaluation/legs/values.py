"""The legs of a query set: everything that the engine knows of it, so that a search can be replayed without one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.legs.templates import Node

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Dense:
    """The books nearest in meaning, best first, before any threshold; scores are (1 + cosine) / 2."""

    documents: Ints  # (n,) positions among the documents
    scores: NDArray[np.float64]  # (n,)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way in which a query is looked for: as asked, or relaxed."""

    tree: Node | None  # its leaves numbered from 0; None: the words are not looked for
    leaves: tuple[int, ...]  # of the tree: their positions among the query's leaves
    first: Ints  # pinned before everything, in order
    author: Ints  # books of the author named, before the rest in the rest's order
    browsed: Ints | None  # the whole answer, where there are no words to rank by
    dense: int  # position among the query's dense legs; -1: there is none
    words: int  # distinct words that score
    kind: str
    any_word: bool


@dataclass(frozen=True, slots=True)
class QueryLegs:
    """One query. The pool holds every document that a leaf of it matches (the best of each in a large catalogue)."""

    query_id: str
    pool: Ints  # (n_pool,) positions among the documents, ascending
    scores: Floats  # (n_leaves, n_pool), at boost 1; 0 for filters and for what does not match
    held: NDArray[
        np.int16
    ]  # (n_leaves, n_pool): of a leaf's words how many a document holds; 1 for what passes a filter
    wanted: NDArray[np.int16]  # (n_leaves,): how many words it has; 1 for a filter
    attempts: tuple[Attempt, ...]
    dense: tuple[Dense, ...]


@dataclass(frozen=True, slots=True)
class Legs:
    """All queries over one library."""

    documents: tuple[str, ...]  # ids, ascending: a smaller position goes first among equals
    available: NDArray[np.bool_]  # (n_documents,)
    popularity: NDArray[np.float64]  # (n_documents,), 0 to 1
    queries: Sequence[QueryLegs]
