"""What searches of the sample library have to find, and how well they answer questions.

The cases stand in `sample/relevance_cases.tsv`, the graded questions in `sample/relevance_questions.tsv`. Both are made
to be added to; docs/relevance.md says how.
"""

import json
from pathlib import Path

import pytest

from evaluation.cases.checking import check_cases, grade_answers
from evaluation.cases.reading import read_cases, read_judgements
from evaluation.cases.values import Shelf
from recommender.library import Library
from recommender.search.request import Mode

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
CASES, QUESTIONS = SAMPLE / "relevance_cases.tsv", SAMPLE / "relevance_questions.tsv"

MEASURED = Path(__file__).with_name("measured.json")
"""What `python -m evaluation questions … --json` last wrote: each question's nDCG@10, mode by mode."""

TOLERANCE = 0.02
"""Mean nDCG@10 that a change may cost: what one of fifty questions is worth."""


def test_every_case_finds_its_book(sample_library: Library, sample_shelf: Shelf) -> None:
    verdicts = check_cases(sample_library.search, sample_shelf, read_cases(CASES))

    assert len(verdicts) >= 120
    assert [verdict.sentence for verdict in verdicts if not verdict.passed] == []


def test_the_library_holds_every_book_that_a_case_names(sample_shelf: Shelf) -> None:
    named = {(case.line, book) for case in read_cases(CASES) for book in case.books}

    assert {(line, book) for line, book in named if not sample_shelf.meant(book)} == set()


def test_questions_are_answered_as_well_as_they_were(sample_library: Library, sample_shelf: Shelf) -> None:
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    judgements = read_judgements(QUESTIONS)

    for graded in grade_answers(sample_library.search, sample_shelf, judgements, tuple(Mode)):
        before = measured[graded.mode]
        assert list(before) == list(graded.queries), f"measure again: python -m evaluation questions {QUESTIONS.name}"
        floor = sum(before.values()) / len(before) - TOLERANCE
        fell = [
            f"{query}: nDCG@10 {before[query]:.3f} → {now:.3f}"
            for query, now in zip(graded.queries, graded.ndcg.tolist(), strict=True)
            if now < before[query] - TOLERANCE
        ]
        assert graded.mean >= floor, f"{graded.mode}: {graded.mean:.3f} is below {floor:.3f}; fell:\n" + "\n".join(fell)


@pytest.mark.parametrize("mode", [Mode.LEXICAL, Mode.DENSE])
def test_both_legs_together_lose_little_to_the_better_one(mode: Mode) -> None:
    measured = {name: sum(values.values()) / len(values) for name, values in json.loads(MEASURED.read_text()).items()}

    assert measured[Mode.HYBRID] >= measured[mode] - 0.05
