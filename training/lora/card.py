"""What an adapter was learned from and what it gained, beside its weights, and as a model card for a hub."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.errors import InputError

FACTS = "training.json"
"""Beside the weights, in an adapter's folder and in that of a merged model."""

FIGURES = {
    "untrained_loss": "loss of held-out answers before (nats a token)",
    "held_out_loss": "loss of held-out answers after",
    "train_loss": "training loss at that point",
    "train_seconds": "seconds of training",
    "peak_bytes": "peak memory (bytes)",
}
SHARES = {"tidy": "whole sentences in the language", "grounded": "nothing unsupported", "shown": "fit to be shown"}


@dataclass(frozen=True, slots=True)
class Declared:
    """What only a person can say before weights are published.

    Args:
        licence: of the weights, as the hub writes it: apache-2.0.
        data: what was learned from, and what allows to hand on what was learned.
        base: the model on the hub, where the weights name a folder.
    """

    licence: str
    data: str
    base: str = ""


def write_facts(folder: Path, facts: Mapping[str, Any]) -> None:
    """Put what is known of a training beside its weights."""
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_facts(folder: Path) -> dict[str, Any]:
    """What is known of a training.

    Raises:
        InputError: the folder holds no weights of this program.
    """
    try:
        facts: dict[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{folder}: holds no {FACTS}; name the folder of an adapter of `python -m training lora`, or of `merge`"
        ) from error
    return facts


def model_card(name: str, facts: Mapping[str, Any], declared: Declared, *, is_adapter: bool) -> str:
    """The card in the hub's layout: a head for machines, then text for people.

    Args:
        name: account and name on the hub.
        facts: of the training.
        declared: what a person says.
        is_adapter: whether a base model is needed besides.
    """
    base = declared.base or facts["model"].partition("@")[0]
    head = {
        "license": declared.licence,
        "base_model": base,
        "library_name": "peft" if is_adapter else "transformers",
        "pipeline_tag": "text-generation",
        "language": facts["languages"],
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    what = "An adapter (LoRA) for" if is_adapter else "A model fine-tuned from"
    outcome = facts["outcome"]
    figures = [f"| {said} | {_figure(outcome[field])} |" for field, said in FIGURES.items()]
    shares = [
        f"| texts: {said} | {outcome['before'][field]:.2f} before, {outcome['after'][field]:.2f} after |"
        for field, said in SHARES.items()
    ]
    return "\n".join([
        "---", *lines, "---", "", f"# {name}", "",
        (f"{what} `{base}` that writes why a library's book is recommended and how it can help. It is asked with the prompts"
        f" `{facts['prompt']}` of Seoga and writes about a book's record; what it writes has to be checked against that record."),
        "", "## Data", "", declared.data, "",
        f"{facts['pairs']} pairs of a question and a book were learned from, {facts['held_out']} of other questions were held out.",
        "", "## Figures", "", "| what | value |", "| --- | --- |", *figures, *shares,
        f"| texts written for this | {outcome['after']['texts']} |", "",
        "## Recipe", "", "```json", json.dumps(facts["recipe"]), "```", "",
    ])  # fmt: skip


def _figure(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
