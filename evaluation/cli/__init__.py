"""`python -m evaluation …`: how well and how fast the library answers."""

import click

from evaluation.cli.appeal import appeal
from evaluation.cli.bench import bench
from evaluation.cli.cases import cases, questions
from evaluation.cli.collection import collection
from evaluation.cli.compare import compare
from evaluation.cli.grounding import grounding
from evaluation.cli.judge import judge
from evaluation.cli.known_items import known_items
from evaluation.cli.readers import readers
from evaluation.cli.recommendations import recommendations
from evaluation.cli.report import report
from evaluation.cli.run import run
from evaluation.cli.tune import tune
from evaluation.cli.tune_recommendations import tune_recommendations


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure the library."""


main.add_command(appeal)
main.add_command(bench)
main.add_command(cases)
main.add_command(collection)
main.add_command(compare)
main.add_command(grounding)
main.add_command(judge)
main.add_command(known_items)
main.add_command(questions)
main.add_command(readers)
main.add_command(recommendations)
main.add_command(report)
main.add_command(run)
main.add_command(tune)
main.add_command(tune_recommendations)
