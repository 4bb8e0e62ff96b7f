"""A model's weights in eight bits: half of bfloat16's memory, for machines that are short of it.

Each output of a linear layer has its own scale, the largest of its weights / 127; what flows through the layers stays
bfloat16, so that single large values, which trained models are full of, lose nothing (Dettmers et al. 2022, section 3).
"""

from types import MethodType
from typing import Any

MOST_ROWS = 32
"""Tokens up to which eight bits are multiplied as they are; for a whole prompt, unpacking the weights first is faster."""


def quantise(model: Any) -> None:
    """Turn the linear layers of a model into eight bits, in place."""
    import torch

    for layer in model.modules():
        if type(layer) is torch.nn.Linear:
            _quantise_layer(layer)


def _quantise_layer(layer: Any) -> None:
    import torch

    weight = layer.weight.detach().float()
    scales = (weight.abs().amax(dim=1) / 127).clamp(min=torch.finfo(torch.float32).tiny)
    layer.register_buffer("weight_int8", (weight / scales[:, None]).round().to(torch.int8))
    layer.register_buffer("weight_scales", scales.to(torch.bfloat16))
    del layer.weight
    layer.forward = MethodType(_forward, layer)


def _forward(layer: Any, inputs: Any) -> Any:
    import torch

    rows = inputs.reshape(-1, inputs.shape[-1])
    if len(rows) <= MOST_ROWS:
        outputs = torch._weight_int8pack_mm(rows, layer.weight_int8, layer.weight_scales)  # noqa: SLF001 (there is no public one)
    else:
        outputs = rows @ (layer.weight_int8.to(rows.dtype) * layer.weight_scales[:, None]).t()
    outputs = outputs.reshape(*inputs.shape[:-1], -1)
    return outputs if layer.bias is None else outputs + layer.bias
