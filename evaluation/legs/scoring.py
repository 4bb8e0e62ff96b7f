"""nDCG of replayed rankings, in whole arrays: fast enough to be asked for a thousand times."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from evaluation.collections.values import Judgements
from evaluation.legs.replaying import Replayed
from evaluation.legs.values import Legs

CUTOFF = 10


class Judge:
    """Judges the replays of one query set.

    Args:
        legs: of the queries.
        qrels: their judgements.
    """

    def __init__(self, legs: Legs, qrels: Judgements) -> None:
        positions = {book_id: place for place, book_id in enumerate(legs.documents)}
        graded = [_by_position(qrels.get(query.query_id, {}), positions) for query in legs.queries]
        self._documents = len(positions)
        keys = [row * self._documents + place for row, grades in enumerate(graded) for place in grades]
        order = np.argsort(keys)
        self._keys = np.array(keys, np.int64)[order]
        self._grades = np.array([grade for grades in graded for grade in grades.values()], np.float64)[order]
        self._ideal = np.array([_ideal(qrels.get(query.query_id, {})) for query in legs.queries])

    def ndcg(self, replayed: Replayed) -> NDArray[np.float64]:
        """nDCG@10 of every query, `(n_queries,)`; 0 where nothing is relevant.

        A grade is its own gain, discounted by log2(rank + 1) (Järvelin and Kekäläinen 2002, as trec_eval computes it).
        """
        found = replayed.documents[:, :CUTOFF]
        rows = np.arange(len(found))[:, None] * self._documents
        keys = np.where(found >= 0, rows + found, -1)
        places = np.searchsorted(self._keys, keys).clip(max=max(0, len(self._keys) - 1))
        gains = (
            np.where(self._keys[places] == keys, self._grades[places], 0.0) if len(self._keys) else np.zeros(keys.shape)
        )
        gained = (gains * _discounts(found.shape[1])).sum(axis=1)
        values: NDArray[np.float64] = np.divide(gained, self._ideal, out=np.zeros(len(gained)), where=self._ideal > 0)
        return values


def _by_position(grades: Mapping[str, int], positions: Mapping[str, int]) -> dict[int, int]:
    return {positions[book_id]: grade for book_id, grade in grades.items() if book_id in positions}


def _ideal(grades: Mapping[str, int]) -> float:
    best = np.sort(np.array(list(grades.values()), np.float64))[::-1][:CUTOFF]
    return float((best * _discounts(len(best))).sum())


def _discounts(count: int) -> NDArray[np.float64]:
    discounts: NDArray[np.float64] = 1 / np.log2(np.arange(count) + 2)
    return discounts
