"""The outcomes of all models as one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recommender.generation.weights import Source
from training.lora.running import Outcome
from training.lora.writing import Shares

MEGABYTE = 1 << 20
NOT_JUDGED = "–"


@dataclass(frozen=True, slots=True)
class Fitness:
    """Mean grade of a model's texts, 0 to 5, and of how many books."""

    mean: float
    books: int


BeforeAndAfter = tuple[Fitness | None, Fitness | None]

COLUMNS = (
    "model", "trained", "rate", "batch", "epochs", "train loss", "eval loss before", "after", "search s", "train s",
    "peak MB", "texts", "tidy", "grounded", "shown", "fitness",
)  # fmt: skip


def table(outcomes: Sequence[Outcome], fitness: Mapping[str, BeforeAndAfter]) -> list[list[str]]:
    """The heading and a row a model, all cells as texts; a share is `before → after`, 0 to 1.

    Args:
        outcomes: in the order of the rows.
        fitness: model → what judges gave its texts before and after, as far as any did.
    """
    return [list(COLUMNS), *(_row(outcome, fitness.get(outcome.model, (None, None))) for outcome in outcomes)]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """A table for a terminal: names to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _row(outcome: Outcome, fitness: BeforeAndAfter) -> list[str]:
    def share(name: str) -> str:
        return f"{getattr(outcome.before, name):.2f} → {getattr(outcome.after, name):.2f}"

    return [
        Source.of(outcome.model).folder_name,
        f"{outcome.trained:,}",
        f"{outcome.plan.rate:g}",
        str(outcome.plan.batch),
        f"{outcome.epochs:.2f}",
        f"{outcome.train_loss:.3f}",
        f"{outcome.untrained_loss:.3f}",
        f"{outcome.held_out_loss:.3f}",
        f"{outcome.search_seconds:.0f}",
        f"{outcome.train_seconds:.0f}",
        f"{outcome.peak_bytes / MEGABYTE:,.0f}",
        str(outcome.after.texts),
        *(share(name) for name in Shares.__slots__ if name != "texts"),
        f"{_grade(fitness[0])} → {_grade(fitness[1])}",
    ]


def _grade(fitness: Fitness | None) -> str:
    return f"{fitness.mean:.2f} ({fitness.books})" if fitness else NOT_JUDGED
