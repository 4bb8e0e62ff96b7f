"""Bringing the rankings of several legs into one: pure functions, no engine.

`fuse_legs` is what a search does with its legs, and all that it needs is in its arguments: a replay over legs that were
kept gives what the product gives.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import neg

from recommender.bundle import FusionBundle, FusionMethod, LinearBundle
from recommender.search.results import LegRank

LEXICAL, DENSE = "lexical", "dense"

UNITS = 10_000
"""What a leg adds to a linear sum is a whole number of these parts of 1. Both engines give the same scores but for the order
in which they sum floats; in whole numbers the same hits are equal on both, and then their ids decide."""


FIRST = 10
"""Hits by which two legs are compared: the first page that people look at."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One ranking: ids best first with their scores, and the weight that fusion gives to it."""

    name: str
    ids: tuple[str, ...]
    scores: tuple[float, ...]
    weight: float = 1.0

    def down_to(self, lowest: float) -> "Leg":
        """The same without what scores less."""
        near = bisect_right(self.scores, -lowest, key=neg)
        return Leg(self.name, self.ids[:near], self.scores[:near], self.weight)


@dataclass(frozen=True, slots=True)
class QueryTraits:
    """What fusion has to know of a query, besides what its legs found."""

    words: int = 1  # distinct tokens that the lexical leg scores by
    kind: str = "keywords"  # a `QueryKind`
    any_word: bool = False  # the words as asked found nothing, so that any of them was enough
    is_title: bool = False  # a book is called just that


@dataclass(frozen=True, slots=True)
class Fused:
    """The fused ranking, and the legs it came from, so that every place can be explained."""

    ids: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    legs: tuple[Leg, ...] = ()
    added: tuple[tuple[float, ...], ...] = ()  # leg by leg, what it added to the score of each of its ids

    def explain(self, book_id: str) -> tuple[LegRank, ...]:
        """The place of one book in every leg that found it, and what that added to its score."""
        return tuple(
            LegRank(
                leg=leg.name,
                rank=(rank := leg.ids.index(book_id) + 1),
                score=leg.scores[rank - 1],
                contribution=added[rank - 1],
            )
            for leg, added in zip(self.legs, self.added, strict=True)
            if book_id in leg.ids
        )


def fuse_legs(legs: Mapping[str, Leg], traits: QueryTraits, fusion: FusionBundle) -> Fused:
    """One ranking of a search's legs, by the method that the bundle names.

    Whoever types a book's title, and words that explain it, looks for that book: what is merely near to it in meaning is then
    no find.

    Args:
        legs: `lexical`, `dense` or both; their weights are set here.
        traits: of the query.
        fusion: the method and its parameters.
    """
    weight = dense_weight(legs, traits, fusion)
    weighed = _weighed({LEXICAL: legs[LEXICAL]} if words_suffice(legs, traits, weight) else legs, weight)
    if fusion.method is FusionMethod.RRF:
        return fuse(weighed, rank_constant=fusion.rrf.rank_constant)
    return fuse_linear(weighed, lexical_floor=fusion.linear.lexical_floor)


def dense_weight(legs: Mapping[str, Leg], traits: QueryTraits, fusion: FusionBundle) -> float:
    """The weight of meaning beside the words' 1, for one query; of the legs only the first `FIRST` hits count."""
    factor = fusion.dense_by_kind.get(traits.kind, 1.0)
    method = fusion.linear if fusion.method is FusionMethod.LINEAR else fusion.rrf
    if traits.any_word:
        return method.relaxed_dense_weight * factor
    if isinstance(method, LinearBundle):
        return gated_weight(legs, traits.words, method) * factor
    return method.dense_weight * factor


def words_suffice(legs: Mapping[str, Leg], traits: QueryTraits, weight: float) -> bool:
    """Whether the dense leg, of this weight, has nothing to say of a query."""
    return traits.is_title and not weight and LEXICAL in legs


