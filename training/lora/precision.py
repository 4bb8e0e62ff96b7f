"""In which numbers a model computes while its adapter is trained."""

BFLOAT16, FLOAT32 = "bfloat16", "float32"

FAST_ON = ("avx512_bf16", "amx_bf16")
"""What processors call their instructions for bfloat16; matrix products took half the time on one with the first."""


def fitting_dtype() -> str:
    """bfloat16 where the graphics card or the processor gains by it, else float32; adapters are float32 in any case."""
    import torch

    if torch.cuda.is_available():
        return BFLOAT16 if torch.cuda.is_bf16_supported() else FLOAT32
    can = torch.cpu.get_capabilities()
    return BFLOAT16 if any(can.get(name) for name in FAST_ON) else FLOAT32
