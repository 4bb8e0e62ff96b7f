"""`python -m evaluation tune-recommendations …`: better numbers for the recommendation part of a bundle."""

import os
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.case_library import FILE, asked_library, case_options
from evaluation.cli.lineage import dated_version, typed_command
from evaluation.cli.progress import measuring_progress
from recommender.errors import SeogaError
from recommender.settings import Settings

if TYPE_CHECKING:
    from evaluation.tuning.recommending import RecommendationTuning


@click.command("tune-recommendations")
@case_options
@click.option("--trials", type=click.IntRange(5), default=60, show_default=True, help="Bundles tried in each study.")
@click.option("--folds", type=click.IntRange(2), default=3, show_default=True, help="Parts for the cross-validation.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of everything that is drawn.")
@click.option("--bundle", type=FILE, help="Where the search starts, instead of the bundle in use.")
@click.option("--version", help="Of the new bundle.  [default: today's date]")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The new bundle's file.")
def tune_recommendations(file: Path, out: Path, **options: Any) -> None:
    """Search for better recommendation parameters, and write them as a new bundle.

    FILE holds cases as `recommendations` takes them. Every bundle is tried on an engine, about half a second each. The search
    parameters stay as they are: tune those first, and start from what came of it by --bundle. Nothing is put to use.

    \b
    Example:
      python -m evaluation tune collections/ours --out search.json
      python -m evaluation tune-recommendations sample/recommendation_cases.tsv --bundle search.json --out bundle.json
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from recommender.bundle import bundle_text

    try:
        tuning = _tune(file, options)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    _show(tuning)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(bundle_text(tuning.bundle), encoding="utf-8")
    click.echo(f"\n{out}: bundle {tuning.bundle.version}; put it to use by SEOGA_BUNDLE={shlex.quote(str(out))}")


def _tune(file: Path, options: dict[str, Any]) -> "RecommendationTuning":
    from evaluation.tuning import recommending
    from evaluation.tuning.study import StudyOptions
    from recommender.bundle import Lineage

    settings = Settings.from_environment(os.environ)
    settings = replace(settings, bundle=options["bundle"] or settings.bundle)
    study = StudyOptions(trials=options["trials"], folds=options["folds"], seed=options["seed"])
    with measuring_progress() as progress, asked_library(file, options, settings, progress) as (library, measurer):
        progress.begin("trying bundles", (study.folds + 1) * study.trials)
        return recommending.tune_recommendations(
            library.bundle,
            measurer,
            study,
            lineage=Lineage(
                parent=library.bundle.version,
                command=typed_command(),
                metric=recommending.METRIC,
                data=(f"{file.stem}: {len(measurer.judge.cases)}", *library.bundle.lineage.data),
                seed=study.seed,
            ),
            version=options["version"] or dated_version(),
            advance=progress.advance,
        )


def _show(tuning: "RecommendationTuning") -> None:
    from rich.table import Table

    from evaluation.relevance.outcome import interval, number
    from evaluation.relevance.report import table_console

    table = Table(title=f"nDCG@10 of candidates, bundle {tuning.bundle.lineage.parent} → {tuning.bundle.version}")
    for column in ("cases", "number", "before", "tuned", "held-out gain", "95 %"):
        table.add_column(column, justify="left" if column == "cases" else "right")
    for kind in tuning.kinds:
        gain = number(kind.gain.mean, signed=True)
        table.add_row(kind.name, f"{kind.cases}", number(kind.before), number(kind.after), gain, interval(kind.gain))
    console = table_console()
    console.print(table)
    for name, before in tuning.before.means.items():
        console.print(f"  {name}: {number(before)} → {number(tuning.after.means[name])} on the cases that chose")
    for path, (old, new) in tuning.changed.items():
        console.print(f"  {path}: {old} → {new}", highlight=False)
