"""Bringing the rankings of several legs into one: pure functions, no engine."""

from collections.abc import Sequence
from dataclasses import dataclass

from recommender.search.results import LegRank


@dataclass(frozen=True, slots=True)
class Leg:
    """One ranking: ids best first with their scores, and the weight that fusion gives to it."""

    name: str
    ids: tuple[str, ...]
    scores: tuple[float, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Fused:
    """The fused ranking, and the legs it came from, so that every place can be explained."""

    ids: tuple[str, ...]
    scores: tuple[float, ...]
    legs: tuple[Leg, ...]
    rank_constant: float

    def explain(self, book_id: str) -> tuple[LegRank, ...]:
        """The place of one book in every leg that found it, and what that added to its score."""
        return tuple(
            LegRank(
                leg=leg.name,
                rank=(rank := leg.ids.index(book_id) + 1),
                score=leg.scores[rank - 1],
                contribution=leg.weight / (self.rank_constant + rank),
            )
            for leg in self.legs
            if book_id in leg.ids
        )


def fuse(legs: Sequence[Leg], *, rank_constant: float) -> Fused:
    """Weighted reciprocal rank fusion: a hit's score is the sum over legs of weight / (k + rank).

    Equal scores are ordered by id, so that every process gives the same page.
    Source: Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet and individual rank
    learning methods"; the weights are the usual extension.
    """
    scores: dict[str, float] = {}
    for leg in legs:
        for rank, book_id in enumerate(leg.ids, 1):
            scores[book_id] = scores.get(book_id, 0.0) + leg.weight / (rank_constant + rank)
    # Sorted by id first: a sort keeps the order of what is equal, and two plain sorts cost half of one by both.
    ids = sorted(sorted(scores), key=scores.__getitem__, reverse=True)
    return Fused(
        ids=tuple(ids),
        scores=tuple(map(scores.__getitem__, ids)),
        legs=tuple(legs),
        rank_constant=rank_constant,
    )
