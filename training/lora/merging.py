"""Working an adapter into its model's weights, for machines that have no peft, and for other programs."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.errors import GeneratorError, InputError
from recommender.generation.weights import Source, peft_as_it_is
from training.lora.card import FACTS

CHECKED_WITH = "이 책을 왜 추천하나요? Why is this book recommended?"


@dataclass(frozen=True, slots=True)
class Merged:
    """How far the merged model is from the model with its adapter.

    Args:
        largest_difference: of any logit of a short text, both in float32 before the weights are written.
        dtype: in which they are written.
    """

    largest_difference: float
    dtype: str


def merge(model: Source, adapter: Source, out: Path) -> Merged:
    """Write a folder that loads like any model.

    The sums are done in float32 and written in the numbers of the model, so that they are rounded once.

    Raises:
        InputError: there is something in the folder already.
        GeneratorError: the model or the adapter cannot be loaded, or they do not belong together.
    """
    import torch

    if out.exists() and any(out.iterdir()):
        raise InputError(f"{out}: there is something in this folder; name a new one")
    tokenizer, base, dtype = _loaded(model)
    ids = torch.tensor([tokenizer.encode(CHECKED_WITH)])
    adapted = _adapted(base, adapter)
    with torch.inference_mode():
        wanted = adapted.eval()(ids).logits
        merged = adapted.merge_and_unload()
        difference = float((merged(ids).logits - wanted).abs().max())
    unfinished = out.with_name(f"unfinished-{out.name}")
    merged.to(dtype).save_pretrained(unfinished)
    tokenizer.save_pretrained(unfinished)
    if (Path(adapter.name) / FACTS).is_file():
        shutil.copy(Path(adapter.name) / FACTS, unfinished / FACTS)
    if out.exists():
        out.rmdir()
    unfinished.replace(out)
    return Merged(difference, str(dtype).removeprefix("torch."))


def _loaded(model: Source) -> tuple[Any, Any, Any]:
    """Tokenizer, model in float32, and the numbers it is kept in."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(model.name, **model.pinned)
        base = AutoModelForCausalLM.from_pretrained(model.name, dtype="auto", **model.pinned)
    except (OSError, ValueError) as error:
        raise GeneratorError(f"{model}: the model cannot be loaded ({_first_line(error)}); check its name") from error
    return tokenizer, base.to(torch.float32), base.dtype


def _adapted(base: Any, adapter: Source) -> Any:
    from peft import PeftModel

    try:
        with peft_as_it_is():
            return PeftModel.from_pretrained(base, adapter.name, revision=adapter.revision or None)
    except (OSError, ValueError, RuntimeError) as error:
        raise GeneratorError(
            f"{adapter}: the adapter cannot be used with this model ({_first_line(error)}); name the model it was trained for"
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
