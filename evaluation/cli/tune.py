"""`python -m evaluation tune …`: better numbers for a bundle, and what they are worth."""

import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.lineage import dated_version, typed_command
from evaluation.cli.progress import measuring_progress
from recommender.errors import SeogaError
from recommender.settings import Settings

if TYPE_CHECKING:
    from evaluation.tuning.searching import SearchTuning
    from evaluation.tuning.sets import QuerySet, Replays
    from indexer.progress import Progress
    from recommender.models import Book

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("folders", metavar="[DIR…]", nargs=-1, type=FOLDER)
@click.option("--known-items", "catalogues", multiple=True, type=FILE, help="Also ask for books of this catalogue.")
@click.option("--sample", is_flag=True, help="Also ask the sample library: graded questions, cases and titles.")
@click.option(
    "--per-kind", type=click.IntRange(1), default=60, show_default=True, help="Queries of each kind of those."
)
@click.option("--trials", type=click.IntRange(5), default=150, show_default=True, help="Bundles tried in each study.")
@click.option("--folds", type=click.IntRange(2), default=3, show_default=True, help="Parts for the cross-validation.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only N queries of each folder, drawn at random.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of everything that is drawn.")
@click.option("--control/--no-control", default=True, help="Beside an untrained encoder.  [default: with it]")
@click.option("--bundle", type=FILE, help="Where the search starts, instead of the bundle in use.")
@click.option("--version", help="Of the new bundle.  [default: today's date]")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The new bundle's file.")
@click.option("--cache", type=FOLDER, help="Where legs are kept.  [default: evaluation in the data folder]")
def tune(folders: tuple[Path, ...], catalogues: tuple[Path, ...], out: Path, **options: Any) -> None:
    """Search for better search parameters, and write them as a new bundle.

    DIR is a judged collection as `run` takes it. The queries are asked once; thousands of bundles are then tried on what
    came back. What is reported as gained was gained on queries that took no part in the choice. Nothing is put to use:
    look at the figures, then name the file in SEOGA_BUNDLE.

    \b
    Example:
      python -m evaluation tune collections/ours --known-items catalogue.csv --out bundle.json
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from recommender.bundle import bundle_text

    if not (folders or catalogues or options["sample"]):
        raise click.UsageError("name a judged collection, or a catalogue by --known-items, or say --sample")
    try:
        tuning = _tune(folders, catalogues, options)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    _show(tuning)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(bundle_text(tuning.bundle), encoding="utf-8")
    click.echo(f"\n{out}: bundle {tuning.bundle.version}; put it to use by SEOGA_BUNDLE={shlex.quote(str(out))}")


def _tune(folders: Sequence[Path], catalogues: Sequence[Path], options: dict[str, Any]) -> "SearchTuning":
    from evaluation.tuning.searching import METRIC, tune_search
    from evaluation.tuning.sets import counted
    from evaluation.tuning.study import StudyOptions
    from recommender.bundle import Lineage, load_bundle

    settings = Settings.from_environment(os.environ)
    cache = options["cache"] or settings.data_dir / "evaluation"
    path = options["bundle"] or settings.bundle
    parent = load_bundle(path) if path else load_bundle()
    sets = [*_judged(folders, options), *_known(catalogues, options), *(_sample(options) if options["sample"] else ())]
    study = StudyOptions(trials=options["trials"], folds=options["folds"], seed=options["seed"])
    lineage = Lineage(
        parent=parent.version,
        command=typed_command(),
        metric=METRIC,
        data=counted(sets),
        seed=study.seed,
    )
    with measuring_progress() as progress:
        replays = _replays(sets, settings, cache, progress)
        control = _control(sets, settings, cache, progress, options["seed"]) if options["control"] else None
        studies = 3 if control else 2
        progress.begin("trying bundles", studies * (study.folds + 1) * study.trials)
        return tune_search(
            parent,
            replays,
            control,
            study,
            lineage=lineage,
            version=options["version"] or dated_version(),
            advance=progress.advance,
        )


def _judged(folders: Sequence[Path], options: dict[str, Any]) -> "list[QuerySet]":
    from evaluation.collections.reading import read_collection
    from evaluation.tuning.sets import QuerySet

    return [QuerySet(read_collection(each).sample(options["limit"], seed=options["seed"])) for each in folders]


def _known(catalogues: Sequence[Path], options: dict[str, Any]) -> "list[QuerySet]":
    from evaluation.collections.catalogues import catalogue_books

    return [_titles(path.stem, catalogue_books(path), options) for path in catalogues]


def _sample(options: dict[str, Any]) -> "list[QuerySet]":
    """Its questions and cases, and its books as people ask for them: the only catalogue here that has descriptions."""
    from evaluation.cases.collections import case_collection, question_collection
    from evaluation.collections.catalogues import catalogue_books
    from evaluation.tuning.sets import QuerySet
    from indexer.cli.sample import SAMPLE

    books = catalogue_books(SAMPLE / "catalogue.csv", SAMPLE / "descriptions.jsonl")
    questions = question_collection("sample questions", SAMPLE / "relevance_questions.tsv", books)
    cases = case_collection("sample cases", SAMPLE / "relevance_cases.tsv", books)
    return [QuerySet(questions, books), QuerySet(cases, books), _titles("sample", books, options)]


def _titles(name: str, books: "tuple[Book, ...]", options: dict[str, Any]) -> "QuerySet":
    from evaluation.known_items.collections import known_item_collection
    from evaluation.tuning.sets import QuerySet

    asked = known_item_collection(f"titles of {name}", books, per_kind=options["per_kind"], seed=options["seed"])
    return QuerySet(asked, books)


def _replays(sets: "Sequence[QuerySet]", settings: Settings, cache: Path, progress: "Progress") -> "Replays":
    from evaluation.legs.query_sets import legs_of
    from evaluation.tuning.sets import Replays

    return Replays(
        sets,
        lambda collection, books: legs_of(collection, settings, cache=cache, progress=progress, books=books),
    )


def _control(sets: "Sequence[QuerySet]", settings: Settings, cache: Path, progress: "Progress", seed: int) -> "Replays":
    """The same sets with random vectors in the place of the encoder's."""
    from evaluation.control import write_control
    from recommender.encoding.static import BUNDLED_FOLDER

    with TemporaryDirectory(prefix="seoga-control-", ignore_cleanup_errors=True) as folder:
        weights = write_control(BUNDLED_FOLDER, Path(folder) / "random", seed=seed)
        return _replays(sets, replace(settings, encoder=str(weights)), cache, progress)


def _show(tuning: "SearchTuning") -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"nDCG@10, bundle {tuning.bundle.lineage.parent} → {tuning.bundle.version}")
    for column in ("set", "queries", "words before", "tuned", "held-out gain", "hybrid before", "tuned", "over words"):
        table.add_column(column, justify="left" if column == "set" else "right")
    table.add_column("control", justify="right")
    for each in tuning.sets:
        table.add_row(
            each.name,
            f"{each.queries}",
            f"{each.lexical_before:.3f}",
            f"{each.lexical:.3f}",
            _gain(each.lexical_gain),
            f"{each.hybrid_before:.3f}",
            f"{each.hybrid:.3f}",
            _gain(each.hybrid_gain),
            _gain(each.control_gain) if each.control_gain else "–",
        )
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(table)
    for path, (old, new) in tuning.changed.items():
        console.print(f"  {path}: {old} → {new}", highlight=False)


def _gain(difference: Any) -> str:
    return f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
