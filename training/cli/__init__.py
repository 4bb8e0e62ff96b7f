"""`python -m training …`: everything that is trained offline."""

import click

from training.cli.encoder import encoder


@click.group()
def main() -> None:
    """Train the models that come with the program."""


main.add_command(encoder)
