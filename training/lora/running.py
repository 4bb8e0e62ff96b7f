"""One model from its untrained adapter to a measured one; every finished part is kept, and taken from there."""

import csv
import gc
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from recommender.errors import GeneratorError, InputError
from recommender.generation.base import Generator
from recommender.generation.weights import Source
from training.checkpoint import Checkpoint
from training.files import texts_digest, whole_file
from training.lora.card import write_facts
from training.lora.learning import Material, Measured, Plan, Trainer
from training.lora.memory import peak_memory
from training.lora.model import Adapted, load_adapted
from training.lora.pairs import pair_line
from training.lora.recipe import Recipe
from training.lora.searching import Search, Tried, plans_of, search
from training.lora.splitting import Split
from training.lora.support import Support
from training.lora.tokens import Sample, prompt_of, samples_of
from training.lora.values import Example, Found, Part
from training.lora.writing import Shares, Text, kept_texts, shares_of, written_texts
from training.progress import Progress

BEFORE, AFTER = "before", "after"
ADAPTER = "adapter"
"""The folder of the finished adapter, in peft's own layout."""

TO_THE_END = 1_000_000
"""Measurements: more than any training takes."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is the same for all models of a call.

    Args:
        split: what to learn, what to measure on.
        recipe: every tunable.
        prompt: version of the prompts.
        text_tokens: of one written text at most.
        written_about: how many held-out books are written about, before and after.
        dtype: float32 or bfloat16.
        out: a folder for each model is made in it.
    """

    split: Split
    recipe: Recipe
    prompt: str
    text_tokens: int
    written_about: int
    dtype: str
    out: Path


