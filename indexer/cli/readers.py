"""`history load` and `preferences load`: what is known of readers."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.failures import PROBLEMS
from indexer.cli.options import column_option, problem_share_option
from indexer.cli.wording import counted

if TYPE_CHECKING:
    from indexer.readers.loading import ReadersReport

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
    from indexer.cli.opening import opened_library, readers_loader

    with opened_library() as library:
        report = readers_loader(library).load_history(file, reader=reader, replace=replace, columns=columns)
    _print_rows(report)
    click.echo(
        f"{report.held:,} of {report.stored:,} books are held by the library, for {counted(report.readers, 'reader')}."
    )
    if report.not_held:
        titles = ", ".join(report.not_held[:SHOWN_TITLES])
        more = f" and {len(report.not_held) - SHOWN_TITLES:,} more" if len(report.not_held) > SHOWN_TITLES else ""
        click.echo(f"  kept without a held book: {titles}{more}")
    if replace:
        click.echo(f"  dropped: {report.dropped:,} earlier entries")
    _exit_with_problems(report, problem_share)


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
    from indexer.cli.opening import opened_library, readers_loader

    with opened_library() as library:
        report = readers_loader(library).load_preferences(file, reader=reader, columns=columns)
    _print_rows(report)
    _exit_with_problems(report, problem_share)


def _print_rows(report: "ReadersReport") -> None:
    click.echo(
        f"{report.source}: {counted(report.rows, 'row')} = {report.stored:,} stored + {report.merged:,} merged + {counted(report.problems, 'problem')}"
        + (f"; {counted(report.values_left_out, 'single value')} left out" if report.values_left_out else "")
    )
    if report.problems_file:
        click.echo(f"  problems: {report.problems_file}")


def _exit_with_problems(report: "ReadersReport", problem_share: float) -> None:
    if report.problem_share > problem_share:
        click.echo(
            f"More than {problem_share:.0%} of the rows were kept out, therefore exit code {PROBLEMS}.", err=True
        )
        sys.exit(PROBLEMS)
