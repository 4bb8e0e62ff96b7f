"""`books load`: files of the catalogue → a new generation."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.failures import PROBLEMS
from indexer.cli.options import column_option, problem_share_option
from indexer.cli.wording import counted

if TYPE_CHECKING:
    from indexer.progress import Progress
    from indexer.report import FileReport, LoadReport


@click.group()
def books() -> None:
    """The catalogue."""


@books.command("load")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--add", is_flag=True, help="Keep the books that are there and merge the files into them.")
@click.option("--dry-run", is_flag=True, help="Read the files and report; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before a catalogue shrinks to less than half.")
@column_option
@problem_share_option
def load(
    files: tuple[Path, ...], *, add: bool, dry_run: bool, yes: bool, columns: dict[str, str], problem_share: float
) -> None:
    """Load the catalogue from CSV, JSON, JSONL or Excel files, in place of the one that is there.

    \b
    Examples:
        python -m indexer books load 리스트반출.xlsx
        python -m indexer books load catalogue.csv descriptions.jsonl
        python -m indexer books load new-books.csv --add

    Several files are one catalogue: records of one work are merged. Searches go on with the old catalogue until the new
    one is built and verified; the old one is kept for `rollback`.
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.cli.learning import learn_from_readers
    from indexer.cli.opening import catalogue_loader, opened_library
    from indexer.cli.progress import shown_progress
    from indexer.loading import LoadOptions

    options = LoadOptions(add=add, dry_run=dry_run, columns=columns)
    with opened_library() as library:
        with shown_progress() as progress:
            loader = catalogue_loader(library, progress)
            report = loader.load(
                files, options, may_shrink=lambda new, old: yes or _confirm_shrinking(progress, new, old)
            )
        _print_report(report)
        if not dry_run:
            learn_from_readers(library)
    if report.problem_share > problem_share:
        click.echo(
            f"More than {problem_share:.0%} of the rows were kept out, therefore exit code {PROBLEMS}.", err=True
        )
        sys.exit(PROBLEMS)


def _confirm_shrinking(progress: "Progress", new: int, old: int) -> bool:
    """Ask a person; a script goes on, with a warning that names the way back."""
    warning = f"The new catalogue has {new:,} books, the one it replaces {old:,}."
    progress.pause()
    if sys.stdin.isatty():
        return click.confirm(f"{warning} Go on?", err=True)
    click.echo(f"Warning: {warning} `python -m indexer rollback` returns to the old one.", err=True)
    return True


def _print_report(report: "LoadReport") -> None:
    for file in report.files:
        _print_file(file)
    if not report.generation:
        click.echo(
            f"Dry run: {counted(report.books, 'book')} with {counted(report.copies, 'copy', 'copies')}; nothing was changed."
        )
        return
    rate = report.books / max(report.seconds, 1e-6)
    click.echo(
        f"{counted(report.books, 'book')} with {counted(report.copies, 'copy', 'copies')} are live as {report.generation} "
        f"({report.seconds:,.1f} s, {rate:,.0f} books a second)."
    )
    counts = report.appeal
    click.echo(
        f"How they feel: {counts.recorded:,} by their record, {counts.corrected:,} by a librarian, "
        f"{counts.estimated:,} estimated at least in part (docs/recommendation.md)."
    )
    if report.previous:
        click.echo(
            f"{report.previous} ({report.books_before:,} books) is kept; `python -m indexer rollback` returns to it."
        )


def _print_file(file: "FileReport") -> None:
    click.echo(
        f"{file.source}: {counted(file.rows, 'row')} = {file.indexed:,} indexed + {file.merged:,} merged + {counted(file.problems, 'problem')}"
        + (f"; {counted(file.values_left_out, 'single value')} left out" if file.values_left_out else "")
    )
    if file.problems_file:
        click.echo(f"  problems: {file.problems_file}")
    if file.unused_columns:
        click.echo(f"  columns not used: {', '.join(file.unused_columns)}")
