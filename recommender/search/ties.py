"""Who goes first of hits that are nearly equal: what can be borrowed now, and what is borrowed often. Pure.

Every hit's score grows by a share of itself, at most `TiesBundle.within`. So two hits change places only if their scores
were that near to each other, however long the list; nothing else moves.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from recommender.bundle import TiesBundle
from recommender.engine.base import SearchResult
from recommender.search.fusion import Fused, Leg
from recommender.search.results import WhyCode

TIES = "ties"

STANDING_FIELDS = ("available", "loans", "copies")
"""Fields by which ties are settled, read with the hits."""

OFTEN = 1_000
"""Loans and copies together from which a book counts as borrowed as often as any. Counted by their logarithm: the step from
3 loans to 30 says as much as that from 30 to 300."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a hit is besides what it is about."""

    available: bool = False
    loans: int = 0
    copies: int = 0

    @property
    def popularity(self) -> float:
        """How often it is borrowed, 0 to 1."""
        return _popularity(self.loans + self.copies)


@lru_cache(maxsize=OFTEN)
def _popularity(borrowed: int) -> float:
    return min(1.0, math.log1p(borrowed) / math.log1p(OFTEN))


UNKNOWN = Standing()


@dataclass(frozen=True, slots=True)
class Settled:
    """A ranking whose near-ties are settled, and why those hits that went ahead did."""

    fused: Fused
    ahead: Mapping[str, WhyCode] = field(default_factory=dict)


def read_standings(answers: Iterable[SearchResult]) -> dict[str, Standing]:
    """The standing of every hit whose columns came with it."""
    return {
        book_id: Standing(bool(available), loans or 0, copies or 0)
        for answer in answers
        if answer.columns
        for book_id, available, loans, copies in zip(
            answer.ids, *(answer.columns[name] for name in STANDING_FIELDS), strict=True
        )
    }


def settle_ties(fused: Fused, standings: Mapping[str, Standing], ties: TiesBundle) -> Settled:
    """The same ranking with nearly equal hits in the order of their standing.

    What that added to a score is in `explain` as the leg `ties`, whose ranks are the places before.
    """
    whole = ties.availability + ties.popularity
    if not (ties.within and whole and fused.ids):
        return Settled(fused)
    shares = [_share(standings.get(book_id, UNKNOWN), ties) / whole for book_id in fused.ids]
    added = [score * ties.within * share for score, share in zip(fused.scores, shares, strict=True)]
    sums = [score + more for score, more in zip(fused.scores, added, strict=True)]
    order = _order(sums, fused.ids)
    settled = replace(
        fused,
        ids=tuple([fused.ids[place] for place in order]),
        scores=tuple([sums[place] for place in order]),
        legs=(*fused.legs, Leg(TIES, fused.ids, tuple(shares), ties.within)),
        added=(*fused.added, tuple(added)),
    )
    return Settled(settled, _ahead(fused, order, standings, ties))


def _order(sums: Sequence[float], ids: Sequence[str]) -> Sequence[int]:
    """Places by descending sums, equal ones by id; mostly they are in that order already."""
    if all(one > other for one, other in pairwise(sums)):
        return range(len(sums))
    return sorted(range(len(sums)), key=lambda place: (-sums[place], ids[place]))


def _share(standing: Standing, ties: TiesBundle) -> float:
    return ties.availability * standing.available + ties.popularity * standing.popularity


def _ahead(
    fused: Fused, order: Sequence[int], standings: Mapping[str, Standing], ties: TiesBundle
) -> dict[str, WhyCode]:
    """The hits that went past others, with what they have and one of those has not."""
    now = {place: later for later, place in enumerate(order)}
    ahead: dict[str, WhyCode] = {}
    for place, later in now.items():
        if later >= place:
            continue
        passed = [before for before in _as_near_before(place, fused.scores, ties.within) if now[before] > later]
        if passed:
            others = [standings.get(fused.ids[before], UNKNOWN) for before in passed]
            ahead[fused.ids[place]] = _advantage(standings.get(fused.ids[place], UNKNOWN), others, ties)
    return ahead


def _as_near_before(place: int, scores: Sequence[float], within: float) -> Iterator[int]:
    """The places before one whose scores are near enough to be passed, nearest first."""
    for before in range(place - 1, -1, -1):
        if scores[before] > scores[place] * (1.0 + within):
            return
        yield before


def _advantage(standing: Standing, passed: Sequence[Standing], ties: TiesBundle) -> WhyCode:
    is_in_alone = standing.available and not all(other.available for other in passed)
    return WhyCode.BORROWABLE_NOW if ties.availability and is_in_alone else WhyCode.OFTEN_BORROWED
