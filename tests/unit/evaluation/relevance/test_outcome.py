import numpy as np
import pytest

from evaluation.collections.values import Collection, Passage
from evaluation.relevance.outcome import Conditions, Outcome, first_relevant_rank, interval, number, outcome_of
from evaluation.relevance.rankings import Rankings
from evaluation.relevance.report import as_json, query_lines
from evaluation.relevance.significance import Difference

COUNT = 60
IDS = tuple(f"q{number}" for number in range(COUNT))
COLLECTION = Collection(
    "shelf",
    (Passage("right", "정답", ""), Passage("wrong", "오답", "")),
    {query_id: f"질문 {query_id}" for query_id in IDS},
    {query_id: {"right": 1} for query_id in IDS},
)
CONDITIONS = Conditions(engine="embedded", encoder="static", bundle="2026", seed=0)


def right_for(count: int) -> Rankings:
    """The right book first for so many queries, second for the others."""
    return {query_id: ("right", "wrong") if place < count else ("wrong", "right") for place, query_id in enumerate(IDS)}


def run(**right: int) -> Outcome:
    return outcome_of(
        COLLECTION, CONDITIONS, {name.replace("_", " "): right_for(count) for name, count in right.items()}
    )


@pytest.mark.parametrize(
    ("outcome", "reading"),
    [
        (run(lexical=20, hybrid=40), "hybrid beats lexical by +.123 nDCG@10"),
        (run(lexical=40, hybrid=20), "hybrid loses to lexical by −.123 nDCG@10"),
        (run(lexical=20, hybrid=21), "hybrid and lexical do not differ: +.006 nDCG@10 [.000, +.018]"),
        (run(lexical=20, hybrid=40, control_hybrid=20), "the untrained control: .000, beyond it +.123"),
        (run(lexical=20, hybrid=40, control_hybrid=40), "that gain is not more than the control's: .000 [.000, .000]"),
        (run(lexical=20, hybrid=21, control_hybrid=21), "it is not more than the control's"),
        (run(lexical=20, hybrid=21, control_hybrid=50), "which is better by itself: −.178"),
        (run(hybrid=21), "nothing is compared: that takes the modes lexical and hybrid"),
    ],
)
def test_the_outcome_is_told_in_a_sentence(outcome: Outcome, reading: str) -> None:
    assert reading in outcome.reading


def test_every_figure_is_in_the_json() -> None:
    written = as_json(run(lexical=20, hybrid=40, control_hybrid=30))

    assert written["systems"]["hybrid"]["success@1"] == pytest.approx(40 / 60)
    assert written["against_lexical"]["hybrid"]["success@1"]["mean"] == pytest.approx(20 / 60)
    assert written["against_lexical"]["control hybrid"]["success@1"]["mean"] == pytest.approx(10 / 60)
    assert written["against_control"]["hybrid"]["success@1"]["mean"] == pytest.approx(10 / 60)
    assert (written["documents"], written["queries"]) == (2, 60)


def test_each_query_is_written_with_what_every_system_answered() -> None:
    lines = list(query_lines(run(lexical=0, hybrid=60)))

    assert lines[0]["systems"]["lexical"] == {
        "first_relevant": 2,
        "measures": {
            "nDCG@10": pytest.approx(1 / np.log2(3)),
            "recall@10": 1,
            "recall@100": 1,
            "MRR@10": 0.5,
            "success@1": 0,
        },
        "ids": ["wrong", "right"],
    }
    assert (lines[0]["id"], lines[0]["text"], lines[0]["relevant"]) == ("q0", "질문 q0", {"right": 1})
    assert len(lines) == COUNT


@pytest.mark.parametrize(
    ("value", "plain", "signed"),
    [(0.8171, ".817", "+.817"), (-0.0042, "−.004", "−.004"), (0.0001, ".000", ".000"), (1.0, "1.000", "+1.000")],
)
def test_numbers_are_written_as_in_the_field(value: float, plain: str, signed: str) -> None:
    assert (number(value), number(value, signed=True)) == (plain, signed)


def test_an_interval_shows_both_signs() -> None:
    assert interval(Difference(0.01, -0.002, 0.0171, 0.2)) == "[−.002, +.017]"


def test_the_first_relevant_book_counts() -> None:
    assert first_relevant_rank(("a", "b", "c"), {"b": 0, "c": 1}) == 3
    assert first_relevant_rank(("a",), {"b": 1}) is None
