"""What known-item queries showed: values that tables and files are made of."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from evaluation.relevance.significance import compare

CUT = 10
"""Places that count: a reader looks at one screen."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One query, what it asked for, and where that came."""

    query: str
    expected: str  # the title that was meant
    rank: int | None  # from 1; None if not among the first `CUT`
    first: str = ""  # the title that came first; empty if nothing was found

    @property
    def reciprocal_rank(self) -> float:
        """1 for the first place, 1/2 for the second, 0 beyond the last that counts."""
        return 1.0 / self.rank if self.rank else 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean and its 95 % bootstrap interval over the queries."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class KindReport:
    """All queries of one kind; without any, the reason and no figures."""

    kind: str
    judged: tuple[Judged, ...] = ()
    mrr: Estimate | None = None
    success_at_1: Estimate | None = None
    success_at_10: Estimate | None = None
    why_none: str = ""

    @property
    def n(self) -> int:
        """How many queries were asked."""
        return len(self.judged)

    def worst(self, count: int) -> list[Judged]:
        """The queries that went most wrong, those that found nothing first."""
        missed = [each for each in self.judged if each.rank != 1]
        return sorted(missed, key=lambda each: each.reciprocal_rank)[:count]


@dataclass(frozen=True, slots=True)
class KnownItemsReport:
    """The figures of one catalogue, kind by kind, and what they were taken with."""

    catalogue: str
    books: int
    mode: str
    engine: str
    encoder: str
    bundle: str
    seed: int
    per_kind: int
    kinds: tuple[KindReport, ...]

    def kind(self, name: str) -> KindReport:
        """The report of one kind."""
        return next(report for report in self.kinds if report.kind == name)

    def to_json(self) -> dict[str, Any]:
        """Everything, query by query."""
        return {
            **{name: value for name, value in asdict(self).items() if name != "kinds"},
            "kinds": [{"n": report.n, **asdict(report)} for report in self.kinds],
        }


def estimates(judged: Sequence[Judged], *, seed: int) -> list[Estimate]:
    """MRR, success at 1 and at 10 of at least one query."""
    values = [(each.reciprocal_rank, each.rank == 1, each.rank is not None) for each in judged]
    figures = np.array(values, dtype=np.float64)
    # How far the means lie from nothing: what a comparison with all zeros says.
    means = compare(figures, np.zeros_like(figures), seed=seed)
    return [Estimate(each.mean, each.low, each.high) for each in means]


def table(report: KnownItemsReport, *, worst: int) -> str:
    """One line a kind, and below it the worst queries of each."""
    heading = (
        f"{report.catalogue}: {report.books:,} books; {report.mode}, {report.engine}, {report.encoder}, "
        f"bundle {report.bundle}, seed {report.seed}"
    )
    columns = f"{'kind':22}{'n':>6}  {'MRR@10':>22}{'success@1':>11}{'success@10':>12}"
    examples = [line for each in report.kinds for line in _examples(each, worst)]
    return "\n".join([heading, columns, *map(_line, report.kinds), *examples])


def _line(report: KindReport) -> str:
    if report.mrr is None or report.success_at_1 is None or report.success_at_10 is None:
        return f"{report.kind:22}{0:>6}  {report.why_none}"
    interval = f"{report.mrr.mean:.3f} [{report.mrr.low:.3f}, {report.mrr.high:.3f}]"
    return f"{report.kind:22}{report.n:>6}  {interval:>22}{report.success_at_1.mean:>11.3f}{report.success_at_10.mean:>12.3f}"


def _examples(report: KindReport, count: int) -> Sequence[str]:
    worst = report.worst(count)
    if not worst:
        return ()
    return ("", f"{report.kind}: query → expected (its place); what came first", *map(_example, worst))


def _example(judged: Judged) -> str:
    place = f"place {judged.rank}" if judged.rank else f"not in the first {CUT}"
    return f"  {judged.query} → {judged.expected} ({place}); {judged.first or 'nothing was found'}"
