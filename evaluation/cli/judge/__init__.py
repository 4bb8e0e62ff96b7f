"""`python -m evaluation judge …`: how well recommended books fit, on a scale from 0 to 5."""

import click

from evaluation.cli.judge.answers import answer, import_list
from evaluation.cli.judge.models import model
from evaluation.cli.judge.pages import page
from evaluation.cli.judge.reports import report, rubric


@click.group()
def judge() -> None:
    """Judge how well recommended books fit, from 0 to 5: by models or by people.

    First get answers into a file, from the product (`answer`, or `python -m evaluation compare`) or from anybody's list
    (`import`); then judge them with a model (`model`) or on a page (`page`), as often as there are judges; then see what
    they say and how far they agree (`report`). docs/judging.md tells how a day of blind judging goes.

    \b
    Example:
      python -m evaluation judge answer sample/recommendation_cases.tsv --sample --limit 20 --out answers.jsonl
      python -m evaluation judge page answers.jsonl --out judgements.jsonl
      python -m evaluation judge report judgements.jsonl
    """  # noqa: D301 (click reads a backspace as: keep these lines)


for command in (answer, import_list, model, page, report, rubric):
    judge.add_command(command)
