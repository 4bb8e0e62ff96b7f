"""Figures of ranked lists for readers: whether the book was found, and what else the lists are like.

Sources: Castells, Hurley and Vargas 2015, "Novelty and diversity in recommender systems" (Recommender Systems Handbook,
section 3): self-information and intra-list distance; nDCG with one relevant book is 1 / log2(1 + its place) (Järvelin and
Kekäläinen 2002).
"""

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray


def recall(ranked: Sequence[str], held_out: str) -> float:
    """1 if the book is in the list, else 0: of one book taken away, the share that was found."""
    return float(held_out in ranked)


def ndcg(ranked: Sequence[str], held_out: str) -> float:
    """1 in the first place, less further down, 0 if it is not in the list."""
    return 1.0 / math.log2(ranked.index(held_out) + 2) if held_out in ranked else 0.0


def novelty(ranked: Sequence[str], readers_of: Mapping[str, int], n_readers: int) -> float:
    """Mean self-information of a list in bits: -log2 of the share of readers who read a book; 0 for an empty list.

    A book that nobody read counts as read by half a reader, so that it is the most novel and not infinitely so.
    """
    if not ranked:
        return 0.0
    shares = (max(readers_of.get(item, 0), 0.5) / n_readers for item in ranked)
    return sum(-math.log2(share) for share in shares) / len(ranked)


def diversity(vectors: NDArray[np.float64]) -> float:
    """Mean distance (1 - cosine) of all pairs of a list; 0 where it has no two books.

    Args:
        vectors: `(n_books, dims)`, each of length 1.
    """
    count = len(vectors)
    if count < 2:  # noqa: PLR2004 - a pair
        return 0.0
    summed = vectors.sum(axis=0)  # its square is the sum of all cosines, each book's with itself among them
    return float(1.0 - (summed @ summed - count) / (count * (count - 1)))


def coverage(lists: Collection[Sequence[str]], n_items: int) -> float:
    """The share of all books that was recommended to anybody."""
    return len({item for ranked in lists for item in ranked}) / n_items if n_items else 0.0
