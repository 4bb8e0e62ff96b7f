"""`python -m training …`: everything that is trained offline."""

import click

from training.cli.encoder import encoder
from training.cli.export import export
from training.cli.lora import lora
from training.cli.weights import merge, publish


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Train the models that come with the program."""


for command in (encoder, export, lora, merge, publish):
    main.add_command(command)
