"""Bringing the rankings of several legs into one: pure functions, no engine."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import neg

from recommender.search.results import LegRank


@dataclass(frozen=True, slots=True)
class Leg:
    """One ranking: ids best first with their scores, and the weight that fusion gives to it."""

    name: str
    ids: tuple[str, ...]
    scores: tuple[float, ...]
    weight: float

    def down_to(self, lowest: float) -> "Leg":
        """The same without what scores less."""
        near = bisect_right(self.scores, -lowest, key=neg)
        return Leg(self.name, self.ids[:near], self.scores[:near], self.weight)


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
        weight = leg.weight
        for rank, book_id in enumerate(leg.ids, 1):
            scores[book_id] = scores.get(book_id, 0.0) - weight / (rank_constant + rank)
    # Negative, so that pairs in their plain order are best first, and equal ones by id.
    ranked = sorted(zip(scores.values(), scores, strict=True))
    return Fused(
        ids=tuple([book_id for _, book_id in ranked]),
        scores=tuple([0.0 - score for score, _ in ranked]),  # not -0.0 for a leg without weight
        legs=tuple(legs),
        rank_constant=rank_constant,
    )