@dataclass(frozen=True, slots=True)
class Tools:
    """What works: opens a generator by its setting, checks texts, tells what is done."""

    open_generator: Callable[[str], Generator]
    support: Support
    progress: Progress


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one model; losses in nats a token of held-out answers unless source otherwise."""

    model: str
    trained: int  # numbers in the adapter
    targets: tuple[str, ...]
    plan: Plan
    epochs: float
    untrained_loss: float
    train_loss: float
    held_out_loss: float
    search_seconds: float  # of the plans that were not chosen
    train_seconds: float
    peak_bytes: int  # since this training was last begun or resumed
    before: Shares
    after: Shares


def fine_tune(source: Source, task: Task, tools: Tools) -> Outcome:
    """Train an adapter for one model, or take it from an earlier call, and let both write.

    Raises:
        GeneratorError: the model cannot be loaded, or cannot write.
    """
    work = _work_folder(source, task)
    before = _shares(source, task, tools, BEFORE, str(source))
    fitted = _kept(work / "fitted.json") or _fit(source, task, tools)
    gc.collect()  # the product's own backend loads the model again, to write with it
    after = _shares(source, task, tools, AFTER, f"{source}+{work.parent / ADAPTER}")
    outcome = replace(fitted, before=before, after=after)
    write_facts(work.parent / ADAPTER, _facts(task, outcome))
    return outcome


def _facts(task: Task, outcome: Outcome) -> dict[str, Any]:
    """What a model card will say."""
    return {
        "model": outcome.model,
        "prompt": task.prompt,
        "languages": sorted({example.language for example in task.split.train}),
        "pairs": len(task.split.train),
        "held_out": len(task.split.held_out),
        "recipe": asdict(task.recipe),
        "outcome": asdict(outcome),
    }


def texts_of(source: Source, task: Task, when: str) -> list[Text]:
    """What a model wrote before or after it was fine-tuned."""
    return kept_texts(_work_folder(source, task) / f"{when}.jsonl")


def _work_folder(source: Source, task: Task) -> Path:
    """Where everything that this training made is kept; another recipe, other pairs or other prompts mean another folder."""
    settings = [str(source), repr(task.recipe), task.dtype, str(task.text_tokens)]
    asked = (
        text for side in (task.split.train, task.split.held_out) for example in side for text in _asked(example, task)
    )
    return task.out / source.folder_name / f"work-{texts_digest([*settings, *asked])}"


def _asked(example: Example, task: Task) -> Iterator[str]:
    """The pair, and the prompts' own words: a version's text may be changed."""
    yield pair_line(example)
    for part in Part:
        prompt = prompt_of(example, part, task.prompt)
        yield from (prompt.system, prompt.user)


def _fit(source: Source, task: Task, tools: Tools) -> Outcome:
    """Search, train to the end, and put the adapter into its folder."""
    work = _work_folder(source, task)
    adapted = load_adapted(source, task.recipe, dtype=task.dtype)
    material, found = _material(adapted, task)
    for problem in found.problems:
        tools.progress.say(problem.sentence())
    untrained = adapted.weights()

    def training(plan: Plan) -> Trainer:
        checkpoint = Checkpoint(work / f"{plan.rate:g}-{plan.batch}.pt")
        phase = f"{source.folder_name} {plan}"
        return Trainer(
            adapted, untrained, material, plan, task.recipe, checkpoint=checkpoint,
            tell=lambda done, total: tools.progress.show(phase, done, total),
        )  # fmt: skip

    with peak_memory() as peak, told_if_too_large(source):
        searched = search(plans_of(task.recipe), training, tools.progress.say)
        chosen = training(searched.chosen)
        chosen.advance(TO_THE_END)
    adapted.take(chosen.best_weights())
    tried = (Tried(searched.chosen, chosen.measured), *searched.tried[1:])
    _save_adapter(adapted, work.parent / ADAPTER)
    _write_history(work.parent / "history.csv", Search(tried))
    outcome = _outcome(source, adapted, Search(tried), chosen.best, peak.bytes)
    with whole_file(work / "fitted.json") as unfinished:
        unfinished.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
    return outcome


@contextmanager
def told_if_too_large(source: Source) -> Iterator[None]:
    """Say what to do where the memory does not suffice."""
    try:
        yield
    except RuntimeError as error:  # what torch raises, for want of memory above all
        reason = str(error).strip().partition("\n")[0]
        raise GeneratorError(
            f"{source}: {reason}; learn fewer texts at once (--set texts_at_once=1), shorter ones (--set max_tokens=512), "
            "or a smaller model"
        ) from error


def _material(adapted: Adapted, task: Task) -> tuple[Material, Found]:
    found = Found()
    most = min(task.recipe.max_tokens, adapted.window)

    def samples(examples: Sequence[Example]) -> list[Sample]:
        made, problems = samples_of(examples, adapted.tokenizer, task.prompt, max_tokens=most)
        found.add(problems)
        if not made:
            first = problems.problems[0].sentence()
            raise InputError(f"{adapted.name}: no text fits; the first reason: {first}")
        return made

    return Material(samples(task.split.train), samples(task.split.held_out)), found


def _outcome(source: Source, adapted: Adapted, searched: Search, best: Measured, peak_bytes: int) -> Outcome:
    chosen, *others = searched.tried
    nothing = Shares(0, 0.0, 0.0, 0.0)
    return Outcome(
        model=str(source),
        trained=adapted.trained,
        targets=adapted.targets,
        plan=chosen.plan,
        epochs=best.epoch,
        untrained_loss=chosen.measured[0].held_out_loss,
        train_loss=best.train_loss,
        held_out_loss=best.held_out_loss,
        search_seconds=sum(each.measured[-1].seconds for each in others),
        train_seconds=chosen.measured[-1].seconds,
        peak_bytes=peak_bytes,
        before=nothing,
        after=nothing,
    )


def _save_adapter(adapted: Adapted, folder: Path) -> None:
    """Put peft's own files into a folder that is there whole or not at all."""
    unfinished = folder.with_name(f"unfinished-{folder.name}")
    adapted.model.save_pretrained(unfinished)
    if folder.exists():
        shutil.rmtree(folder)
    unfinished.replace(folder)


def _write_history(path: Path, searched: Search) -> None:
    with whole_file(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["rate", "batch", "chosen", "texts", "epoch", "train_loss", "held_out_loss", "seconds"])
        for tried in searched.tried:
            for each in tried.measured:
                is_chosen = int(tried.plan == searched.chosen)
                losses = (round(each.train_loss, 5), round(each.held_out_loss, 5))
                plan = (tried.plan.rate, tried.plan.batch, is_chosen)
                rows.writerow([*plan, each.seen, round(each.epoch, 4), *losses, round(each.seconds, 2)])


def _kept(path: Path) -> Outcome | None:
    """The outcome of an earlier call, where its training was finished."""
    if not path.is_file():
        return None
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    kept |= {"plan": Plan(**kept["plan"]), "targets": tuple(kept["targets"])}
    return Outcome(**(kept | {"before": Shares(**kept["before"]), "after": Shares(**kept["after"])}))


def _shares(source: Source, task: Task, tools: Tools, when: str, setting: str) -> Shares:
    """Let a model write about held-out books, and tell what of its texts the product would show."""
    phase = f"{source.folder_name} writes {when}"
    texts = written_texts(
        task.split.held_out[: task.written_about],
        lambda: tools.open_generator(f"transformers:{setting}"),
        tools.support,
        prompt=task.prompt,
        max_tokens=task.text_tokens,
        kept_in=_work_folder(source, task) / f"{when}.jsonl",
        tell=lambda done, total: tools.progress.show(phase, done, total),
    )
    return shares_of(texts)
