"""`sample`: the library that a newcomer meets."""

from pathlib import Path

import click

from indexer.cli.books import load
from indexer.cli.readers import load_history, load_preferences

SAMPLE = Path(__file__).resolve().parents[2] / "sample"


@click.command()
@click.pass_context
def sample(context: click.Context) -> None:
    """Load the sample library, if no catalogue is there yet.

    It has 1,864 works and three readers: haneul, mr-park and june. Your own catalogue replaces its books with the
    next `books load`.
    """
    from indexer.cli.opening import opened_library
    from indexer.rollover import ALIAS

    with opened_library() as library:
        is_loaded = ALIAS in library.engine.aliases()
    if is_loaded:
        click.echo("A catalogue is there already; nothing was changed.")
        return
    context.invoke(load, files=(SAMPLE / "catalogue.csv", SAMPLE / "descriptions.jsonl"))
    context.invoke(load_history, file=SAMPLE / "history.json")
    context.invoke(load_preferences, file=SAMPLE / "preferences.json")
