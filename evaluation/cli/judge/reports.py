"""`judge report` and `judge rubric`: what judges said, and what they go by."""

import json
import os
from pathlib import Path

import click

from evaluation.cli.judge.options import FILE, NEW_FILE, prices_of
from recommender.errors import SeogaError
from recommender.settings import Settings


@click.command()
@click.argument("judgements", type=FILE, nargs=-1, required=True)
@click.option(
    "--answers", type=FILE, multiple=True, help="With their answers: tokens, seconds and failures, too. Repeatable."
)
@click.option("--seed", type=int, default=2026, show_default=True, help="Of the intervals.")
@click.option("--json", "out", type=NEW_FILE, help="Write every figure to a file.")
def report(judgements: tuple[Path, ...], answers: tuple[Path, ...], seed: int, out: Path | None) -> None:
    """Put files of JUDGEMENTS together: means with their intervals, differences, and how far judges agree.

    \b
    Example:
      python -m evaluation judge report librarians.jsonl model.jsonl --answers answers.jsonl
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.judging.figures import figures_of
    from evaluation.judging.report import Report
    from evaluation.judging.storing import read_answers, read_judgements
    from evaluation.judging.tables import as_json, comparison
    from evaluation.relevance.report import table_console

    try:
        prices = prices_of(Settings.from_environment(os.environ))
        figures = figures_of(read_answers(answers), prices) if answers else ()
        made = Report(read_judgements(judgements), seed=seed, order=[each.system for each in figures])
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    console = table_console()
    for table in comparison(figures, made, currency=prices.currency, seed=seed):
        console.print(table)
    if out:
        content = as_json(figures, made, currency=prices.currency, seed=seed)
        out.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@click.command()
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
def rubric(language: str) -> None:
    """Print what each grade means.

    \b
    Example:
      python -m evaluation judge rubric --language en
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.judging.rubric import read_rubric

    read = read_rubric(language)
    click.echo(f"{'기준' if language == 'ko' else 'Rubric'} {read.version}")
    for grade in reversed(read.grades):
        click.echo(f"  {grade.number}  {grade.label}: {grade.anchor}")
