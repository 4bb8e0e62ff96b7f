"""`python -m training …`: everything that is trained offline."""

import click

from training.cli.encoder import encoder
from training.cli.lora import lora


@click.group()
def main() -> None:
    """Train the models that come with the program."""


for command in (encoder, lora):
    main.add_command(command)
