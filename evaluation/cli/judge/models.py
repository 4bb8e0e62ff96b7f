"""`judge model`: a model as a judge."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.judge.options import FILE, NEW_FILE
from evaluation.cli.progress import measuring_progress
from recommender.errors import InputError, SeogaError
from recommender.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.judging.storing import JudgementFile
    from evaluation.judging.systems import Generators
    from evaluation.judging.values import StoredAnswer
    from indexer.progress import Progress


@click.command()
@click.argument("answers", type=FILE, nargs=-1, required=True)
@click.option("--by", "spec", required=True, metavar="GENERATOR", help="transformers:<name or folder>, or openai.")
@click.option("--as", "name", help="The judge's name in reports; the model's unless told.")
@click.option("--out", type=NEW_FILE, required=True, help="The file of judgements, added to.")
def model(answers: tuple[Path, ...], spec: str, name: str | None, out: Path) -> None:
    """Let a model grade the books of ANSWERS.

    It can answer nothing but one of the rubric's six lines. What the same judge has graded already in the file is not
    asked again, so a run that was stopped goes on where it was. A small model is a weak judge: see docs/judging.md.

    \b
    Example:
      python -m evaluation judge model answers.jsonl --by transformers:Qwen/Qwen3-0.6B --out judgements.jsonl
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from evaluation.judging.storing import JudgementFile, read_answers
    from evaluation.judging.systems import Generators

    try:
        generators = Generators(Settings.from_environment(os.environ))
        given = read_answers(answers)
        with measuring_progress() as progress:
            said = judged_by(spec, given, JudgementFile(out), generators, progress, name=name)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{said}; see them with: python -m evaluation judge report {out}")


def judged_by(
    spec: str,
    answers: "Sequence[StoredAnswer]",
    file: "JudgementFile",
    generators: "Generators",
    progress: "Progress",
    *,
    name: str | None = None,
) -> str:
    """Judge the answers with a generator's model, and say in a sentence what came of it.

    Raises:
        InputError: the generator has no model.
        GeneratorError: the model failed; what it had judged is in the file.
    """
    from evaluation.judging.grading import ModelJudge
    from evaluation.judging.running import judge_all, named_judge
    from recommender.generation.base import COMPOSED

    if spec == COMPOSED:
        raise InputError("composed has no model and cannot judge; name one: transformers:<name or folder>, or openai")
    generator = generators.named(spec)
    judge = ModelJudge(name or named_judge(generator), generator)
    return judge_all(judge, answers, file, progress)
