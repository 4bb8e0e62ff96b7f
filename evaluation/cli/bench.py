"""`python -m evaluation bench …`: how fast searches are, beside the least code that does the same work."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from recommender.errors import SeogaError

FILE = click.Path(path_type=Path, dir_okay=False)

DEFAULT_SIZES = (10_000, 100_000)
BUNDLED_CATALOGUE = Path(__file__).resolve().parents[2] / "sample" / "catalogue.csv"


@click.group(invoke_without_command=True)
@click.pass_context
def bench(context: click.Context) -> None:
    """Time searches: of the engines beside their floors, then of whole requests. Without a command, both."""
    if context.invoked_subcommand is None:
        context.invoke(engine)
        context.invoke(http)


@bench.command()
@click.option("--books", "sizes", type=click.IntRange(200), multiple=True, default=DEFAULT_SIZES, show_default=True)
@click.option("--queries", type=click.IntRange(1), default=200, show_default=True, help="Different queries.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="Timed answers to each.")
@click.option("--dims", type=click.IntRange(2), default=384, show_default=True, help="Length of the vectors.")
@click.option("--shape", "shapes", multiple=True, help="simple, legs, retrieval; all of them unless named.")
@click.option("--elasticsearch", metavar="URL", help="Also on this cluster, in indices that are removed afterwards.")
@click.option("--no-embedded", is_flag=True, help="Only on the cluster.")
@click.option("--cpu-time", is_flag=True, help="Processor time instead of the clock's, for a machine that is busy.")
@click.option("--json", "out", type=FILE, help="Write every figure to a file as well.")
def engine(sizes: tuple[int, ...], out: Path | None, **options: Any) -> None:
    """Time hybrid searches of synthetic books beside the raw libraries, or a raw _msearch, on the same data.

    Words and query vector are given; ids and the ranks of each leg come out. Times are in milliseconds. For figures to
    be compared with others, keep the process on one core: taskset -c 0 on Linux.

    \b
    Example:
      python -m evaluation bench engine --books 10000 --elasticsearch http://127.0.0.1:9200
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.bench import engines
    from evaluation.bench.report import as_json, machine, table

    try:
        rows = engines.compare_all(sizes, engines.Options(**options), report=_say)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(table(rows))
    _write(out, {"machine": machine(), "comparisons": as_json(rows)})


@bench.command()
@click.option(
    "--catalogue",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=BUNDLED_CATALOGUE,
    help="CSV, JSON, JSONL or Excel; the sample library unless told.",
)
@click.option("--requests", type=click.IntRange(4), default=200, show_default=True, help="Timed requests.")
@click.option("--json", "out", type=FILE, help="Write every figure to a file as well.")
def http(catalogue: Path, requests: int, out: Path | None) -> None:
    """Load a catalogue into a fresh data folder, serve it, and time whole searches over HTTP stage by stage.

    \b
    Example:
      python -m evaluation bench http --catalogue library.csv
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.bench.report import machine, serving_report
    from evaluation.bench.serving import measure_serving

    try:
        figures = measure_serving(catalogue, requests=requests, report=_say)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(serving_report(figures))
    _write(out, {"machine": machine(), "serving": figures.as_json()})


@bench.command()
@click.option("--model", default="random:0.1b", show_default=True, help="A folder, a name on the hub, or random:SHAPE.")
@click.option("--tokens", type=click.IntRange(1), default=60, show_default=True, help="Of each text, two a book.")
@click.option("--runs", type=click.IntRange(1), default=5, show_default=True, help="Timed answers of each way.")
@click.option("--candidates", type=click.IntRange(1, 50), default=20, show_default=True)
@click.option("--size", type=click.IntRange(1, 10), default=3, show_default=True, help="Books in an answer.")
@click.option(
    "--format",
    "number_format",
    default="auto",
    show_default=True,
    help="Of our weights: auto, float32, bfloat16 or int8.",
)
@click.option("--cpu-time", is_flag=True, help="Processor time instead of the clock's, for a machine that is busy.")
@click.option("--answers", type=click.IntRange(1), help="Instead: have it answer so often, and count what is wrong.")
def generation(model: str, answers: int | None, number_format: str, **options: Any) -> None:
    """Time explained books of the sample library beside one prompt that asks for JSON, with the same model.

    \b
    Example:
      python -m evaluation bench generation --model random:0.6b
      python -m evaluation bench generation --model random:tiny --answers 1000
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.bench.generation import Comparing, compare, judge_answers
    from evaluation.bench.generation_report import answers_report, generation_report
    from evaluation.cli.libraries import live_or_made_of
    from recommender.generation.local.loading import NumberFormat
    from recommender.settings import Settings

    try:
        with live_or_made_of([BUNDLED_CATALOGUE], Settings()) as library:
            if answers:
                click.echo(answers_report(judge_answers(library, model, answers, report=_say)))
                return
            comparing = Comparing(model=model, number_format=NumberFormat(number_format), **options)
            click.echo(generation_report(compare(library, comparing, report=_say)))
    except (SeogaError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def _say(message: str) -> None:
    click.echo(message, err=True)


def _write(out: Path | None, figures: Mapping[str, Any]) -> None:
    if out is not None:
        out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
