"""What a call reports: the table, the pictures, what judges say, and how to use the adapters."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from training.cli.lora.options import Options

if TYPE_CHECKING:
    from recommender.generation.weights import Source
    from training.lora.reporting import BeforeAndAfter
    from training.lora.running import Outcome, Task, Tools


def reported(
    told: Options, models: Sequence["Source"], outcomes: Sequence["Outcome"], task: "Task", tools: "Tools"
) -> str:
    """Draw the losses, let judges speak, and return the table and what to do next."""
    from training.lora.curves import draw_curves, read_curves
    from training.lora.reporting import aligned, table
    from training.lora.writing import shares_of, texts_of_examples

    folders = [told.out / model.folder_name for model in models]
    panels = [
        (model.folder_name, read_curves(folder / "history.csv")) for model, folder in zip(models, folders, strict=True)
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


def _fitness(told: Options, models: Sequence["Source"], task: "Task", tools: "Tools") -> "dict[str, BeforeAndAfter]":
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
