"""What a measurement of readers showed: values that tables and files are made of."""

from dataclasses import asdict, dataclass
from typing import Any

from evaluation.relevance.significance import Difference

BASELINE = "item-kNN"
"""What the others are compared with: it knows who read what, and is what libraries' systems use."""

HEADLINE = "recall"
"""The measure of which the difference to the baseline is shown."""

PER_READER = ("recall", "ndcg", "novelty", "diversity")
"""Measures that every reader has a value of; coverage belongs to all lists together."""


@dataclass(frozen=True, slots=True)
class LegReport:
    """One way of recommending: means with 95 % intervals over readers, and how far they are from the baseline's."""

    leg: str
    means: dict[str, Difference]  # measure → against 0
    beyond_baseline: dict[str, Difference]  # measure → against the baseline; empty for the baseline
    coverage: float  # share of the books
    empty: int  # readers to whom it recommended nothing


@dataclass(frozen=True, slots=True)
class ReadersReport:
    """The figures of one file of readers, and what they rest on."""

    source: str
    catalogue: str  # empty without one
    rows: int
    kept_out: int  # rows that could not be used
    unknown: int  # usable rows about books that the catalogue does not hold; 0 without a catalogue
    readers: int  # with at least one book left
    books: int  # that anybody read
    interactions: int
    cases: int  # readers of whom a book was taken away
    by_date: int  # of them: the last one read, not a random one
    k: int
    seed: int
    encoder: str
    bundle: str
    distances: str  # what diversity was measured by
    legs: tuple[LegReport, ...]

    def leg(self, name: str) -> LegReport:
        """The report of one leg."""
        return next(report for report in self.legs if report.leg == name)

    def to_json(self) -> dict[str, Any]:
        """Everything as JSON."""
        return asdict(self)


def table(report: ReadersReport) -> str:
    """What was measured, then one line a leg."""
    return "\n".join([*_heading(report), _columns(report.k), *(_line(leg) for leg in report.legs)])


def _heading(report: ReadersReport) -> list[str]:
    joined = f", {report.unknown:,} about books that {report.catalogue} does not hold" if report.catalogue else ""
    drawn = report.cases - report.by_date
    taken = f"the last one of {report.by_date:,}, a random one of {drawn:,} whose books have no dates"
    return [
        f"{report.source}: {report.rows:,} rows, {report.kept_out:,} kept out{joined}",
        f"{report.interactions:,} readings of {report.books:,} books by {report.readers:,} readers",
        f"of {report.cases:,} one book was taken away: {taken}",
        f"every leg chooses among these books; diversity by {report.distances}; seed {report.seed}",
    ]


def _columns(k: int) -> str:
    measured = f"{f'recall@{k}':>22}{f'nDCG@{k}':>22}{'coverage':>10}{'novelty':>9}{'diversity':>11}{'empty':>7}"
    return f"{'leg':26}{measured}  {HEADLINE} beyond {BASELINE}"


def _line(leg: LegReport) -> str:
    means = leg.means
    beyond = leg.beyond_baseline.get(HEADLINE)
    return (
        f"{leg.leg:26}{_interval(means[HEADLINE]):>22}{_interval(means['ndcg']):>22}"
        f"{leg.coverage:>10.3f}{means['novelty'].mean:>9.2f}{means['diversity'].mean:>11.3f}{leg.empty:>7}"
        + (f"  {beyond.mean:+.3f} [{beyond.low:+.3f}, {beyond.high:+.3f}]" if beyond else "")
    )


def _interval(mean: Difference) -> str:
    return f"{mean.mean:.3f} [{mean.low:.3f}, {mean.high:.3f}]"
