"""The report's tables in Markdown: values in, lines out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.known_items.results import KindReport, KnownItemsReport
from evaluation.readers.results import HEADLINE as READERS_HEADLINE
from evaluation.readers.results import LegReport, ReadersReport
from evaluation.relevance.measures import HEADLINE
from evaluation.relevance.outcome import CLAIM, CONTROL, Outcome, interval, number
from evaluation.relevance.significance import Difference

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class NamedOutcome:
    """A run under the name of its set."""

    name: str
    outcome: Outcome


def table(columns: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    """A table whose first column is text and whose others are figures."""
    yield _row(columns)
    yield _row(["---", *("---:" for _ in columns[1:])])
    yield from map(_row, rows)


def question_tables(outcomes: Sequence[NamedOutcome]) -> Iterator[str]:
    """Each set's headline by mode, the gain of the hybrid over the words, and the untrained control's."""
    columns = (
        "set",
        "queries",
        "words",
        "meaning",
        "hybrid",
        "gain over words",
        "gain of the control",
        "beyond control",
    )
    yield from table(columns, (_question_row(each) for each in outcomes))
    for measure in ("recall@10", "recall@100", "MRR@10", "success@1"):
        yield ""
        yield f"{measure}:"
        yield ""
        rows = ((each.name, *(_mean(each.outcome, mode, measure) for mode in MODES)) for each in outcomes)
        yield from table(("set", "words", "meaning", "hybrid"), rows)


MODES = ("lexical", "dense", "hybrid")


def translation_table(outcomes: Sequence[NamedOutcome]) -> Iterator[str]:
    """How often the translation is found, and how far up."""
    measure = "MRR@10"
    yield from table(
        ("sentences", "asked", "words", "meaning", "hybrid", "control (meaning)"),
        (
            (
                each.name,
                f"{len(each.outcome.collection.queries):,} of {len(each.outcome.collection.documents):,}",
                *(_mean(each.outcome, mode, measure) for mode in MODES),
                _mean(each.outcome, f"{CONTROL}dense", measure),
            )
            for each in outcomes
        ),
    )


def known_item_table(reports: Sequence[KnownItemsReport]) -> Iterator[str]:
    """MRR@10 by kind and mode, of reports over one catalogue."""
    kinds = [kind.kind for kind in reports[0].kinds]
    columns = ("what is typed", "queries", *(f"MRR@10, {report.mode}" for report in reports), "success@10")
    yield from table(columns, (_kind_row(kind, reports) for kind in kinds))


def reader_table(report: ReadersReport) -> Iterator[str]:
    """One line a way of recommending."""
    yield from table(
        ("leg", f"recall@{report.k}", f"nDCG@{report.k}", "coverage", "novelty", "diversity", "recall beyond item-kNN"),
        map(_leg_row, report.legs),
    )


def _question_row(each: NamedOutcome) -> Cells:
    outcome = each.outcome
    gain, control = outcome.against_lexical[CLAIM][HEADLINE], outcome.against_lexical[CONTROL + CLAIM][HEADLINE]
    return (
        each.name,
        f"{len(outcome.collection.queries):,}",
        *(_mean(outcome, mode, HEADLINE) for mode in MODES),
        _difference(gain),
        _difference(control),
        _difference(outcome.against_control[CLAIM][HEADLINE]),
    )


def _kind_row(name: str, reports: Sequence[KnownItemsReport]) -> Cells:
    kinds = [report.kind(name) for report in reports]
    if not kinds[0].n:
        return (name, "0", *(["–"] * len(reports)), kinds[0].why_none)
    return (name, f"{kinds[0].n}", *map(_mrr, kinds), _success(kinds[-1]))


def _mrr(kind: KindReport) -> str:
    assert kind.mrr is not None  # noqa: S101 (a kind with queries has figures)
    return f"{number(kind.mrr.mean)} [{number(kind.mrr.low)}, {number(kind.mrr.high)}]"


def _success(kind: KindReport) -> str:
    assert kind.success_at_10 is not None  # noqa: S101 (likewise)
    return number(kind.success_at_10.mean)


def _leg_row(leg: LegReport) -> Cells:
    recall, beyond = leg.means["recall"], leg.beyond_baseline.get(READERS_HEADLINE)
    return (
        leg.leg,
        f"{number(recall.mean)} {interval(recall)}",
        f"{number(leg.means['ndcg'].mean)} {interval(leg.means['ndcg'])}",
        number(leg.coverage),
        f"{leg.means['novelty'].mean:.2f}",
        number(leg.means["diversity"].mean),
        _difference(beyond) if beyond else "–",
    )


def _mean(outcome: Outcome, system: str, measure: str) -> str:
    return number(outcome.systems[system].means[measure])


def _difference(difference: Difference) -> str:
    """A mean difference with its interval; bold where chance is no explanation."""
    text = f"{number(difference.mean, signed=True)} {interval(difference)}"
    return f"**{text}**" if difference.is_gain or difference.is_loss else text


def _row(cells: Cells) -> str:
    return f"| {' | '.join(cells)} |"