def gated_weight(legs: Mapping[str, Leg], words: int, linear: LinearBundle) -> float:
    """The weight of meaning beside the words' 1: little where the words need no help.

    They need none where they explain the best book that they found, and little where meaning finds the same books.
    """
    if LEXICAL not in legs or DENSE not in legs:
        return linear.dense_weight
    explained = words_explain(legs[LEXICAL], words, linear)
    disagreement = 1.0 - agreement(legs[LEXICAL], legs[DENSE])
    return linear.dense_weight * (1.0 - explained) * math.pow(disagreement, linear.agreement_power)


def agreement(one: Leg, other: Leg) -> float:
    """Which share of the first `FIRST` hits two legs have in common, 0 to 1."""
    return len(set(one.ids[:FIRST]).intersection(other.ids[:FIRST])) / FIRST


def words_explain(lexical: Leg, words: int, linear: LinearBundle) -> float:
    """How well the words of a query explain the best book that they found, 0 to 1.

    The score of that book, divided by what so many words reach in a book that is about each of them
    (`linear.score_per_word`). A title typed whole or in part reaches it; of a question that is told in other words than
    the book's, little is found, and all in long texts.
    """
    if not lexical.scores:
        return 0.0
    return min(1.0, lexical.scores[0] / (linear.score_per_word * max(1, words)))


def fuse(legs: Sequence[Leg], *, rank_constant: float) -> Fused:
    """Weighted reciprocal rank fusion: a hit's score is the sum over legs of weight / (k + rank).

    Equal scores are ordered by id, so that every process gives the same page.
    Source: Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet and individual rank
    learning methods"; the weights are the usual extension.
    """
    added = tuple([tuple([leg.weight / (rank_constant + rank) for rank in range(1, len(leg.ids) + 1)]) for leg in legs])
    return _summed(legs, added)


def fuse_linear(legs: Sequence[Leg], *, lexical_floor: float = 1.0) -> Fused:
    """The sum over legs of weight × how near a hit comes to the best of that leg (`relative_scores`).

    Rounded to parts of `UNITS`; equal sums are ordered by id.
    """
    return _summed(legs, tuple([_added(leg, lexical_floor if leg.name == LEXICAL else 1.0) for leg in legs]))


def _added(leg: Leg, floor: float) -> tuple[float, ...]:
    return tuple([round(leg.weight * near * UNITS) / UNITS for near in relative_scores(leg.scores, floor)])


def relative_scores(scores: Sequence[float], floor: float = 1.0) -> list[float]:
    """Scores, best first, as shares of the way from nothing to the best, which is 1.

    Nothing is `floor` × the last score: with 1 the last hit has 0 (min-max), with 0 nothing is a score of 0. Where nothing is
    as much as the best, all are 1.
    """
    if not scores:
        return []
    nothing = floor * scores[-1]
    spread = scores[0] - nothing
    return [(score - nothing) / spread for score in scores] if spread > 0 else [1.0] * len(scores)


def _weighed(legs: Mapping[str, Leg], dense_weight: float) -> list[Leg]:
    return [replace(leg, weight=dense_weight if name == DENSE else 1.0) for name, leg in legs.items()]


def _summed(legs: Sequence[Leg], added: tuple[tuple[float, ...], ...]) -> Fused:
    scores: dict[str, float] = {}
    for leg, parts in zip(legs, added, strict=True):
        for book_id, part in zip(leg.ids, parts, strict=True):
            scores[book_id] = scores.get(book_id, 0.0) - part
    # Negative, so that pairs in their plain order are best first, and equal ones by id.
    ranked = sorted(zip(scores.values(), scores, strict=True))
    return Fused(
        ids=tuple([book_id for _, book_id in ranked]),
        scores=tuple([0.0 - score for score, _ in ranked]),  # not -0.0 for a leg without weight
        legs=tuple(legs),
        added=added,
    )
