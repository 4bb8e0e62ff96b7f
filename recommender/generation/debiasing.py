"""Taking out of a model's scores what it prefers in numbers and places: pure.

A model that chooses among numbered options prefers some numbers whatever stands beside them (Zheng et al. 2024, "Large
Language Models Are Not Robust Multiple Choice Selectors"). So the candidates are listed several times, each time turned on,
and what a number scores in the mean of all listings, its prior, is taken off wherever it stands (their equation 4 in
logarithms). What is left speaks of the candidate; its mean over the listings is the candidate's score. With as many listings as
candidates, each has stood at each number and nothing of the numbers remains.
"""

from collections.abc import Sequence
from statistics import fmean

Order = Sequence[int]
"""Candidates (from 0) in the order in which they are listed."""


def turned_orders(candidates: int, listings: int) -> tuple[tuple[int, ...], ...]:
    """Orders of the candidates, each turned on from the last by the same share of them; at most one a candidate."""
    listings = min(listings, candidates)
    starts = [round(listing * candidates / listings) for listing in range(listings)]
    return tuple(tuple((start + place) % candidates for place in range(candidates)) for start in starts)


def debiased(likely: Sequence[Sequence[float]], orders: Sequence[Order]) -> tuple[float, ...]:
    """A score for each candidate.

    Args:
        likely: for each listing, the log-probability of each number.
        orders: for each listing, which candidate stands at each number.
    """
    if len(likely) == 1:  # nothing to measure a prior by
        return tuple(likely[0][orders[0].index(candidate)] for candidate in range(len(orders[0])))
    priors = [fmean(scores) for scores in zip(*likely, strict=True)]
    scores: list[list[float]] = [[] for _ in priors]
    for listing, order in zip(likely, orders, strict=True):
        for number, candidate in enumerate(order):
            scores[candidate].append(listing[number] - priors[number])
    return tuple(map(fmean, scores))
