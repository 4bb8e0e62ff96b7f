"""`python -m evaluation appeal`: how well the appeal of books is estimated from their text."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recommender.errors import InputError, SeogaError
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.encoding.base import Encoder
    from recommender.models import Book

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--encoder", metavar="SPEC", help="Instead of what SEOGA_ENCODER says: bundled, or a model or folder.")
@click.option("--control", type=int, metavar="SEED", help="Instead of the encoder: random directions for its words.")
@click.option("--folds", type=click.IntRange(1), default=1, help="Fit the curves of confidence to the other books.")
@click.option("--seed", type=int, default=2026, show_default=True, help="Of the folds.")
@click.option("--calibrate", type=click.Path(path_type=Path), metavar="OUT", help="Fit the curves and write them.")
def appeal(
    files: tuple[Path, ...], *, encoder: str | None, control: int | None, folds: int, seed: int, calibrate: Path | None
) -> None:
    """Estimate the appeal of the books of FILE as if their records did not state it, and compare.

    \b
    Examples:
      python -m evaluation appeal sample/descriptions.jsonl --folds 5
      python -m evaluation appeal sample/descriptions.jsonl --folds 5 --control 7
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.appeal import measuring
    from evaluation.appeal.results import table

    try:
        books = _books(files)
        model = _encoder(encoder, control)
        labelled, vectors = measuring.labelled_books(books, model)
        if not len(labelled.books):
            raise InputError(
                f"{files[0]}: no record states a mood, an effect, a pace or a depth; there is nothing to compare with"
            )
        if calibrate is not None:
            measuring.calibrate(labelled, calibrate)
        click.echo(table(measuring.measure(labelled, vectors, model, folds=folds, seed=seed)))
    except SeogaError as error:
        raise click.ClickException(str(error)) from error


def _books(files: tuple[Path, ...]) -> tuple["Book", ...]:
    from indexer.cleaning.rows import RowCleaner
    from indexer.reading import read_books
    from indexer.works.assembling import assemble
    from recommender.call_numbers import read_shelf_prefixes

    settings = Settings.from_environment(os.environ)
    cleaner = RowCleaner(read_shelf_prefixes(settings.shelf_prefixes), this_year=datetime.now(UTC).year)
    return assemble(read_books(files, cleaner, {}).rows).books


def _encoder(spec: str | None, control: int | None) -> "Encoder":
    from tempfile import TemporaryDirectory

    from evaluation.control import write_control
    from recommender.encoding.factory import create_encoder
    from recommender.encoding.static import BUNDLED_FOLDER, StaticEncoder
    from recommender.text.morphemes import Analyzer

    settings = Settings.from_environment(os.environ)
    analyzer = Analyzer(settings.user_dictionary)
    if control is None:
        return create_encoder(spec or settings.encoder, analyzer=analyzer, cache_folder=None)
    with TemporaryDirectory(prefix="seoga-control-", ignore_cleanup_errors=True) as folder:
        return StaticEncoder(write_control(BUNDLED_FOLDER, Path(folder) / "control", seed=control), analyzer)
