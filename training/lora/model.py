"""A causal model with an adapter beside its linear layers, ready to be trained."""

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recommender.errors import GeneratorError
from recommender.generation.weights import Source, peft_as_it_is
from training.lora.recipe import Recipe
from training.lora.tokens import Batch

if TYPE_CHECKING:
    from torch import Tensor


NO_LIMIT = 1_000_000
"""Tokens: of models that have no window."""


@dataclass(slots=True)
class Adapted:
    """A model of which only the adapter is trained.

    Args:
        model: peft's.
        tokenizer: its tokenizer.
        targets: names of the layers that got an adapter.
        keeps_logits: whether it can give the logits of the last tokens alone.
    """

    model: Any
    tokenizer: Any
    targets: tuple[str, ...]
    keeps_logits: bool

    @property
    def name(self) -> str:
        """The model's, as it was loaded."""
        return str(self.model.config.name_or_path)

    @property
    def window(self) -> int:
        """Tokens that it can read at once."""
        return int(getattr(self.model.config, "max_position_embeddings", None) or NO_LIMIT)

    @property
    def device(self) -> Any:
        """Where it computes."""
        return self.model.device

    @property
    def padding(self) -> int:
        """A token to pad with; none is attended to."""
        return int(self.tokenizer.eos_token_id)

    @property
    def trained(self) -> int:
        """How many numbers are trained."""
        return sum(weight.numel() for weight in self.parameters())

    def parameters(self) -> "list[Tensor]":
        """The adapter's weights."""
        return [weight for weight in self.model.parameters() if weight.requires_grad]

    def weights(self) -> "dict[str, Tensor]":
        """A copy of the adapter's weights by name, in main memory."""
        named = self.model.named_parameters()
        return {name: weight.detach().to("cpu", copy=True) for name, weight in named if weight.requires_grad}

    def take(self, weights: "dict[str, Tensor]") -> None:
        """Take over an adapter's weights."""
        self.model.load_state_dict(weights, strict=False)

    def loss(self, batch: Batch) -> "Tensor":
        """The sum over the answers' tokens, in nats."""
        from torch.nn import functional

        labels = batch.labels.to(self.device)
        kept = labels.shape[1] + 1  # what follows a token is told by the logits of that token
        arguments = {"logits_to_keep": kept} if self.keeps_logits else {}
        output = self.model(
            input_ids=batch.ids.to(self.device),
            attention_mask=batch.mask.to(self.device),
            position_ids=batch.positions.to(self.device),
            **arguments,
        )
        logits = output.logits[:, -kept:-1].float()
        return functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="sum")


def load_adapted(source: Source, recipe: Recipe, *, dtype: str) -> Adapted:
    """Load a model and lay an untrained adapter beside its linear layers; the same seed gives the same adapter.

    Args:
        source: of the model.
        recipe: rank, alpha, dropout and seed of the adapter.
        dtype: float32 or bfloat16, of the model; the adapter is always float32.

    Raises:
        GeneratorError: it cannot be loaded, or has no layer that an adapter knows.
    """
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(source.name, **source.pinned)
        base = AutoModelForCausalLM.from_pretrained(source.name, dtype=getattr(torch, dtype), **source.pinned)
    except (OSError, ValueError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise GeneratorError(
            f"{source}: the model cannot be loaded ({reason}); check --model and the network"
        ) from error
    targets, transposed = linear_layers(base)
    if not targets:
        raise GeneratorError(f"{source}: {type(base).__name__} has no linear layers to adapt; choose another model")
    config = LoraConfig(
        task_type="CAUSAL_LM", r=recipe.rank, lora_alpha=recipe.alpha, lora_dropout=recipe.dropout,
        target_modules=sorted(targets), fan_in_fan_out=transposed,
        revision=source.revision or None,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(recipe.seed)
        with peft_as_it_is():
            model = get_peft_model(base, config)
    model.to("cuda" if torch.cuda.is_available() else "cpu")
    keeps = "logits_to_keep" in inspect.signature(base.forward).parameters
    return Adapted(model, tokenizer, tuple(sorted(targets)), keeps_logits=keeps)


def linear_layers(model: Any) -> tuple[set[str], bool]:
    """The last names of the linear layers of attention and feed-forward parts, and whether they are kept transposed.

    GPT-2 keeps its layers as `Conv1D`, transposed. The layer that makes logits is left as it is: it often is the
    embedding as well, and as large as all others together.
    """
    from torch import nn
    from transformers.pytorch_utils import Conv1D

    head = model.get_output_embeddings()
    found = {
        name.rpartition(".")[2]: isinstance(layer, Conv1D)
        for name, layer in model.named_modules()
        if isinstance(layer, nn.Linear | Conv1D) and layer is not head and not name.rpartition(".")[2].isdigit()
    }
    return set(found), any(found.values())
