"""The figures of recommendation cases as a table for people and as JSON for programs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evaluation.recommending.judging import AUTHORS, FIGURES, NDCG, RECALL
from evaluation.recommending.measuring import Measured, Measurer, against
from evaluation.recommending.values import BEST
from evaluation.relevance.outcome import interval, number

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

SHOWN = 3
"""Titles of a bad answer that are named: as many as a page shows."""


def show(
    measurer: Measurer,
    whole: Measured,
    without: Sequence[Measured],
    console: "Console",
    *,
    bundle: str,
    worst: int,
    seed: int,
) -> None:
    """Print the table and the worst cases with what stood first and what was missed."""
    console.print(_table(measurer, whole, without, bundle=bundle, seed=seed))
    cases = measurer.judge.cases
    for row in whole.ndcg.argsort(kind="stable")[:worst].tolist():
        case, answer = cases[row], whole.answers[cases[row].name]
        first = ", ".join(measurer.judge.books[book_id].title for book_id in answer[:SHOWN]) or "nothing"
        missed = ", ".join(measurer.judge.missing(case, answer, grade=BEST)) or "none"
        console.print(
            f"  line {case.line}, {number(float(whole.ndcg[row]))}: {case.name}\n"
            f"      first stood {first}\n      of the best were missed {missed}",
            highlight=False,
            markup=False,
        )


def as_json(measurer: Measurer, whole: Measured, without: Sequence[Measured], *, seed: int) -> dict[str, Any]:
    """Means of every system, differences from all legs, and each case's nDCG@10 to four digits."""
    systems = {measured.name: dict(measured.means) for measured in (whole, *without)}
    differences = {measured.name: against(measured, whole, seed=seed) for measured in without}
    return {
        "systems": systems,
        "against_all_legs": {
            name: {"mean": found.mean, "low": found.low, "high": found.high, "p": found.p}
            for name, found in differences.items()
        },
        "kinds": {name: float(values.mean()) for name, values in measurer.by_kind(whole.ndcg).items()},
        "cases": {
            case.name: round(value, 4) for case, value in zip(measurer.judge.cases, whole.ndcg.tolist(), strict=True)
        },
    }


def _table(measurer: Measurer, whole: Measured, without: Sequence[Measured], *, bundle: str, seed: int) -> "Table":
    from rich.table import Table

    kinds = {name: len(values) for name, values in measurer.by_kind(whole.ndcg).items()}
    table = Table(title=f"Candidates of {len(measurer.judge.cases)} cases, bundle {bundle}")
    table.add_column("")
    for column in (NDCG, "change", "95 %", RECALL, AUTHORS, *(f"{name} ({count})" for name, count in kinds.items())):
        table.add_column(column, justify="right")
    for measured in (whole, *without):
        table.add_row(*_row(measurer, measured, whole, seed=seed))
    table.caption = f"{AUTHORS}: share of different authors among the first ten; the kinds of cases: {NDCG}"
    return table


def _row(measurer: Measurer, measured: Measured, whole: Measured, *, seed: int) -> list[str]:
    figures = {name: number(measured.means[name]) for name in FIGURES}
    change = ("", "")
    if measured is not whole:
        difference = against(measured, whole, seed=seed)
        change = (number(difference.mean, signed=True), interval(difference))
    kinds = [number(float(values.mean())) for values in measurer.by_kind(measured.ndcg).values()]
    return [measured.name, figures[NDCG], *change, figures[RECALL], figures[AUTHORS], *kinds]
