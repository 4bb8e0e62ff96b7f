"""`reindex`, `status`, `verify`, `rollback`: looking after the catalogue that is there."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.failures import NOTHING_CHANGED
from indexer.cli.wording import counted

if TYPE_CHECKING:
    from recommender.library import Library


@click.command()
def reindex() -> None:
    """Rebuild the catalogue from its stored records, without a file.

    Needed after a change of encoder (SEOGA_ENCODER), user dictionary or program version; `status` says so.
    """
    from indexer.cli.learning import learn_from_readers
    from indexer.cli.opening import catalogue_loader, opened_library
    from indexer.cli.progress import shown_progress

    with opened_library() as library:
        with shown_progress() as progress:
            report = catalogue_loader(library, progress).reindex()
        rate = report.books / max(report.seconds, 1e-6)
        click.echo(
            f"{report.books:,} books rebuilt as {report.generation} ({report.seconds:,.1f} s, {rate:,.0f} books a second)."
        )
        learn_from_readers(library)


@click.command()
def status() -> None:
    """Say what is live, what can be returned to, and whether anything has to be done."""
    from indexer.cli.opening import opened_library

    with opened_library() as library:
        _print_engine(library)
        _print_generations(library)
        _print_readers(library)
        _print_disk(library.settings.data_dir)


@click.command()
def verify() -> None:
    """Check the live catalogue from end to end; exit code 2 if anything is wrong."""
    from indexer.cli.opening import opened_library
    from indexer.verification import Verifier

    failed = False
    with opened_library() as library:
        for finding in Verifier(library.engine, library.analyzer, library.encoder).verify():
            failed |= not finding.ok
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.subject}: {finding.detail}")
    if failed:
        sys.exit(NOTHING_CHANGED)


@click.command()
def rollback() -> None:
    """Return to the catalogue before the last load; a second rollback returns from it."""
    from indexer.cli.learning import learn_from_readers
    from indexer.cli.opening import catalogue_loader, opened_library
    from indexer.progress import SilentProgress

    with opened_library() as library:
        live, before = catalogue_loader(library, SilentProgress()).roll_back()
        click.echo(f"{live} is live again ({library.engine.count(live):,} books); {before} is kept.")
        for hint in _mismatches(library, live):
            click.echo(f"  {hint}")
        learn_from_readers(library)


def _print_engine(library: "Library") -> None:
    health = library.engine.health()
    click.echo(
        f"engine     {health.engine}: {health.detail}"
        if health.ok
        else f"engine     {health.engine} does not answer: {health.detail}"
    )


def _print_generations(library: "Library") -> None:
    from indexer.cli.opening import catalogue_loader
    from indexer.generations import GenerationRecords
    from indexer.progress import SilentProgress

    rollover = catalogue_loader(library, SilentProgress()).rollover()
    live, previous = rollover.live(), rollover.previous()
    if live is None:
        click.echo("live       nothing yet; run `python -m indexer books load FILE`")
    else:
        click.echo(f"live       {_described(library, live)}")
        for hint in _mismatches(library, live):
            click.echo(f"           {hint}")
    click.echo(f"previous   {_described(library, previous)}" if previous else "previous   none")
    claim = GenerationRecords(library.engine).current_claim()
    if claim:
        click.echo(
            f"loading    {claim.described}, since {claim.started_at.astimezone():%Y-%m-%d %H:%M:%S}, or it was killed"
        )
    if abandoned := rollover.abandoned():
        click.echo(f"unfinished {', '.join(abandoned)}; the next load removes what a stopped one left")


def _described(library: "Library", generation: str) -> str:
    from indexer.generations import GenerationRecords

    record = GenerationRecords(library.engine).read(generation)
    finished = f", built {record.finished_at.astimezone():%Y-%m-%d %H:%M}" if record and record.finished_at else ""
    meta = library.engine.schema(generation).meta
    return f"{generation}: {library.engine.count(generation):,} books{finished}, encoder {meta['encoder']}"


def _mismatches(library: "Library", generation: str) -> list[str]:
    """What runs now and is not what the generation was built with; or why nothing can run."""
    from indexer.verification import Verifier
    from recommender.errors import EncoderError, SchemaMismatchError

    meta = library.engine.schema(generation).meta
    try:
        expected = Verifier(library.engine, library.analyzer, library.encoder).expectations()
    except (EncoderError, SchemaMismatchError) as error:
        return [str(error)]
    return [
        f"built with another {part} than runs now; run `python -m indexer reindex`"
        for part, value in expected.items()
        if meta.get(part) != value
    ]


def _print_readers(library: "Library") -> None:
    from recommender.readers.crowd import CrowdStore

    entries, preferences = library.readers.counts()
    click.echo(f"readers    {entries:,} history entries, preferences of {preferences:,}")
    companions, ages = CrowdStore(library.engine).counts()
    click.echo(
        f"learnt     what is borrowed together with {counted(companions, 'book')}, what is popular at {counted(ages, 'age group')}"
    )


def _print_disk(data_dir: Path) -> None:
    size = sum(path.stat().st_size for path in data_dir.rglob("*") if path.is_file())
    click.echo(f"disk       {size / 1e6:,.1f} MB in {data_dir}")
