"""One call: read the pairs, train every model, report."""

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from recommender.errors import InputError
from recommender.settings import Settings
from training.cli.lora.options import Options, changed_recipe, columns_of
from training.cli.lora.reporting import reported
from training.lora.recipe import Recipe
from training.progress import Progress

if TYPE_CHECKING:
    from recommender.bundle import Bundle
    from recommender.generation.weights import Source
    from training.lora.running import Task
    from training.lora.support import Support
    from training.lora.values import Example

PROBLEMS_SHOWN = 5
"""On the screen; a file has all of them."""


def run(told: Options, progress: Progress) -> str:
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
    return reported(told, models, outcomes, task, tools)


def _examples(told: Options, bundle: "Bundle", support: "Support", progress: Progress) -> "list[Example]":
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


def _task(told: Options, examples: Sequence["Example"], bundle: "Bundle", progress: Progress) -> "Task":
    from training.lora.precision import fitting_dtype
    from training.lora.running import Task
    from training.lora.splitting import split

    recipe = changed_recipe(replace(Recipe(), seed=told.seed, rates=told.rates, batches=told.batches), told.settings)
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


def _generator(settings: Settings, name: str) -> Any:
    from recommender.generation.factory import create_generator

    return create_generator(replace(settings, generator=name))


def _quiet_libraries() -> None:
    """Keep the libraries' own bars off the screen, and the same sums in the same order on a graphics card."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    from transformers.utils import logging

    logging.disable_progress_bar()


def _check_names(models: Sequence["Source"]) -> None:
    """Two models of one name would write into one folder."""
    for model in models:
        if sum(model.folder_name == other.folder_name for other in models) > 1:
            raise InputError(
                f"--model {model}: another model's folder is called {model.folder_name} as well; rename one, or train it apart"
            )
