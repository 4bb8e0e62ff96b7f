"""Which books the same readers borrow: pure.

For every work x the works y with the highest

    n_xy / (n_x^½ · n_y^commonness) · n_xy / (n_xy + shrinkage)

where n are distinct readers. With a commonness of ½ the first factor is the cosine of the two works' readers; a smaller one is
Deshpande and Karypis's damped conditional probability (2004, "Item-based top-N recommendation algorithms", section 4.1.2), which
lets what many read come forward. The second factor shrinks what rests on few readers (Bell and Koren 2007, "Scalable
collaborative filtering with jointly derived neighborhood interpolation weights", section 3). A pair that fewer readers share
than `least_readers` does not exist.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import CrowdBundle
from recommender.readers.crowd import Ranked

Numbers = NDArray[np.int64]


def companions_of(
    histories: Mapping[str, Sequence[str]], held: Collection[str], tuned: CrowdBundle
) -> Iterator[tuple[str, Ranked]]:
    """Every work that has any, with its companions, best first.

    The work is proportional to the sum of the squares of the histories' lengths, which `tuned.readings` bounds.

    Args:
        histories: reader → works read, each once, the latest first.
        held: the works that may be suggested; others only bring companions.
        tuned: how many readers, and how much each pair counts.
    """
    latest = [list(dict.fromkeys(works))[: tuned.readings] for works in histories.values()]
    readers_of = Counter(work for works in latest for work in works)
    works = sorted(work for work, count in readers_of.items() if count >= tuned.least_readers)
    place = {work: number for number, work in enumerate(works)}
    shelves = [[work for work in read if work in place] for read in latest]
    rows = [np.array([place[work] for work in shelf], dtype=np.int64) for shelf in shelves]
    readers = np.array([readers_of[work] for work in works], dtype=np.float64)
    may_stand = np.array([work in held for work in works], dtype=bool)
    for number, row_numbers in enumerate(_rows_with(rows, len(works))):
        together = np.concatenate([rows[row] for row in row_numbers])
        others, shared = np.unique(together, return_counts=True)
        counted = (shared >= tuned.least_readers) & may_stand[others] & (others != number)
        if counted.any():
            scores = _scores(shared[counted], readers[number], readers[others[counted]], tuned)
            yield works[number], _best(works, others[counted], scores, tuned.companions)


def _rows_with(rows: Sequence[Numbers], n_works: int) -> list[list[int]]:
    """Work → the rows that hold it."""
    holding: list[list[int]] = [[] for _ in range(n_works)]
    for row, numbers in enumerate(rows):
        for number in numbers:
            holding[number].append(row)
    return holding


def _scores(shared: Numbers, own: float, others: NDArray[np.float64], tuned: CrowdBundle) -> NDArray[np.float64]:
    near = shared / (np.sqrt(own) * others**tuned.commonness)
    return np.asarray(near * shared / (shared + tuned.shrinkage), dtype=np.float64)


def _best(works: Sequence[str], numbers: Numbers, scores: NDArray[np.float64], count: int) -> Ranked:
    ranked = np.argsort(-scores, kind="stable")[:count]
    return tuple((works[numbers[at]], round(float(scores[at]), 4)) for at in ranked)
