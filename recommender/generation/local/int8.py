"""A model's linear layers in eight bits, multiplied as eight bits: a quarter of float32's bytes and of its work.

Each output of a layer has its own scale, and so has each token that flows into it (dynamic quantisation token by token and
channel by channel; Yao et al. 2022, "ZeroQuant", section 4.1). A large value of one token, which trained models are full of,
then costs the other tokens of a batch nothing.
"""

from types import MethodType
from typing import Any

LARGEST = 127
SMALLEST = 1e-12
"""Stands in for the largest value of a token, or of a layer's output, that is nothing but zeros."""

MIDDLE = 128
"""What flows into a layer is kept as 1 to 255 with 0 in the middle: for signed numbers the library has no fast kernel."""


def is_fast_here() -> bool:
    """Whether this processor multiplies eight bits with an instruction of its own (VNNI)."""
    import torch

    return torch.backends.mkldnn.is_available() and bool(torch.cpu._is_vnni_supported())  # noqa: SLF001


def quantise(model: Any) -> None:
    """Turn the linear layers of a model on the processor into eight bits, in place."""
    import torch

    for layer in model.modules():
        if type(layer) is torch.nn.Linear:
            _quantise_layer(layer)


def bytes_of(model: Any) -> int:
    """What the layers that were turned into eight bits take, besides their scales."""
    return sum(int(getattr(layer, "int8_bytes", 0)) for layer in model.modules())


def _quantise_layer(layer: Any) -> None:
    import torch

    weight = layer.weight.detach().float()
    scales = (weight.abs().amax(dim=1) / LARGEST).clamp(min=SMALLEST)
    small = (weight / scales[:, None]).round().to(torch.int8)
    layer.packed = torch.ops.onednn.qlinear_prepack(small, None)
    layer.int8_bytes = small.numel()
    layer.register_buffer("weight_scales", scales)
    layer.register_buffer("weight_zeros", torch.zeros(len(scales), dtype=torch.int32))
    del layer.weight
    layer.forward = MethodType(_forward, layer)


def _forward(layer: Any, inputs: Any) -> Any:
    """`(…, in)` → `(…, out)`, in the inputs' number format."""
    import torch

    rows = inputs.reshape(-1, inputs.shape[-1]).float()
    largest = rows.abs().amax(dim=1, keepdim=True).clamp(min=SMALLEST)
    small = (rows * (LARGEST / largest)).round_().add_(MIDDLE).to(torch.uint8)
    # The kernel has one scale for all tokens; here that is 1, and each token's own comes after it.
    outputs = torch.ops.onednn.qlinear_pointwise(
        small, 1.0, MIDDLE, layer.packed, layer.weight_scales, layer.weight_zeros,
        None, 1.0, 0, torch.float32, "none", [None], "",
    )  # fmt: skip
    outputs = (outputs * (largest / LARGEST)).to(inputs.dtype).reshape(*inputs.shape[:-1], -1)
    return outputs if layer.bias is None else outputs + layer.bias
