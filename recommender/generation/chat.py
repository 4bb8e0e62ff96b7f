"""A prompt as the text that a model continues: in its own chat template, or plainly for a model that has none."""

from collections.abc import Mapping
from typing import Any

from recommender.generation.base import Prompt


def chat_text(tokenizer: Any, prompt: Prompt) -> str:
    """The text up to where the model's answer begins; training and answering both go by it.

    Args:
        tokenizer: of the transformers library.
        prompt: what the model is told.
    """
    if not tokenizer.chat_template:
        return f"{tokenizer.bos_token or ''}{prompt.system}\n\n{prompt.user}\n"
    from jinja2 import TemplateError

    try:
        return _templated(tokenizer, {"system": prompt.system, "user": prompt.user})
    except TemplateError:  # some models know no system message
        return _templated(tokenizer, {"user": f"{prompt.system}\n\n{prompt.user}"})


def _templated(tokenizer: Any, messages: Mapping[str, str]) -> str:
    # Models that can think aloud are asked not to: a reader waits for the answer alone.
    chat: str = tokenizer.apply_chat_template(
        [{"role": role, "content": content} for role, content in messages.items()],
        tokenize=False,
        add_generation_prompt=True,
        enable_thinking=False,
    )
    return chat
