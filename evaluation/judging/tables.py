"""Figures and judgements as tables for people and as JSON for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from evaluation.judging.agreement import Agreement
from evaluation.judging.figures import Figures
from evaluation.judging.report import Contrast, Fitness, Report

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

NOTHING = "–"

SETTINGS = ("method", "num_candidates")
"""What of an arm's settings stands in its line."""

JUDGES_BESIDE = 3
"""Judges whose means stand beside tokens and cost; of more, the table of fitness alone tells."""

COST_OF = 1_000
"""Answers whose cost is shown: that of one has too many noughts to be read."""


def comparison(
    figures: Sequence[Figures], report: Report | None, *, currency: str, seed: int
) -> Iterator["RenderableType"]:
    """Everything about systems: what they took, and what judges said."""
    if figures:
        yield _costs_table(figures, report, currency=currency)
        yield _failures_table(figures)
    if report:
        yield from judged(report, seed=seed)
    else:
        yield "no book of these answers has a grade: name a judge (--judge, --grades), or open them with `judge page`"


def judged(report: Report, *, seed: int) -> Iterator["RenderableType"]:
    """Means, differences and agreement."""
    yield _fitness_table(report, seed=seed)
    if contrasts := report.contrasts():
        yield _contrasts_table(contrasts)
    if pairs := report.pairs():
        table = _table(
            "Agreement of judges: quadratically weighted kappa", ("judges", "kappa", "95 %", "books", "questions")
        )
        for pair in pairs:
            table.add_row(f"{pair.one} and {pair.other}", *_agreement_cells(pair.agreement))
        yield table
    else:
        yield "one judge alone: how far others would agree is not known; let a second one judge"


def as_json(figures: Sequence[Figures], report: Report | None, *, currency: str, seed: int) -> dict[str, Any]:
    """Every figure of the tables."""
    written: dict[str, Any] = {"currency": currency, "systems": [asdict(one) for one in figures]}
    if report is None:
        return written
    return written | {
        "fitness": [_fitness_json(each, report, seed=seed) for each in report.fitness()],
        "differences": [asdict(each) for each in report.contrasts()],
        "agreement": [asdict(pair) for pair in report.pairs()],
    }


def _costs_table(figures: Sequence[Figures], report: Report | None, *, currency: str) -> "Table":
    """What a way of answering gives and what it takes."""
    judges = report.judges if report and len(report.judges) <= JUDGES_BESIDE else ()
    means = {(each.system, each.judge): each.mean for each in report.fitness()} if report else {}
    fitness = (f"mean fitness ({judge})" for judge in judges)
    taken = ("prompt tokens", "completion tokens", f"cost of {COST_OF:,} ({currency})")
    table = _table(
        f"{sum(each.answers for each in figures):,} answers", ("", "method", "num_candidates", *fitness, *taken)
    )
    for each in figures:
        graded = [_number(means.get((each.system, judge))) for judge in judges]
        cost = NOTHING if each.cost is None else f"{each.cost * COST_OF:.3g}"
        tokens = [_number(count, digits=0) for count in (each.prompt_tokens, each.completion_tokens)]
        table.add_row(each.system, *(each.settings.get(name, NOTHING) for name in SETTINGS), *graded, *tokens, cost)
    table.caption = "tokens of one answer, in the mean"
    return table


def _failures_table(figures: Sequence[Figures]) -> "Table":
    table = _table(
        "Seconds, and answers that failed", ("", "generator", "p50 s", "p95 s", "answers", *figures[0].failures)
    )
    for each in figures:
        counted = (str(number) for number in (each.answers, *each.failures.values()))
        generator = each.settings.get("generator", NOTHING)
        table.add_row(each.system, generator, _number(each.p50_s), _number(each.p95_s), *counted)
    return table


def _fitness_table(report: Report, *, seed: int) -> "Table":
    table = _table(
        "Fitness, 0 to 5",
        ("system", "judge", "mean", "95 %", "questions", "books", "of them not there", "kappa with others"),
    )
    for each in report.fitness():
        found = each.interval(seed=seed)
        kappas = ", ".join(f"{kappa:.2f}" for kappa in report.kappas_of(each.judge)) or NOTHING
        table.add_row(
            *(each.system, each.judge, _number(each.mean), _bounds(found), str(len(each.by_question)), str(each.books)),
            *(str(each.missing), kappas),
        )
    return table


def _contrasts_table(contrasts: Sequence[Contrast]) -> "Table":
    table = _table("Differences, question by question", ("", "judge", "difference", "95 %", "p", "questions"))
    for each in contrasts:
        found = each.difference
        table.add_row(
            *(
                f"{each.system} − {each.against}",
                each.judge,
                f"{found.mean:+.2f}",
                _bounds((found.low, found.high), signed=True),
            ),
            *(f"{found.p:.3f}", str(each.questions)),
        )
    return table


def _agreement_cells(agreement: Agreement | None) -> tuple[str, ...]:
    if agreement is None:
        return NOTHING, NOTHING, "0", "0"
    return f"{agreement.kappa:.2f}", _bounds(agreement.interval), str(agreement.books), str(agreement.questions)


def _fitness_json(fitness: Fitness, report: Report, *, seed: int) -> dict[str, Any]:
    found = fitness.interval(seed=seed)
    return {
        "system": fitness.system,
        "judge": fitness.judge,
        "mean": fitness.mean,
        "low": found and found[0],
        "high": found and found[1],
        "books": fitness.books,
        "missing": fitness.missing,
        "kappas": list(report.kappas_of(fitness.judge)),
        "questions": dict(fitness.by_question),
    }


def _table(title: str, columns: Sequence[str]) -> "Table":
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place > 1 else "left")
    return table


def _number(value: float | None, *, digits: int = 2) -> str:
    return NOTHING if value is None else f"{value:,.{digits}f}"


def _bounds(found: tuple[float, float] | None, *, signed: bool = False) -> str:
    if found is None:
        return NOTHING
    low, high = (f"{value:+.2f}" if signed else f"{value:.2f}" for value in found)
    return f"[{low}, {high}]"
