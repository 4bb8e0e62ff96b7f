"""How well the candidates of the shipped bundle suit the cases in `sample/recommendation_cases.tsv`.

The cases are made to be added to; docs/relevance.md says how.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from evaluation.recommending.judging import RecommendationJudge
from evaluation.recommending.library import SAMPLE_FILES, books_by_id, library_with_readers
from evaluation.recommending.measuring import Measured, Measurer, recommenders_of
from evaluation.recommending.reading import read_recommendation_cases
from evaluation.temporary import live_books
from indexer.progress import SilentProgress
from recommender.bundle import load_bundle
from recommender.settings import Settings

CASES = Path(__file__).resolve().parents[2] / "sample" / "recommendation_cases.tsv"

MEASURED = Path(__file__).with_name("measured_recommendations.json")
"""What `python -m evaluation recommendations … --json` last wrote."""

MEASURE_AGAIN = (
    f"measure again: python -m evaluation recommendations sample/{CASES.name} --json tests/relevance/{MEASURED.name}"
)

TOLERANCE = 0.02
"""Mean nDCG@10 of a kind that a change may cost: a little more than what one of fifty cases is worth."""

DIFFERENT_AUTHORS = 0.9
"""Of ten books at most one may be by an author who is there already."""


@pytest.fixture(scope="module")
def measurer() -> Iterator[Measurer]:
    with library_with_readers(SAMPLE_FILES, Settings(), SilentProgress()) as library:
        judge = RecommendationJudge(read_recommendation_cases(CASES), books_by_id(live_books(library)), library.readers)
        yield Measurer(judge, recommenders_of(library))


@pytest.fixture(scope="module")
def measured(measurer: Measurer) -> Measured:
    return measurer.measure(load_bundle())


def test_there_are_cases_enough_of_every_kind(measurer: Measurer) -> None:
    cases = measurer.judge.cases

    assert {name: len(of_kind) >= 15 for name, of_kind in measurer.by_kind(np.arange(len(cases))).items()} == {
        "question alone": True,
        "with answers": True,
        "for a reader": True,
    }
    assert [case.line for case in cases if not 4 <= len(case.books) <= 12] == []


def test_candidates_suit_as_well_as_they_did(measurer: Measurer, measured: Measured) -> None:
    before = json.loads(MEASURED.read_text(encoding="utf-8"))["cases"]
    names = [case.name for case in measurer.judge.cases]
    assert list(before) == names, MEASURE_AGAIN

    was = np.array(list(before.values()))
    losses = {
        kind: float((values[:, 0] - values[:, 1]).mean())
        for kind, values in measurer.by_kind(np.column_stack([was, measured.ndcg])).items()
    }
    fell = [
        f"{name}: nDCG@10 {old:.3f} → {now:.3f}"
        for name, old, now in zip(names, was.tolist(), measured.ndcg.tolist(), strict=True)
        if now < old - TOLERANCE
    ]

    assert max(losses.values()) <= TOLERANCE, f"lost {losses}; fell:\n" + "\n".join(fell)


def test_the_first_candidates_are_by_different_authors(measured: Measured) -> None:
    assert measured.means["authors"] >= DIFFERENT_AUTHORS
