"""`python -m evaluation cases …` and `questions …`: what librarians expect of a search, checked."""

import json
import os
from pathlib import Path

import click

from evaluation.cli.libraries import live_or_made_of
from recommender.errors import SeogaError
from recommender.settings import Settings

MODES = ("lexical", "dense", "hybrid")

FAILED = 1
"""Exit code where a book does not stand where it has to."""

_file = click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_catalogue = click.option(
    "--catalogue",
    "catalogue",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Load this file into a library made for it, instead of asking the live one. Repeatable.",
)


@click.command()
@_file
@_catalogue
@click.option("--mode", type=click.Choice(MODES), default="hybrid", show_default=True, help="Which legs search.")
def cases(file: Path, catalogue: tuple[Path, ...], mode: str) -> None:
    """Check that searches find the books that FILE says they must find.

    FILE is a table with the columns query, book, within (first how many, 10 if left out) and note; several books that
    would do are separated by |. Every case that fails is named with what stood first, and the exit code is then 1.

    \b
    Example:
      python -m evaluation cases our-cases.tsv
      python -m evaluation cases sample/relevance_cases.tsv --catalogue sample/catalogue.csv
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.cases.checking import check_cases
    from evaluation.cases.reading import read_cases
    from evaluation.cases.values import Shelf
    from evaluation.temporary import live_books
    from recommender.search.request import Mode

    try:
        asked = read_cases(file)
        with live_or_made_of(catalogue, Settings.from_environment(os.environ)) as library:
            shelf = Shelf(live_books(library))
            verdicts = check_cases(library.search, shelf, asked, mode=Mode(mode))
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    failed = [verdict for verdict in verdicts if not verdict.passed]
    for verdict in failed:
        click.echo(verdict.sentence)
    click.echo(f"{len(verdicts) - len(failed):,} of {len(verdicts):,} cases hold.")
    if failed:
        raise click.exceptions.Exit(FAILED)


@click.command()
@_file
@_catalogue
@click.option("--worst", type=click.IntRange(0), default=5, show_default=True, help="Questions shown at the low end.")
@click.option("--json", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write each question's nDCG too.")
def questions(file: Path, catalogue: tuple[Path, ...], worst: int, out: Path | None) -> None:
    """Measure the answers to graded questions: nDCG@10 by words, by meaning, and by both.

    FILE is a table with the columns query, book and grade (2: what was meant, 1: worth a look, 0: wrong), one judgement
    a line.

    \b
    Example:
      python -m evaluation questions our-questions.tsv
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.cases.checking import as_json, grade_answers
    from evaluation.cases.reading import read_judgements
    from evaluation.cases.values import Shelf
    from evaluation.relevance.outcome import number
    from evaluation.temporary import live_books
    from recommender.search.request import Mode

    try:
        judgements = read_judgements(file)
        with live_or_made_of(catalogue, Settings.from_environment(os.environ)) as library:
            graded = grade_answers(library.search, Shelf(live_books(library)), judgements, tuple(Mode))
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    for one in graded:
        click.echo(f"{one.mode:8} nDCG@10 {number(one.mean)}  ({len(one.queries)} questions)")
    if out:
        out.write_text(json.dumps(as_json(graded), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    hybrid = graded[-1]
    for row in hybrid.ndcg.argsort(kind="stable")[:worst].tolist():
        values = ", ".join(f"{one.mode} {number(float(one.ndcg[row]))}" for one in graded)
        click.echo(f"  {hybrid.queries[row]}: {values}")
