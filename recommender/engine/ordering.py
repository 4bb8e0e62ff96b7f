"""The order of hits whose scores differ by nothing but the order in which an engine sums floats. Pure."""

from collections.abc import Sequence

import numpy as np

SCORE_UNITS = 1_000
"""Lexical scores that agree to three decimals are equal: they run to hundreds, and engines sum their parts as float32 in
orders of their own, so that two books with one and the same words come apart in the last bit on one engine alone."""


def near_tie_order(ids: Sequence[str], scores: Sequence[float]) -> list[int] | None:
    """Where each hit belongs if nearly equal scores count as equal, and equal ones are in the order of their ids.

    Args:
        ids: of the hits of one page, by descending score, exactly equal ones by id.
        scores: theirs.

    Returns:
        Positions in the page; None where it is in that order already, as it nearly always is.
    """
    exact = np.asarray(scores, dtype=np.float64)
    rounded = np.rint(exact * SCORE_UNITS)
    if not ((rounded[1:] == rounded[:-1]) & (exact[1:] != exact[:-1])).any():
        return None
    keys = list(zip((-rounded).tolist(), ids, strict=True))
    return sorted(range(len(ids)), key=keys.__getitem__)
