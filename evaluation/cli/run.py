"""`python -m evaluation run …`: how good the answers to the queries of judged collections are."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from evaluation.cli.progress import measuring_progress
from recommender.errors import SeogaError
from recommender.settings import ENGINES, Settings

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)

MODES = ("lexical", "dense", "hybrid")


def _modes(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    if not wanted or set(wanted) - set(MODES):
        raise click.BadParameter(f"{value!r} is not some of {','.join(MODES)}")
    return wanted


@click.command()
@click.argument("folders", metavar="DIR…", nargs=-1, required=True, type=FOLDER)
@click.option("--engine", type=click.Choice(ENGINES), help="Instead of what SEOGA_ENGINE says.")
@click.option("--encoder", metavar="SPEC", help="Instead of what SEOGA_ENCODER says: bundled, or a model or folder.")
@click.option(
    "--bundle",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of search parameters instead of the one in use.",
)
@click.option(
    "--modes", default=",".join(MODES), show_default=True, callback=_modes, help="Which legs, comma-separated."
)
@click.option("--control", is_flag=True, help="Also with an untrained encoder: its gain is no merit of meaning.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only N queries of each, drawn at random.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the drawn queries, the tests and the control.")
@click.option("--json", "out", type=FILE, help="Write every figure to a file as well.")
@click.option("--queries", "queries_out", type=FILE, help="Write what each query got, one JSON object a line.")
@click.option("--cache", type=FOLDER, help="Where document vectors are kept.  [default: evaluation in the data folder]")
def run(
    folders: tuple[Path, ...], modes: tuple[str, ...], out: Path | None, queries_out: Path | None, **options: Any
) -> None:
    """Search judged collections as the product does, and measure what comes back.

    DIR holds corpus.jsonl, queries.jsonl and qrels.tsv (BEIR), or *queries.json and *relevant_docs.json instead of the
    last two. Every passage becomes a book, its text the description; a passage without a title is catalogued under its
    first line, since the catalogue takes no book without one. The library is made for the run and thrown away.

    \b
    Example:
      python -m evaluation run collections/school --control --json school.json
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.collections.reading import read_collection
    from evaluation.relevance.report import as_json, query_lines, show, table_console
    from evaluation.relevance.running import Runner, RunOptions
    from recommender.search.request import Mode

    console = table_console()
    try:
        settings = _settings(options)
        cache = options["cache"] or settings.data_dir / "evaluation"
        limit, seed = options["limit"], options["seed"]
        collections = [read_collection(folder).sample(limit, seed=seed) for folder in folders]
        wanted = RunOptions(modes=tuple(map(Mode, modes)), control=options["control"], seed=seed)
        outcomes = []
        for collection in collections:
            with measuring_progress() as progress:
                outcomes.append(Runner(settings, cache=cache, progress=progress).run(collection, wanted))
            show(outcomes[-1], console)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    if out:
        _write(out, [json.dumps([as_json(outcome) for outcome in outcomes], ensure_ascii=False, indent=2)])
    if queries_out:
        lines = (line for outcome in outcomes for line in query_lines(outcome))
        _write(queries_out, (json.dumps(line, ensure_ascii=False) for line in lines))


def _settings(options: Mapping[str, Any]) -> Settings:
    """The environment's settings, with what was given in their place."""
    given = {name: options[name] for name in ("engine", "encoder", "bundle") if options[name] is not None}
    return replace(Settings.from_environment(os.environ), **given)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
