"""The operator's command line: `python -m indexer …`."""

import click

from indexer.cli.appeal import appeal
from indexer.cli.books import books
from indexer.cli.catalogue import reindex, rollback, status, verify
from indexer.cli.failures import OperatorGroup
from indexer.cli.readers import history, popularity, preferences, readers
from indexer.cli.recommendations import recommendations
from indexer.cli.sample import sample


@click.group(cls=OperatorGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def main() -> None:
    """Load the library's files, and look after the index.

    \b
    The first time, and after each catalogue update:
        python -m indexer books load catalogue.xlsx

    Exit codes: 0 everything done, 1 done with more problems than --problem-share allows, 2 nothing changed because of
    an error. Settings are environment variables SEOGA_…; docs/operator.md lists them.
    """  # noqa: D301 (click reads a backspace as: keep these lines)


for command in (
    appeal,
    books,
    history,
    preferences,
    popularity,
    readers,
    recommendations,
    reindex,
    status,
    verify,
    rollback,
    sample,
):
    main.add_command(command)
