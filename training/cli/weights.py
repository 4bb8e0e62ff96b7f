"""`python -m training merge` and `publish`: what becomes of a finished adapter."""

import os
from pathlib import Path

import click

from recommender.errors import SeogaError

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("model")
@click.argument("adapter")
@click.argument("out", type=FOLDER)
def merge(model: str, adapter: str, out: Path) -> None:
    """Work an ADAPTER into its MODEL and write the new model to the folder OUT.

    It loads like any other model, without the package peft.

    \b
    Example:
      python -m training merge Qwen/Qwen3-0.6B data/lora/Qwen--Qwen3-0.6B/adapter data/models/our-librarian
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from recommender.generation.weights import Source
    from training.lora.merging import merge as merge_weights

    try:
        merged = merge_weights(Source.of(model), Source.of(adapter), out)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"No logit is off by more than {merged.largest_difference:.2g}; written in {merged.dtype}.")
    click.echo(f"SEOGA_GENERATOR=transformers:{out}")


@click.command()
@click.argument("folder", type=FOLDER)
@click.argument("name", metavar="ACCOUNT/NAME")
@click.option("--licence", required=True, help="Of the weights, as hubs write it: apache-2.0.")
@click.option("--data", required=True, help="What was learned from, and what allows to hand it on; goes into the card.")
@click.option("--base", default="", help="The model on the hub, where the adapter was trained on a folder.")
@click.option("--public", is_flag=True, help="For everybody to see; otherwise for the account alone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def publish(folder: Path, name: str, licence: str, data: str, base: str, *, public: bool, yes: bool) -> None:
    """Put the weights in FOLDER on a model hub as ACCOUNT/NAME, and print the commit to pin.

    The token is that of HF_TOKEN or of `hf auth login`; HF_ENDPOINT names another hub. Weights can repeat what they
    learned: what may not be handed on may not be published in them.

    \b
    Example:
      python -m training publish data/lora/Qwen--Qwen3-0.6B/adapter our-library/librarian --licence apache-2.0 \\
          --data "Texts written by our librarians, released under CC0"
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from huggingface_hub import get_token

    from training.lora.card import Declared
    from training.lora.publishing import publish as publish_weights

    token = os.environ.get("HF_TOKEN") or get_token()
    if not token:
        raise click.ClickException("there is no token of a hub account; set HF_TOKEN, or run `hf auth login`")
    who = "everybody" if public else "the account alone"
    if not yes:
        click.confirm(
            f"Publish {folder} as {name}, visible to {who}; learned from: {data}. May that be handed on?", abort=True
        )
    try:
        published = publish_weights(folder, name, Declared(licence, data, base), token=token, private=not public)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} at commit {published.commit}")
    click.echo(published.setting)
