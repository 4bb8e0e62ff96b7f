"""`python -m training lora`: adapters for language models that write the reasons."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from recommender.errors import InputError, SeogaError
from recommender.settings import Settings
from training.cli.progress import shown_progress
from training.lora.recipe import Recipe
from training.progress import Progress

if TYPE_CHECKING:
    from recommender.bundle import Bundle
    from recommender.generation.weights import Source
    from training.lora.reporting import BeforeAndAfter
    from training.lora.running import Outcome, Task, Tools
    from training.lora.support import Support
    from training.lora.values import Example

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
DEFAULTS = Recipe()

STOPPED = 130
"""The exit code of a program that Ctrl-C ended."""

PROBLEMS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Options:
    """What the command was told."""

    models: tuple[str, ...]
    pairs: tuple[Path, ...]
    columns: tuple[str, ...]
    out: Path
    rates: tuple[float, ...]
    batches: tuple[int, ...]
    seed: int
    settings: tuple[str, ...]
    dtype: str
    threads: int
    written_about: int
    unsupported: str
    judge: str
    judgements: tuple[Path, ...]


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
    told = _Options(**options)
    try:
        with shown_progress() as progress:
            printed = _run(told, progress)
    except SeogaError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("\nStopped. The same command goes on where it was.", err=True)
        raise SystemExit(STOPPED) from None
    click.echo(printed)


def _run(told: _Options, progress: Progress) -> str:
    """Read, train every model, draw and return the table."""
    _quiet_libraries()
    import torch

    from recommender.bundle import load_bundle
    from recommender.generation.weights import Source
    from recommender.text.morphemes import Analyzer
    from training.lora.running import Tools, fine_tune
    from training.lora.support import Support

    if told.threads:
        torch.set_num_threads(told.threads)
    settings = Settings.from_environment(os.environ)
    bundle = load_bundle(settings.bundle) if settings.bundle else load_bundle()
    support = Support(Analyzer(settings.user_dictionary, num_workers=1), bundle.recommend.generation.prompt)
    task = _task(told, _examples(told, bundle, support, progress), bundle, progress)
    tools = Tools(lambda name: _generator(settings, name), support, progress)
    models = [Source.of(model) for model in told.models]
    _check_names(models)
    outcomes = [fine_tune(model, task, tools) for model in models]
    return _reported(told, models, outcomes, task, tools)


def _examples(told: _Options, bundle: "Bundle", support: "Support", progress: Progress) -> "list[Example]":
    """The usable pairs; what is not used is told, and written to `problems.csv`."""
    from indexer.problems import write_problems
    from training.lora.reading import read_files

    found = read_files(told.pairs, columns_of(told.columns), bundle.recommend.enrichment)
    read = len(found.examples)
    if told.unsupported == "leave-out":
        supported = support.supported(found.examples)
        found.examples, found.problems = supported.examples, found.problems + supported.problems
    if not found.examples:
        first = found.problems[0].sentence() if found.problems else "the files are empty"
        raise InputError(f"no pair can be learned from; the first reason: {first}")
    progress.say(f"{len(found.examples):,} pairs to use, of {read:,} read; {len(found.problems):,} problems")
    for problem in found.problems[:PROBLEMS_SHOWN]:
        progress.say(f"  {problem.sentence()}")
    if found.problems:
        write_problems(told.out / "problems.csv", found.problems)
        progress.say(f"  all of them: {told.out / 'problems.csv'}")
    return found.examples


def _task(told: _Options, examples: "Sequence[Example]", bundle: "Bundle", progress: Progress) -> "Task":
    from training.lora.precision import fitting_dtype
    from training.lora.running import Task
    from training.lora.splitting import split

    recipe = changed_recipe(replace(DEFAULTS, seed=told.seed, rates=told.rates, batches=told.batches), told.settings)
    parts = split(examples, share=recipe.held_out, seed=recipe.seed)
    progress.say(f"{len(parts.train):,} pairs to learn, {len(parts.held_out):,} of other questions and books held out")
    generation = bundle.recommend.generation
    return Task(
        split=parts,
        recipe=recipe,
        prompt=generation.prompt,
        text_tokens=generation.max_tokens,
        written_about=told.written_about,
        dtype=fitting_dtype() if told.dtype == "auto" else told.dtype,
        out=told.out,
    )


def _reported(
    told: _Options, models: "Sequence[Source]", outcomes: "Sequence[Outcome]", task: "Task", tools: "Tools"
) -> str:
    """Draw the losses, let judges speak, and return the table and what to do next."""
    from training.lora.curves import draw_curves, read_curves
    from training.lora.reporting import aligned, table
    from training.lora.writing import shares_of, texts_of_examples

    folders = [told.out / model.folder_name for model in models]
    panels = [
        (outcome.model, read_curves(folder / "history.csv")) for outcome, folder in zip(outcomes, folders, strict=True)
    ]
    pictures = draw_curves(panels, told.out)
    fitness = _fitness(told, models, task, tools)
    (told.out / "outcomes.json").write_text(json.dumps([asdict(each) for each in outcomes], indent=1), encoding="utf-8")
    written_about = task.split.held_out[: task.written_about]
    people = shares_of(texts_of_examples(written_about, tools.support))
    lines = [
        aligned(table(outcomes, fitness)),
        f"The pairs' own texts: tidy {people.tidy:.2f}, grounded {people.grounded:.2f}, shown {people.shown:.2f}.",
        f"Losses: {', '.join(str(picture) for picture in pictures)}",
        *(
            f"SEOGA_GENERATOR=transformers:{model}+{folder / 'adapter'}"
            for model, folder in zip(models, folders, strict=True)
        ),
    ]
    return "\n".join(lines)


def _fitness(told: _Options, models: "Sequence[Source]", task: "Task", tools: "Tools") -> "dict[str, BeforeAndAfter]":
    """What judges gave each model's texts; the texts are put beside its adapter for judges who come later."""
    from evaluation.judging.grading import ModelJudge
    from training.lora.fitness import fitness_of, judge_answers, read_judgements, stored_answers, write_answers
    from training.lora.running import texts_of

    answers = {}
    for model in models:
        for when in ("before", "after"):
            system = f"{model.folder_name} {when}"
            texts = texts_of(model, task, when)
            answers[system] = stored_answers(system, task.split.held_out[: task.written_about], texts)
            write_answers(told.out / model.folder_name / f"answers-{when}.jsonl", answers[system])
    kept = told.out / "judgements.jsonl"
    if told.judge:
        judge = ModelJudge(told.judge, tools.open_generator(told.judge))
        given = [answer for system in answers.values() for answer in system]
        judge_answers(given, judge, kept, lambda done, total: tools.progress.show("judging", done, total))
    judgements = read_judgements([*told.judgements, *([kept] if kept.exists() else [])])
    return {
        str(model): (
            fitness_of(f"{model.folder_name} before", judgements),
            fitness_of(f"{model.folder_name} after", judgements),
        )
        for model in models
    }


