"""`python -m training lora`: adapters for language models that write the reasons."""

from training.cli.lora.command import lora

__all__ = ["lora"]
