"""`python -m evaluation report …`: the figures of docs/relevance.md, measured again."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.progress import measuring_progress
from recommender.errors import InputError, SeogaError
from recommender.settings import Settings

if TYPE_CHECKING:
    from evaluation.report.measuring import Measurements

MARK = "<!-- figures: what follows is written by `python -m evaluation report` -->"


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, writable=True),
    required=True,
    help="The page whose figures are replaced: everything below its mark.",
)
@click.option("--limit", type=click.IntRange(10), default=1_000, show_default=True, help="Queries of each set.")
@click.option("--per-kind", type=click.IntRange(10), default=300, show_default=True, help="Known items of each kind.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of everything that is drawn.")
def report(data: Path, out: Path, limit: int, per_kind: int, seed: int) -> None:
    """Measure everything there are data for, and write the tables into a page.

    DATA is laid out like this: ir/ (judged collections), pairs/ (sentences that say the same), catalogues/, readers/. What
    is not there is left out. It takes about a quarter of an hour.

    \b
    Example:
      python -m evaluation report ../data --out docs/relevance.md
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.report.measuring import Measurements, ReportOptions

    try:
        text = out.read_text(encoding="utf-8")
        if MARK not in text:
            raise InputError(f"{out}: the line {MARK!r} is missing; put it where the figures belong")
        settings = Settings.from_environment(os.environ)
        options = ReportOptions(limit=limit, per_kind=per_kind, seed=seed)
        with measuring_progress() as progress:
            measurements = Measurements(settings, data, settings.data_dir / "evaluation", options, progress)
            lines = list(_lines(measurements, data))
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    out.write_text("\n".join([text[: text.index(MARK)] + MARK, "", *lines]) + "\n", encoding="utf-8")
    click.echo(f"{out}: figures written")


def _lines(measurements: "Measurements", data: Path) -> Iterator[str]:
    from evaluation.report.tables import known_item_table, question_tables, reader_table, translation_table

    questions = measurements.questions()
    if questions:
        conditions = questions[0].outcome.conditions
        yield f"Bundle {conditions.bundle}, encoder {conditions.encoder}, {conditions.engine} engine, seed {conditions.seed}."
        explained = (
            "nDCG@10; differences with their 95 % intervals, bold where all of the interval is on one side of 0."
        )
        yield from ("", "### Questions", "", explained, "")
        yield from question_tables(questions)
    translations = measurements.translations()
    if translations:
        yield from ("", "### Across languages", "", "MRR@10 of the translation.", "")
        yield from translation_table(translations)
    for catalogue in (data / "catalogues" / "ko_school_library.csv",):
        if catalogue.exists():
            yield from ("", f"### Known items: {catalogue.stem}", "")
            yield from known_item_table(measurements.known_items(catalogue))
    interactions, books = data / "readers" / "bx_interactions.csv", data / "catalogues" / "en_books.jsonl"
    if interactions.exists() and books.exists():
        yield from (
            "",
            "### Readers",
            "",
            f"Books that {books.name} describes, chosen by all that their readers read:",
            "",
        )
        yield from reader_table(measurements.readers(interactions, books))
        yield from ("", f"All books of {interactions.name}, held by their names alone:", "")
        yield from reader_table(measurements.readers_alone(interactions))
