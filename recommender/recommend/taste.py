"""What a reader's history says they like: each book's weight, and one vector for all: pure.

A book weighs by its rating and by how long ago it was read:

    weight = ((rating - disliked_to) / (5 - disliked_to)) ^ rating_power · ½ ^ (days before the latest book / half_life_days)

The second factor is the exponential forgetting of Ding and Li (2005, "Time weight collaborative filtering", section 3.2). The
taste is Rocchio's (1971, "Relevance feedback in information retrieval"; Manning, Raghavan and Schütze 2008, section 9.1.1):
the weighted mean of what was liked minus `dislike_push` times the mean of what was not.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import TasteBundle
from recommender.models import HistoryEntry

BEST_RATING = 5.0

UNDATED = 0.5
"""What a book counts of which nobody knows when it was read, where the days of others are known: as after one half-life."""


def likings(entries: Sequence[HistoryEntry], tuned: TasteBundle) -> tuple[float, ...]:
    """For each entry what it counts: above 0 what was liked, below 0 what was not, at most 1."""
    days = [date.fromisoformat(entry.read_on) for entry in entries if entry.read_on]
    latest = max(days, default=None)
    return tuple(_rated(entry.rating, tuned) * _remembered(entry.read_on, latest, tuned) for entry in entries)


def taste_of(
    vectors: Sequence[NDArray[np.float32]], weights: Sequence[float], tuned: TasteBundle
) -> NDArray[np.float32] | None:
    """One unit vector `(dims,)` of the vectors with their `likings`; None where nothing was liked."""
    liked = _mean(vectors, [max(weight, 0.0) for weight in weights])
    if liked is None:
        return None
    disliked = _mean(vectors, [max(-weight, 0.0) for weight in weights])
    taste = liked if disliked is None else liked - tuned.dislike_push * disliked
    length = float(np.linalg.norm(taste))
    return np.asarray(taste / length, dtype=np.float32) if length else None


def _rated(rating: float | None, tuned: TasteBundle) -> float:
    if rating is None:
        return tuned.unrated
    if rating <= tuned.disliked_to:
        return -1.0
    return float(((rating - tuned.disliked_to) / (BEST_RATING - tuned.disliked_to)) ** tuned.rating_power)


def _remembered(day: str, latest: date | None, tuned: TasteBundle) -> float:
    if latest is None:
        return 1.0
    if not day:
        return UNDATED
    return float(0.5 ** ((latest - date.fromisoformat(day)).days / tuned.half_life_days))


def _mean(vectors: Sequence[NDArray[np.float32]], weights: Sequence[float]) -> NDArray[np.float32] | None:
    total = sum(weights)
    if not total:
        return None
    return np.asarray(np.asarray(weights, dtype=np.float32) @ np.stack(list(vectors)) / total, dtype=np.float32)
