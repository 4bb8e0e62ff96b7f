"""Reciprocal rank fusion with nothing around it, for the floors."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)

RANK_CONSTANT = 60


def fuse_plainly(*rankings: Sequence[Id]) -> list[Id]:
    """Everything in the rankings, best first; no weights, no order of equal scores, no explanation."""
    scores: dict[Id, float] = {}
    for ranking in rankings:
        for rank, found in enumerate(ranking, 1):
            scores[found] = scores.get(found, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores, key=scores.__getitem__, reverse=True)
