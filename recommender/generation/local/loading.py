"""Loading a model of the transformers library in the number format that this machine computes fastest with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recommender.errors import GeneratorError
from recommender.generation.base import ModelInfo
from recommender.generation.local import int8
from recommender.generation.weights import Weights, with_adapter


class NumberFormat(StrEnum):
    """What a model's weights are kept as."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    INT8 = "int8"


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model that can be run."""

    model: Any
    tokenizer: Any
    info: ModelInfo

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that close an answer."""
        configured = getattr(self.model.generation_config, "eos_token_id", None)
        ends = configured if isinstance(configured, list) else [configured]
        return frozenset(int(end) for end in (*ends, self.tokenizer.eos_token_id) if end is not None)


def load(name: str, weights: Weights, number_format: NumberFormat) -> LoadedModel:
    """Load a model, its adapter worked in, onto the graphics card where there is one.

    Raises:
        GeneratorError: transformers is not installed, there is no such model, or it does not fit into memory.
    """
    try:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging
    except ImportError as error:
        raise GeneratorError("transformers and torch are not installed; run `make model`") from error
    logging.disable_progress_bar()  # nobody watches a server's terminal; its log would hold half-drawn bars
    device = "cuda" if torch.cuda.is_available() else "cpu"
    number_format = fastest(device) if number_format is NumberFormat.AUTO else number_format
    source, adapter = weights.model, weights.adapter
    try:
        tokenizer = AutoTokenizer.from_pretrained(source.name, **source.pinned)
        model = AutoModelForCausalLM.from_pretrained(
            source.name,
            dtype=_dtype(number_format),
            attn_implementation=_attention(device, number_format),
            **source.pinned,
        )
        if adapter:
            model = with_adapter(model, adapter)
        model = model.eval().to(device)
        if number_format is NumberFormat.INT8:
            int8.quantise(model)
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise GeneratorError(
            f"the model cannot be loaded ({reason}); check SEOGA_GENERATOR, or run `make model`"
        ) from error
    return LoadedModel(model, tokenizer, ModelInfo(name, number_format.value, device, memory_bytes=_bytes(model)))


def fastest(device: str) -> NumberFormat:
    """bfloat16 on a graphics card; on a processor eight bits where it multiplies those, else bfloat16 or float32.

    A processor that does not multiply bfloat16 (AVX512-BF16, AMX) turns every number into float32 first, which takes longer
    than reading twice the bytes.
    """
    import torch

    if device != "cpu":
        return NumberFormat.BFLOAT16
    if int8.is_fast_here():
        return NumberFormat.INT8
    if torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported():  # noqa: SLF001
        return NumberFormat.BFLOAT16
    return NumberFormat.FLOAT32


def _attention(device: str, number_format: NumberFormat) -> str | None:
    """Plain products for bfloat16 on a processor, where the fused kernel takes eight times as long for a token; else its own."""
    return "eager" if device == "cpu" and number_format is not NumberFormat.FLOAT32 else None


def _dtype(number_format: NumberFormat) -> Any:
    import torch

    return torch.float32 if number_format is NumberFormat.FLOAT32 else torch.bfloat16


def _bytes(model: Any) -> int:
    """Of all weights; what two layers share counts once."""
    weights = sum(weight.numel() * weight.element_size() for weight in (*model.parameters(), *model.buffers()))
    return int(weights) + int8.bytes_of(model)
