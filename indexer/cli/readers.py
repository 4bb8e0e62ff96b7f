"""`history`, `preferences`, `popularity` and `readers`: what is known of readers, and forgetting it."""

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.failures import PROBLEMS
from indexer.cli.options import column_option, problem_share_option
from indexer.cli.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.readers.loading import LoansReport, ReadersReport

SHOWN_TITLES = 5

reader_option = click.option(
    "--reader", default="reader", show_default=True, metavar="ID", help="Whose it is, where the file names nobody."
)


@click.group()
def history() -> None:
    """What readers have read."""


@click.group()
def preferences() -> None:
    """What readers say they like."""


@click.group()
def popularity() -> None:
    """What other libraries lend, by age and month."""


@click.group()
def readers() -> None:
    """One reader's data, and how long it is kept."""


@history.command("load")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@reader_option
@click.option("--replace", is_flag=True, help="Drop what these readers read before and the file does not name.")
@column_option
@problem_share_option
def load_history(file: Path, *, reader: str, replace: bool, columns: dict[str, str], problem_share: float) -> None:
    """Load reading histories from JSON, JSONL, CSV or Excel.

    \b
    Examples:
        python -m indexer history load user_reading_history.json --reader haneul
        python -m indexer history load loans.csv

    Readers are stored under pseudonyms only. Loading a file twice doubles nothing.
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.cli.learning import learn_from_readers
    from indexer.cli.opening import opened_library, readers_loader

    with opened_library() as library:
        report = readers_loader(library).load_history(file, reader=reader, replace=replace, columns=columns)
        _print_history(report, replace=replace)
        learn_from_readers(library)
    _exit_with_problems(report, problem_share)


def _print_history(report: "ReadersReport", *, replace: bool) -> None:
    _print_rows(report)
    click.echo(
        f"{report.held:,} of {report.stored:,} books are held by the library, for {counted(report.readers, 'reader')}."
    )
    if report.not_held:
        click.echo(f"  kept without a held book: {_shown(report.not_held)}")
    if replace:
        click.echo(f"  dropped: {report.dropped:,} earlier entries")


@preferences.command("load")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@reader_option
@column_option
@problem_share_option
def load_preferences(file: Path, *, reader: str, columns: dict[str, str], problem_share: float) -> None:
    """Load readers' preferences from JSON or JSONL, in place of what the same readers said before.

    \b
    Example:
        python -m indexer preferences load user_reading_preferences.json --reader haneul
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.cli.learning import learn_from_readers
    from indexer.cli.opening import opened_library, readers_loader

    with opened_library() as library:
        report = readers_loader(library).load_preferences(file, reader=reader, columns=columns)
        _print_rows(report)
        if report.ages:
            learn_from_readers(library)
    _exit_with_problems(report, problem_share)


@popularity.command("load")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--replace", is_flag=True, help="Drop what was loaded from such files before.")
@column_option
@problem_share_option
def load_popularity(file: Path, *, replace: bool, columns: dict[str, str], problem_share: float) -> None:
    """Load what other libraries lend, so that new readers of an age get what others of it borrow.

    FILE has a row a book: title, author, ISBN, loans (or a rank), age, year and month, as CSV, JSON or Excel. Books are
    recognised by ISBN, then by title and author; a month loaded again replaces what was counted for it.

    \b
    Example:
        python -m indexer popularity load loans_top10.csv
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.cli.learning import learn_from_readers
    from indexer.cli.opening import opened_library, readers_loader

    with opened_library() as library:
        report = readers_loader(library).load_loans(file, replace=replace, columns=columns)
        _print_loans(report)
        learn_from_readers(library)
    _exit_with_problems(report, problem_share)


@readers.command("export")
@click.argument("reader", metavar="ID")
def export_reader(reader: str) -> None:
    """Print everything that is kept of a reader as JSON, in the form that the load commands take.

    \b
    Example:
        python -m indexer readers export haneul > haneul.json
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.cli.opening import opened_library
    from indexer.readers.removing import export

    with opened_library() as library:
        told = export(library.readers, reader)
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


@readers.command("erase")
@click.argument("reader", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_reader(reader: str, *, yes: bool) -> None:
    """Forget everything about a reader, and what was learnt from their history."""
    from indexer.cli.learning import learn_from_readers
    from indexer.cli.opening import opened_library
    from indexer.readers.removing import erase

    with opened_library() as library:
        if not yes:
            click.confirm(
                f"Erase the history and the preferences of {reader!r}? This cannot be undone.", abort=True, err=True
            )
        erased = erase(library.readers, reader)
        preferences = " and the preferences" if erased.preferences else ""
        click.echo(f"{counted(erased.entries, 'history entry', 'history entries')}{preferences} erased.")
        learn_from_readers(library)


@readers.command("expire")
@click.option("--days", type=click.IntRange(min=1), required=True, help="Keep what was read within so many days.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def expire_readers(days: int, *, yes: bool) -> None:
    """Forget what all readers read longer ago than a number of days; run it every night to keep no more than that.

    \b
    Example:
        python -m indexer readers expire --days 1095 --yes
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.cli.learning import learn_from_readers
    from indexer.cli.opening import now, opened_library
    from indexer.readers.removing import expire

    before = (now() - timedelta(days=days)).date()
    with opened_library() as library:
        if not yes:
            click.confirm(
                f"Forget what was read before {before}, of all readers? This cannot be undone.", abort=True, err=True
            )
        erased = expire(library.readers, before, report=click.echo)
        click.echo(f"{counted(erased.entries, 'history entry', 'history entries')} from before {before} erased.")
        learn_from_readers(library)


def _print_loans(report: "LoansReport") -> None:
    click.echo(
        f"{report.source}: {counted(report.rows, 'row')} = {report.stored:,} stored + {counted(report.problems, 'problem')}; "
        f"{counted(report.works, 'different book')}"
    )
    if report.problems_file:
        click.echo(f"  problems: {report.problems_file}")
    if report.not_held:
        click.echo(f"  not held by the library ({len(report.not_held):,}): {_shown(report.not_held)}")


def _shown(titles: "Sequence[str]") -> str:
    more = f" and {len(titles) - SHOWN_TITLES:,} more" if len(titles) > SHOWN_TITLES else ""
    return ", ".join(titles[:SHOWN_TITLES]) + more


def _print_rows(report: "ReadersReport") -> None:
    click.echo(
        f"{report.source}: {counted(report.rows, 'row')} = {report.stored:,} stored + {report.merged:,} merged + {counted(report.problems, 'problem')}"
        + (f"; {counted(report.values_left_out, 'single value')} left out" if report.values_left_out else "")
    )
    if report.problems_file:
        click.echo(f"  problems: {report.problems_file}")


def _exit_with_problems(report: "ReadersReport | LoansReport", problem_share: float) -> None:
    if report.problem_share > problem_share:
        click.echo(
            f"More than {problem_share:.0%} of the rows were kept out, therefore exit code {PROBLEMS}.", err=True
        )
        sys.exit(PROBLEMS)
