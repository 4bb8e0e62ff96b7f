"""`python -m evaluation recommendations …`: how well candidates suit, with all legs and without each."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from evaluation.cli.case_library import FILE, asked_library, case_options
from evaluation.cli.progress import measuring_progress
from recommender.errors import SeogaError
from recommender.settings import Settings


@click.command()
@case_options
@click.option("--bundle", type=FILE, help="Parameters other than those in use.")
@click.option("--worst", type=click.IntRange(0), default=5, show_default=True, help="Cases shown at the low end.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the intervals.")
@click.option(
    "--json", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write every figure to a file too."
)
def recommendations(file: Path, worst: int, seed: int, out: Path | None, **options: Any) -> None:
    """Measure which books are found for questions, answers and readers: nDCG@10 of the candidates, without a generator.

    FILE is a table with the columns query, reader, answers (mood=tired | effect=comfort), language, best and fitting, one
    case a line, several books separated by |. docs/relevance.md says how to write one.

    \b
    Example:
      python -m evaluation recommendations sample/recommendation_cases.tsv --worst 10
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.recommending.report import as_json, show
    from evaluation.relevance.report import table_console

    settings = Settings.from_environment(os.environ)
    settings = replace(settings, bundle=options["bundle"] or settings.bundle)
    try:
        with measuring_progress() as progress, asked_library(file, options, settings, progress) as (library, measurer):
            progress.begin("asking", None)
            whole = measurer.measure(library.bundle)
            without = measurer.ablations(library.bundle)
            version, encoder = library.bundle.version, library.encoder.name
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    show(measurer, whole, without, table_console(), bundle=version, worst=worst, seed=seed)
    if out:
        figures = {"bundle": version, "encoder": encoder, **as_json(measurer, whole, without, seed=seed)}
        out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
