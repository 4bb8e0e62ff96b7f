"""`python -m evaluation …`: how well and how fast the library answers."""

import click

from evaluation.cli.bench import bench


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure the library."""


main.add_command(bench)
