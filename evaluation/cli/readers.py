"""`python -m evaluation readers …`: whether a reader's next book is found from those read before."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.progress import measuring_progress
from recommender.errors import SeogaError
from recommender.settings import ENGINES, Settings

if TYPE_CHECKING:
    from evaluation.readers.measuring import Options
    from evaluation.readers.results import ReadersReport

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("file", type=EXISTING)
@click.option("--catalogue", type=EXISTING, help="The books' records: with it, all of the product's legs are measured.")
@click.option("--engine", type=click.Choice(ENGINES), help="Instead of what SEOGA_ENGINE says.")
@click.option("--encoder", metavar="SPEC", help="Instead of what SEOGA_ENCODER says: bundled, or a model or folder.")
@click.option("--bundle", type=EXISTING, help="A file of parameters instead of the one in use.")
@click.option("--k", type=click.IntRange(1, 50), default=10, show_default=True, help="Books recommended to each.")
@click.option("--seed", type=int, default=2026, show_default=True, help="Of the books drawn and the intervals.")
@click.option("--json", "out", type=click.Path(path_type=Path, dir_okay=False), help="Write every figure to a file.")
def readers(file: Path, catalogue: Path | None, k: int, seed: int, out: Path | None, **overrides: Any) -> None:
    """Take one book of each reader of FILE away and see which way of recommending finds it again.

    FILE is a history as the indexer takes it: CSV, JSON or JSONL with readers and titles or ISBNs. Where every book of a
    reader has a date, the last one is taken away; else a random one, and the table says of how many. Every reading
    counts the same, whatever its rating or weight.

    \b
    Example:
      python -m evaluation readers sample/history.json --catalogue sample/catalogue.csv
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.readers.measuring import Options
    from evaluation.readers.results import table

    try:
        report = _measured(file, catalogue, Options(k=k, seed=seed), overrides)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(table(report))
    if out is not None:
        out.write_text(json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _measured(file: Path, catalogue: Path | None, options: "Options", overrides: dict[str, Any]) -> "ReadersReport":
    from evaluation.readers.interactions import read_interactions
    from evaluation.readers.measuring import measure_readers, measure_readers_of
    from evaluation.temporary import load_catalogue, temporary_library

    interactions = read_interactions(file)
    given = {name: value for name, value in overrides.items() if value is not None}
    with temporary_library(replace(Settings.from_environment(os.environ), **given)) as library:
        if catalogue is None:
            return measure_readers(library, interactions, options, report=_say)
        with measuring_progress() as progress:
            load_catalogue(library, [catalogue], progress)
        return measure_readers_of(library, catalogue, interactions, options, report=_say)


def _say(message: str) -> None:
    click.echo(message, err=True)
