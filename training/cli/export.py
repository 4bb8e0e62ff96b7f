"""`python -m training export`: pairs to learn from, of recommendations that were accepted."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recommender.errors import SeogaError
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.library import Library
    from recommender.models import Book
    from training.lora.values import Found

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("answers", type=FILE, nargs=-1, required=True)
@click.option("--judgements", type=FILE, multiple=True, help="Of `python -m evaluation judge`; repeatable.")
@click.option(
    "--least-grade", type=click.FloatRange(0, 5), default=4.0, show_default=True, help="That counts as accepted."
)
@click.option("--out", type=FILE, required=True, help="The file of pairs, written anew.")
def export(answers: tuple[Path, ...], judgements: tuple[Path, ...], least_grade: float, out: Path) -> None:
    """Write the accepted recommendations of ANSWERS as pairs for `lora`.

    ANSWERS hold one answer a line: of the endpoint, accepted recommendations marked with "accepted": true or a "grade", or
    kept by `evaluation compare` and `judge answer`, with their judgements. Records come from the library; only sentences
    that its records support are kept. What is left out is told, and stands in a file beside.

    The pairs hold questions and titles that readers read, without saying whose: keep the file as you keep loans.

    \b
    Example:
      python -m training export answers.jsonl --judgements judgements.jsonl --out accepted.jsonl
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.problems import write_problems
    from training.lora.pairs import write_pairs

    try:
        found = _exported(answers, judgements, least_grade)
        write_pairs(out, found.examples)
        write_problems(out.with_suffix(".problems.csv"), found.problems)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(found.examples):,} pairs in {out}")
    click.echo(f"{len(found.problems):,} problems in {out.with_suffix('.problems.csv')}")


def _exported(answers: Sequence[Path], judgements: Sequence[Path], least_grade: float) -> "Found":
    """Accepted, held and supported."""
    from evaluation.judging.storing import latest, read_judgements
    from recommender.library import open_library
    from training.lora.accepted import Acceptance, grades_of, read_accepted
    from training.lora.support import Support
    from training.lora.values import Found

    library = open_library(Settings.from_environment(os.environ))
    acceptance = Acceptance(least_grade, grades_of(latest(read_judgements(judgements))))
    tuned = library.bundle.recommend
    accepted = Found()
    try:
        for path in answers:
            accepted.add(read_accepted(path, acceptance, lambda ids: _records(library, ids), tuned.enrichment))
        supported = Support(library.analyzer, tuned.generation.prompt).supported(accepted.examples)
    finally:
        library.close()
    return Found(supported.examples, accepted.problems + supported.problems)


def _records(library: "Library", ids: Sequence[str]) -> "Mapping[str, Book]":
    from recommender.records import book_from_record
    from recommender.search.service import BOOKS

    documents = library.engine.mget(BOOKS, list(dict.fromkeys(ids)), source=["record"]) if ids else ()
    books = (book_from_record(document.source["record"]) for document in documents if document)
    return {book.id: book for book in books}
