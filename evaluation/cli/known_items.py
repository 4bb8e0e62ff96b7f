"""`python -m evaluation known-items …`: whether a book that somebody knows of is found however they type it."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from evaluation.cli.libraries import live_or_made_of
from recommender.errors import SeogaError
from recommender.settings import ENGINES, Settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("known-items")
@click.argument("catalogue", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--live", is_flag=True, help="Ask the running library instead of loading a catalogue.")
@click.option("--engine", type=click.Choice(ENGINES), help="Instead of the setting's.")
@click.option("--encoder", help="Instead of the setting's: bundled, or sentence-transformers:<model>.")
@click.option("--bundle", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Parameters to measure.")
@click.option("--mode", type=click.Choice(("lexical", "dense", "hybrid")), default="hybrid", show_default=True)
@click.option("--per-kind", type=click.IntRange(1), default=200, show_default=True, help="Queries of each kind.")
@click.option("--seed", type=int, default=2026, show_default=True, help="Which books are asked for.")
@click.option("--kinds", help="Names separated by commas; all kinds unless told.")
@click.option("--worst", type=click.IntRange(0), default=3, show_default=True, help="Failures shown of each kind.")
@click.option("--json", "out", type=FILE, help="Write every query and its place to a file as well.")
def known_items(
    catalogue: Path | None,
    *,
    live: bool,
    mode: str,
    per_kind: int,
    seed: int,
    kinds: str | None,
    worst: int,
    out: Path | None,
    **overrides: Any,
) -> None:
    """Ask for books of CATALOGUE as people type what they remember, and report where they come.

    The file is loaded by the product's own loader into a folder that is removed afterwards. A hit is any work with the
    title that was meant; an interval is that of 95 % over the queries.

    \b
    Example:
      python -m evaluation known-items sample/catalogue.csv --kinds exact,misspelt --worst 5
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.known_items.measuring import Options, kinds_named, measure_known_items
    from evaluation.known_items.results import table
    from recommender.search.request import Mode

    if live == (catalogue is not None):
        raise click.UsageError("name a catalogue file, or say --live, not both")
    try:
        named = kinds_named([name.strip() for name in kinds.split(",")] if kinds else ())
        options = Options(mode=Mode(mode), per_kind=per_kind, seed=seed, kinds=named)
        with live_or_made_of([catalogue] if catalogue else (), _settings(overrides)) as library:
            name = catalogue.name if catalogue else "the live catalogue"
            report = measure_known_items(library, name, options, report=_say)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(table(report, worst=worst))
    if out is not None:
        out.write_text(json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _settings(overrides: dict[str, Any]) -> Settings:
    given = {name: value for name, value in overrides.items() if value is not None}
    return replace(Settings.from_environment(os.environ), **given)


def _say(message: str) -> None:
    click.echo(message, err=True)