def _generator(settings: Settings, name: str) -> Any:
    from recommender.generation.factory import create_generator

    return create_generator(replace(settings, generator=name))


def _quiet_libraries() -> None:
    """Keep the libraries' own bars off the screen, and the same sums in the same order on a graphics card."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    from transformers.utils import logging

    logging.disable_progress_bar()


def _check_names(models: "Sequence[Source]") -> None:
    """Two models of one name would write into one folder."""
    for model in models:
        if sum(model.folder_name == other.folder_name for other in models) > 1:
            raise InputError(
                f"--model {model}: another model's folder is called {model.folder_name} as well; rename one, or train it apart"
            )


def columns_of(settings: Sequence[str]) -> dict[str, str]:
    """Field → column, from `field=column` texts.

    Raises:
        InputError: a text is none, or a field is not known.
    """
    from training.lora.table import OPTIONAL, REQUIRED

    columns = {}
    for setting in settings:
        name, _, column = setting.partition("=")
        if name not in (*REQUIRED, *OPTIONAL) or not column:
            raise InputError(
                f"--column {setting}: write FIELD=COLUMN with a field of {', '.join((*REQUIRED, *OPTIONAL))}"
            )
        columns[name] = column
    return columns


def changed_recipe(recipe: Recipe, settings: Sequence[str]) -> Recipe:
    """The recipe with some of its numbers changed, each given as `name=value`.

    Raises:
        InputError: a name is no number of the recipe, or its value is none or not above zero where it has to be.
    """
    numbers = {each.name for each in fields(Recipe) if not get_args(each.type)}
    changed: dict[str, Any] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in numbers:
            raise InputError(
                f"--set {setting}: {name!r} is no number of the recipe; choose {', '.join(sorted(numbers))}"
            )
        try:
            changed[name] = type(getattr(recipe, name))(value)
        except ValueError as error:
            raise InputError(f"--set {setting}: {value!r} is not a number of the right kind") from error
    return replace(recipe, **changed)
