"""`recommendations precompute|status|clear`: answers made before their readers ask."""

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from indexer.cli.failures import PROBLEMS
from indexer.cli.wording import counted

if TYPE_CHECKING:
    from indexer.precomputing import PrecomputingReport
    from recommender.library import Library

SHOWN_FAILURES = 5

DEFAULT_SIZE = 3
"""As many books as the page shows; whoever asks for more gets an answer made then."""

DEFAULT_MAX_AGE_DAYS = 7.0
"""A week: long enough for a weekend without a run, short enough for what else has changed to be seen."""

DEFAULT_BATCH = 32
"""Readers at once: more no longer make a round trip cheaper, and a stop loses at most one batch."""


@click.group()
def recommendations() -> None:
    """Recommendations made before their readers ask."""


@recommendations.command("precompute")
@click.option(
    "--readers",
    "wanted",
    multiple=True,
    metavar="FILE|ID",
    help="Only these: a file with one reader a line, or a reader as the library knows them. Repeatable.",
)
@click.option("--size", type=click.IntRange(1, 10), default=DEFAULT_SIZE, show_default=True, help="Books a reader.")
@click.option(
    "--language",
    "languages",
    type=click.Choice(["ko", "en"]),
    multiple=True,
    help="Of the reasons; repeatable. The library's own (SEOGA_LANGUAGE) unless told.",
)
@click.option(
    "--max-age",
    type=click.FloatRange(0, 365, min_open=True),
    default=DEFAULT_MAX_AGE_DAYS,
    show_default=True,
    metavar="DAYS",
    help="How long an answer may be served.",
)
@click.option(
    "--batch", type=click.IntRange(1, 500), default=DEFAULT_BATCH, show_default=True, help="Readers a round trip."
)
def precompute(wanted: tuple[str, ...], *, size: int, languages: tuple[str, ...], max_age: float, batch: int) -> None:
    """Make every reader's recommendations, so that they are there at once when the reader comes.

    \b
    Examples:
        python -m indexer recommendations precompute
        python -m indexer recommendations precompute --readers 2026-0317 --language ko --language en

    Whoever's answer is still right is skipped, so a run that was stopped goes on where it was. An answer is dropped when
    its reader, its books or the parameters change.
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.cli.opening import now, opened_library
    from indexer.cli.progress import shown_progress
    from indexer.precomputing import Plan, Precomputer, PrecomputingReport
    from recommender.recommend.keeping.precomputed import PrecomputedAnswers

    report = PrecomputingReport()
    with opened_library() as library:
        everybody = library.readers.everybody()
        names = _named(wanted, library)
        plan = Plan(languages or (library.settings.language,), size, timedelta(days=max_age), batch)
        try:
            with shown_progress(of="reader") as progress:
                stored = library.by_pseudonym()
                precomputer = Precomputer(
                    stored.recommend,
                    stored.keeper,
                    PrecomputedAnswers(library.engine),
                    report,
                    progress,
                    now=now,
                    names=names,
                )
                precomputer.run(list(names) if wanted else everybody, plan)
                precomputer.clean(everybody)
        except KeyboardInterrupt:
            click.echo("Stopped. What is made stays; the same command goes on with the others.", err=True)
            _print(report)
            sys.exit(PROBLEMS)
    _print(report)
    if report.failures:
        sys.exit(PROBLEMS)


@recommendations.command("status")
def status() -> None:
    """Say what is kept, from what it was made, and how old it is."""
    from indexer.cli.opening import now, opened_library
    from recommender.recommend.keeping.precomputed import PrecomputedAnswers

    with opened_library() as library:
        counts = PrecomputedAnswers(library.engine).counts(now())
        zone = ZoneInfo(library.settings.time_zone)
    if not counts.answers:
        click.echo("Nothing is kept; `python -m indexer recommendations precompute` makes it.")
        return
    click.echo(f"{counted(counts.answers, 'answer')}, {counts.expired:,} of them too old to be served")
    click.echo(f"made from {_moment(counts.oldest, zone)} to {_moment(counts.newest, zone)}")
    for (bundle, generator, catalogue), answers in sorted(counts.by_origin.items()):
        click.echo(f"  {answers:,} with the parameters {bundle} by {generator} from {catalogue}")


@recommendations.command("clear")
@click.option("--yes", is_flag=True, help="Do not ask.")
def clear(*, yes: bool) -> None:
    """Drop all of them; readers then get answers made when they ask."""
    from indexer.cli.opening import opened_library
    from recommender.recommend.keeping.precomputed import PrecomputedAnswers

    with opened_library() as library:
        kept = PrecomputedAnswers(library.engine)
        if not yes:
            click.confirm(f"Drop {counted(kept.count(), 'answer')}?", abort=True, err=True)
        click.echo(f"{counted(kept.clear(), 'answer')} dropped.")


def _named(wanted: Sequence[str], library: "Library") -> dict[str, str]:
    """Pseudonym → the reader as the operator named them, in that order."""
    ids = [reader for each in wanted for reader in _readers_of(each)]
    return {library.readers.pseudonym(reader): reader for reader in ids}


def _readers_of(wanted: str) -> list[str]:
    path = Path(wanted)
    if not path.is_file():
        return [wanted]
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _print(report: "PrecomputingReport") -> None:
    click.echo(
        f"{counted(report.readers, 'reader')}: {counted(report.made, 'answer')} made, {report.fresh:,} still right, "
        f"{counted(len(report.failures), 'failure')} ({report.seconds:,.1f} s, {_rate(report)})."
    )
    if report.dropped:
        click.echo(f"  dropped: {counted(report.dropped, 'answer')} of readers who are gone, or too old")
    for failure in report.failures[:SHOWN_FAILURES]:
        click.echo(f"  {failure.reader}: {failure.reason}", err=True)
    if len(report.failures) > SHOWN_FAILURES:
        click.echo(f"  and {len(report.failures) - SHOWN_FAILURES:,} more", err=True)
    _print_cost(report)


def _rate(report: "PrecomputingReport") -> str:
    """Answers in a second, or in a minute where a model takes its time."""
    rate = (report.made + report.fresh) / max(report.seconds, 1e-6)
    return f"{rate:,.1f} a second" if rate >= 1 else f"{rate * 60:,.1f} a minute"


def _print_cost(report: "PrecomputingReport") -> None:
    cost, usage = report.cost, report.usage
    if cost is None or not (usage.prompt_tokens or usage.completion_tokens):
        return
    parts = [f"{usage.prompt_tokens:,} tokens read", f"{usage.completion_tokens:,} written", f"{cost.seconds:,.1f} s"]
    if cost.watt_hours is not None:
        parts.append(f"{cost.watt_hours:,.2f} Wh{'' if cost.is_measured else ' (estimated)'}")
    if cost.price is not None:
        parts.append(f"{cost.price:,.4f} {cost.currency} elsewhere")
    click.echo(f"  cost: {', '.join(parts)}")


def _moment(instant: datetime | None, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}" if instant else "?"
