"""`python -m evaluation collection …`: making judged collections from files that were never meant to be one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recommender.errors import SeogaError

if TYPE_CHECKING:
    from evaluation.collections.values import Collection

Command = Callable[..., None]


@click.group()
def collection() -> None:
    """Make a folder that `run` measures: corpus.jsonl, queries.jsonl and qrels.tsv."""


def _making(command: Command) -> Command:
    """The arguments and options that all makers have."""
    decorators = (
        click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False)),
        click.argument("out", type=click.Path(path_type=Path, file_okay=False)),
        click.option("--seed", type=int, default=0, show_default=True, help="Of everything that is drawn."),
        click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N of what can ask."),
    )
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


@collection.command()
@_making
def paraphrases(file: Path, out: Path, **options: Any) -> None:
    """Requests in other words: ten lines of FILE say the same (ParaKQC).

    Every fifth intent, which the bundled encoder never trains on: eight of its sayings ask, two are to be found among
    1,000, the rest sayings of other intents. --limit counts intents.

    \b
    Example:
      python -m evaluation collection paraphrases paraKQC_v1.txt collections/paraphrases
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.collections.paraphrases import make_paraphrases

    _make(make_paraphrases, file, out, options)


@collection.command()
@_making
@click.option("--part", metavar="NAME", help="Only rows that have this in their first column, such as dev or tatoeba.")
@click.option("--held-out", is_flag=True, help="Only pairs that the bundled encoder never trains on (three columns).")
@click.option("--reverse", is_flag=True, help="Korean asks, English is found.")
def translations(file: Path, out: Path, **options: Any) -> None:
    """Across languages: an English sentence asks, its Korean translation is to be found.

    FILE is tab-separated: source, Korean, English; or part, likeness, English, Korean, English, Korean.

    \b
    Example:
      python -m evaluation collection translations en_ko_sts.tsv collections/sts --part dev
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.collections.translations import make_translations

    _make(make_translations, file, out, options)


@collection.command()
@_making
def sentences(file: Path, out: Path, **options: Any) -> None:
    """A catalogue's own descriptions: a sentence asks, the book without that sentence is to be found.

    FILE is a catalogue as `python -m indexer books load` takes it.

    \b
    Example:
      python -m evaluation collection sentences catalogue.csv collections/own --limit 500
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.collections.sentences import make_sentences

    _make(make_sentences, file, out, options)


def _make(maker: Callable[..., "Collection"], file: Path, out: Path, options: dict[str, Any]) -> None:
    from evaluation.collections.writing import write_collection

    try:
        made = maker(file, **options)
        write_collection(made, out)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{out}: {len(made.documents):,} passages, {len(made.queries):,} queries")
