"""`judge answer` and `judge import`: files of answers, from the product and from others' lists."""

import os
from pathlib import Path

import click

from evaluation.cli.judge.options import (
    FILE,
    NEW_FILE,
    LibraryChoice,
    chosen_library,
    columns_of,
    kept_in,
    library_options,
    shelves_of,
)
from evaluation.cli.progress import measuring_progress
from recommender.errors import SeogaError
from recommender.settings import Settings


@click.command()
@click.argument("questions", type=FILE)
@click.option("--with", "arm", default="", metavar="SETTINGS", help="method=direct,num_candidates=20,… (see compare).")
@click.option(
    "--as", "name", default="seoga", show_default=True, help="The system's name in reports; no judge sees it."
)
@click.option("--limit", type=click.IntRange(1), help="Only the first so many questions.")
@click.option("--out", type=NEW_FILE, required=True, help="The file of answers, written anew.")
@library_options
def answer(*, questions: Path, arm: str, name: str, limit: int | None, out: Path, library: LibraryChoice) -> None:
    """Let the product answer the QUESTIONS of a file.

    A table of recommendation cases, objects with instruction and input, or bodies of the endpoint.

    \b
    Example:
      python -m evaluation judge answer sample/recommendation_cases.tsv --sample --with method=direct --out answers.jsonl
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.judging.arms import read_arm
    from evaluation.judging.comparing import compared
    from evaluation.judging.questions.reading import read_questions
    from evaluation.judging.storing import LineFile
    from evaluation.judging.systems import Generators, system_of

    settings = Settings.from_environment(os.environ)
    try:
        chosen = read_arm(name, arm)
        asked = read_questions(questions, limit=limit).questions
        with measuring_progress() as progress, chosen_library(library, settings, progress) as opened:
            shelves = shelves_of(opened)
            system = system_of(chosen, opened, Generators(settings))
            out.unlink(missing_ok=True)
            progress.begin("asking", len(asked))
            answers = compared([system], asked, shelves, kept_in(LineFile(out), progress))
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{len(answers):,} answers in {out}")


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--question", default="", help="What was asked, for rows that do not say it.")
@click.option("--reader", default="", help="Who asked, as the library knows them; for rows that do not say it.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True, help="Of the question.")
@click.option("--as", "name", help="The system's name in reports; the file's name unless told.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column is which. Repeatable.")
@click.option("--out", type=NEW_FILE, required=True, help="The file of answers, written anew.")
@library_options
def import_list(
    *,
    file: Path,
    question: str,
    reader: str,
    language: str,
    name: str | None,
    columns: tuple[str, ...],
    out: Path,
    library: LibraryChoice,
) -> None:
    """Look up in the catalogue the books that somebody else recommended.

    FILE is a table, JSON or JSONL with title and author, one book a row, or a corpus with instruction, input and output.
    A book that the catalogue does not hold stays in the list, and gets 0 without anybody being asked.

    \b
    Example:
      python -m evaluation judge import their_list.csv --question "잠이 안 와요" --sample --out answers.jsonl
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.judging.lists.reading import read_lists
    from evaluation.judging.storing import write_answers
    from recommender.recommend.values import Question

    settings = Settings.from_environment(os.environ)
    asked = Question(text=question, reader_id=reader, language=language)
    try:
        lists = read_lists(file, asked, columns=columns_of(columns))
        with measuring_progress() as progress, chosen_library(library, settings, progress) as opened:
            shelves = shelves_of(opened)
            answers = tuple(shelves.matcher.answers(lists, shelves.readers, system=name or file.stem))
        write_answers(out, answers)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    books = [book for each in answers for book in each.books]
    held = sum(book.is_held for book in books)
    click.echo(f"{len(answers):,} answers in {out}; of {len(books):,} books the catalogue holds {held:,}")
