import math

import pytest

from evaluation.relevance.measures import MEASURES, measure

QRELS = {
    "graded": {"a": 2, "b": 1, "c": 0},
    "late": {"m": 1, "n": 1},
    "unanswered": {"a": 1},
}
RANKINGS = {
    "graded": ("c", "b", "x", "a"),
    "late": tuple("abcdefghijkm"),  # m stands twelfth, n nowhere
}


def test_every_measure_is_what_its_definition_says() -> None:
    rows = measure(RANKINGS, QRELS, ["graded", "late", "unanswered"])

    ideal = 2 + 1 / math.log2(3)
    gained = 1 / math.log2(3) + 2 / math.log2(5)
    expected = {
        "graded": {"nDCG@10": gained / ideal, "recall@10": 1, "recall@100": 1, "MRR@10": 1 / 2, "success@1": 0},
        "late": {"nDCG@10": 0, "recall@10": 0, "recall@100": 1 / 2, "MRR@10": 0, "success@1": 0},
        "unanswered": dict.fromkeys(MEASURES, 0),
    }
    for row, by_measure in zip(rows, expected.values(), strict=True):
        assert dict(zip(MEASURES, row.tolist(), strict=True)) == pytest.approx(by_measure)
