"""Options that several commands have."""

from collections.abc import Callable
from typing import Any

import click

DEFAULT_PROBLEM_SHARE = 0.05
"""One row in twenty: a real export has some broken rows; more than this, and something is wrong with the file."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _columns(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for value in values:
        field, separator, column = value.partition("=")
        if not separator or not field.strip() or not column.strip():
            raise click.BadParameter(f'"{value}" is not FIELD=COLUMN, such as title=서명')
        columns[field.strip().lower()] = column.strip()
    return columns


column_option: Decorator = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    callback=_columns,
    help="Say which column holds a field, where it is not recognised: --column title=서명. Repeatable.",
)

problem_share_option: Decorator = click.option(
    "--problem-share",
    type=click.FloatRange(0, 1),
    default=DEFAULT_PROBLEM_SHARE,
    show_default=True,
    help="Share of rows that may be kept out before the exit code is 1.",
)
