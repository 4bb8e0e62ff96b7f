"""How good a ranking is: the usual measures, computed by ir_measures, one value a query."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from evaluation.collections.values import Judgements
    from evaluation.relevance.rankings import Rankings

MEASURES: Mapping[str, str] = {
    "nDCG@10": "nDCG@10",
    "recall@10": "R@10",
    "recall@100": "R@100",
    "MRR@10": "RR@10",
    "success@1": "Success@1",
}
"""Our name → the one of ir_measures; all run from 0 to 1, and more is better."""

HEADLINE = "nDCG@10"


def measure(rankings: "Rankings", qrels: "Judgements", query_ids: Sequence[str]) -> NDArray[np.float64]:
    """Every measure of every query.

    Args:
        rankings: the answers; a query without one gets 0 in everything.
        qrels: the judgements.
        query_ids: the queries, in the order of the rows wanted.

    Returns:
        `(len(query_ids), len(MEASURES)) float64`, columns in the order of `MEASURES`.
    """
    import ir_measures

    columns = {name: column for column, name in enumerate(MEASURES.values())}
    rows = {query_id: row for row, query_id in enumerate(query_ids)}
    values = np.zeros((len(rows), len(columns)))
    run = {query_id: _scores(rankings.get(query_id, ())) for query_id in query_ids}
    judged = {query_id: dict(qrels[query_id]) for query_id in query_ids}
    wanted = [ir_measures.parse_measure(name) for name in columns]
    for metric in ir_measures.iter_calc(wanted, judged, run):
        values[rows[metric.query_id], columns[str(metric.measure)]] = metric.value
    return values


def _scores(ids: Sequence[str]) -> dict[str, float]:
    """Scores that put the ids in their order: measuring sorts by score."""
    return {book_id: float(len(ids) - rank) for rank, book_id in enumerate(ids)}
