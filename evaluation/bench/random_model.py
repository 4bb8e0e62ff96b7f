"""A model of a stated shape with random weights: as slow as a trained one of its size, made without a download."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from recommender.errors import InputError

VOCABULARY = 16_000
"""Tokens that the tokenizer is made with; enough for Korean titles to take as many as with a trained one."""

CHAT_TEMPLATE = "{% for message in messages %}<|start|>{{ message.role }}\n{{ message.content }}<|end|>\n{% endfor %}<|start|>assistant\n"


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a model of Qwen3's architecture."""

    hidden: int
    inner: int
    layers: int
    heads: int
    key_heads: int
    head: int
    vocabulary: int


SHAPES: Mapping[str, Shape] = {
    "tiny": Shape(hidden=64, inner=128, layers=2, heads=4, key_heads=2, head=16, vocabulary=16_000),
    "0.1b": Shape(hidden=640, inner=1920, layers=12, heads=10, key_heads=5, head=64, vocabulary=64_000),
    "0.6b": Shape(hidden=1024, inner=3072, layers=28, heads=16, key_heads=8, head=128, vocabulary=151_936),
}
"""0.6b is Qwen3-0.6B's own."""


def save_random_model(folder: Path, shape: str, texts: Iterable[str]) -> None:
    """Make a model and a tokenizer of the words of some texts.

    Raises:
        InputError: there is no such shape.
    """
    if shape not in SHAPES:
        raise InputError(f"no random model of the shape {shape!r}; known are {', '.join(SHAPES)}")
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM, set_seed

    _save_tokenizer(folder, texts)
    set_seed(1)
    sizes = SHAPES[shape]
    config = Qwen3Config(
        vocab_size=sizes.vocabulary, hidden_size=sizes.hidden, intermediate_size=sizes.inner,
        num_hidden_layers=sizes.layers, num_attention_heads=sizes.heads, num_key_value_heads=sizes.key_heads,
        head_dim=sizes.head, max_position_embeddings=16_384, tie_word_embeddings=True,
        bos_token_id=0, eos_token_id=0, dtype=torch.bfloat16,
    )  # fmt: skip
    Qwen3ForCausalLM(config).to(torch.bfloat16).save_pretrained(folder)


def _save_tokenizer(folder: Path, texts: Iterable[str]) -> None:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    pieces = Tokenizer(models.BPE())
    pieces.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=["<|end|>", "<|start|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    pieces.train_from_iterator(texts, trainer)
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=pieces, eos_token="<|end|>")  # noqa: S106 (a token of text)
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(folder)
