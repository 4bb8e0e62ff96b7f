"""The command's options, and what it prints."""

from pathlib import Path
from typing import Any

import click

from recommender.errors import SeogaError
from training.cli.lora.options import Options
from training.cli.lora.running import run
from training.cli.progress import shown_progress
from training.lora.recipe import Recipe

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
DEFAULTS = Recipe()

STOPPED = 130
"""The exit code of a program that Ctrl-C ended."""


@click.command()
@click.option(
    "--model",
    "models",
    required=True,
    multiple=True,
    help="NAME, NAME@REVISION of the model hub, or a folder; repeatable.",
)
@click.option(
    "--pairs",
    type=FILE,
    required=True,
    multiple=True,
    help="Questions, books and reasons: .jsonl of `export`, .json corpus, or .csv; repeatable.",
)
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Where a .csv has it: question=질문; repeatable."
)
@click.option(
    "--out", type=FOLDER, default=Path("data/lora"), show_default=True, help="A folder for each model is made in it."
)
@click.option(
    "--rate",
    "rates",
    type=float,
    multiple=True,
    default=DEFAULTS.rates,
    show_default=True,
    help="Learning rates to try; repeatable.",
)
@click.option(
    "--batch", "batches", type=click.IntRange(1), multiple=True, default=DEFAULTS.batches, show_default=True,
    help="Texts a step to try; repeatable.",
)  # fmt: skip
@click.option("--seed", type=int, default=DEFAULTS.seed, show_default=True)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another number of the recipe, as `epochs=2`; repeatable.",
)
@click.option(
    "--dtype", type=click.Choice(["auto", "float32", "bfloat16"]), default="auto", show_default=True,
    help="Numbers of the model; auto is bfloat16 where the machine gains by it.",
)  # fmt: skip
@click.option("--threads", type=click.IntRange(1), help="Threads of torch; another number changes the last digits.")
@click.option(
    "--texts", "written_about", type=click.IntRange(1), default=20, show_default=True,
    help="Held-out books that each model writes about, before and after.",
)  # fmt: skip
@click.option(
    "--unsupported", type=click.Choice(["leave-out", "learn"]), default="leave-out", show_default=True,
    help="What becomes of sentences that the book's record does not support.",
)  # fmt: skip
@click.option(
    "--judge",
    default="",
    metavar="GENERATOR",
    help="Who grades the texts: transformers:MODEL or openai, as SEOGA_GENERATOR.",
)
@click.option(
    "--judgements",
    type=FILE,
    multiple=True,
    help="Judgements of `python -m evaluation judge` for the table; repeatable.",
)
def lora(**options: Any) -> None:
    """Train adapters (LoRA) that write reasons, for one model or several, and print what they gained.

    Learning rate and batch size are searched for each model. A run that was stopped goes on by the same command, and
    ends with the same weights; what is finished is not done again.

    \b
    Example:
      python -m training lora --pairs accepted.jsonl --model Qwen/Qwen3-0.6B --model kakaocorp/kanana-1.5-2.1b-instruct-2505
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    told = Options(**options)
    try:
        with shown_progress() as progress:
            printed = run(told, progress)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("\nStopped. The same command goes on where it was.", err=True)
        raise SystemExit(STOPPED) from None
    click.echo(printed)
