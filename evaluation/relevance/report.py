"""A run as tables for people, as JSON for programs, and query by query."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from evaluation.relevance.measures import HEADLINE, MEASURES
from evaluation.relevance.outcome import BASELINE, CLAIM, Outcome, first_relevant_rank, interval, number
from evaluation.relevance.rankings import DEPTH

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

EXTREMES = 5
"""Queries shown at each end."""

PIPED_WIDTH = 132
"""Columns of a table that goes to a file or a pipe."""

IDS_WRITTEN = 10
"""Ids of each answer in the per-query output."""


def table_console() -> "Console":
    """Where tables are printed: as wide as the terminal, and wide enough where there is none."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=PIPED_WIDTH)


def show(outcome: Outcome, console: "Console") -> None:
    """Print the measures, the queries at both ends, and the outcome in a sentence."""
    for part in _parts(outcome):
        console.print(part)


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Every figure, unrounded."""
    collection = outcome.collection
    return {
        "collection": collection.name,
        "documents": len(collection.documents),
        "queries": len(collection.queries),
        "queries_left_out": collection.left_out,
        "judged_but_absent": list(collection.absent),
        "conditions": asdict(outcome.conditions),
        "systems": {name: dict(system.means) for name, system in outcome.systems.items()},
        "against_lexical": _differences_as_json(outcome.against_lexical),
        "against_control": _differences_as_json(outcome.against_control),
        "reading": outcome.reading,
    }


def query_lines(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """One object a query: what was asked, what is relevant, and what each system answered."""
    for row, (query_id, text) in enumerate(outcome.collection.queries.items()):
        grades = outcome.collection.qrels[query_id]
        yield {
            "collection": outcome.collection.name,
            "id": query_id,
            "text": text,
            "relevant": {passage: grade for passage, grade in grades.items() if grade},
            "systems": {
                name: {
                    "first_relevant": first_relevant_rank(system.rankings[query_id], grades),
                    "measures": dict(system.of_query(row)),
                    "ids": list(system.rankings[query_id][:IDS_WRITTEN]),
                }
                for name, system in outcome.systems.items()
            },
        }


def _parts(outcome: Outcome) -> Iterator["RenderableType"]:
    from rich.text import Text

    yield _measures_table(outcome)
    if BASELINE in outcome.systems and CLAIM in outcome.systems:
        yield from _extremes(outcome)
    yield Text(f"{outcome.collection.name}: {outcome.reading}\n", style="bold")


def _measures_table(outcome: Outcome) -> "RenderableType":
    from rich.table import Table

    table = Table(title=_title(outcome), title_justify="left")
    for name in ("mode", "measure"):
        table.add_column(name, no_wrap=True)
    for name in ("value", f"vs {BASELINE}", "95 % interval", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, system in outcome.systems.items():
        for place, (measure, mean) in enumerate(system.means.items()):
            last = place == len(MEASURES) - 1
            table.add_row(
                "" if place else name, measure, number(mean), *_against(outcome, name, measure), end_section=last
            )
    return table


def _title(outcome: Outcome) -> str:
    collection, conditions = outcome.collection, outcome.conditions
    left_out = f" ({collection.left_out:,} without a relevant passage left out)" if collection.left_out else ""
    absent = f", {len(collection.absent):,} judged passages are not in the corpus" if collection.absent else ""
    return (
        f"{collection.name}: {len(collection.documents):,} passages, {len(collection.queries):,} queries{left_out}{absent}\n"
        f"{conditions.engine}, {conditions.encoder}, bundle {conditions.bundle}"
    )


def _against(outcome: Outcome, name: str, measure: str) -> tuple[str, str, str]:
    difference = outcome.against_lexical.get(name, {}).get(measure)
    if difference is None:
        return "", "", ""
    return number(difference.mean, signed=True), interval(difference), _chance(difference.p)


def _chance(p: float) -> str:
    return "< .001" if p < 0.001 else number(p)  # noqa: PLR2004 (what three digits can say)


def _extremes(outcome: Outcome) -> Iterator["RenderableType"]:
    """The queries that meaning helped most, and those that it harmed most."""
    column = list(MEASURES).index(HEADLINE)
    gains = outcome.systems[CLAIM].values[:, column] - outcome.systems[BASELINE].values[:, column]
    order = [int(row) for row in gains.argsort(kind="stable")]
    best = [row for row in reversed(order) if gains[row] > 0][:EXTREMES]
    worst = [row for row in order if gains[row] < 0][:EXTREMES]
    if best:
        yield _queries_table(outcome, f"best: {CLAIM} gains most over {BASELINE}", best)
    if worst:
        yield _queries_table(outcome, f"worst: {CLAIM} loses most to {BASELINE}", worst)


def _queries_table(outcome: Outcome, title: str, rows: Sequence[int]) -> "RenderableType":
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column("query", ratio=3, overflow="ellipsis", no_wrap=True)
    table.add_column("first relevant", ratio=2, overflow="ellipsis", no_wrap=True)
    for name in (f"rank {BASELINE}", f"rank {CLAIM}", HEADLINE):
        table.add_column(name, justify="right", no_wrap=True)
    queries = list(outcome.collection.queries.items())
    titles = {passage.id: _heading(passage.title, passage.text) for passage in outcome.collection.documents}
    for row in rows:
        query_id, text = queries[row]
        table.add_row(" ".join(text.split()), *_places(outcome, query_id, row, titles))
    return table


def _places(outcome: Outcome, query_id: str, row: int, titles: dict[str, str]) -> tuple[str, str, str, str]:
    grades = outcome.collection.qrels[query_id]
    wanted = max((passage for passage in grades if passage in titles), key=lambda passage: grades[passage], default="")
    words, both = outcome.systems[BASELINE], outcome.systems[CLAIM]
    ranks = (first_relevant_rank(system.rankings[query_id], grades) for system in (words, both))
    values = (number(system.of_query(row)[HEADLINE]) for system in (words, both))
    return titles.get(wanted, "not in the corpus"), *(str(rank or f"> {DEPTH}") for rank in ranks), " → ".join(values)  # type: ignore[return-value]


def _heading(title: str, text: str) -> str:
    return title.strip() or text.strip().partition("\n")[0]


def _differences_as_json(differences: Any) -> dict[str, Any]:
    return {
        name: {measure: asdict(one) for measure, one in by_measure.items()} for name, by_measure in differences.items()
    }
