"""Every tunable of a fine-tuning, with its reason; whatever changes a number here is another training."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How adapters are trained."""

    seed: int = 7
    rank: int = 16
    """Of the two small matrices beside each large one: enough for a manner of writing (Hu et al. 2021, section 7.2)."""
    alpha: int = 32
    """Their product is scaled by alpha / rank."""
    dropout: float = 0.05
    rates: tuple[float, ...] = (1e-4, 3e-4, 1e-3)
    """Learning rates tried; adapters bear ten times what whole models do."""
    batches: tuple[int, ...] = (8, 32)
    """Texts a step tried."""
    texts_at_once: int = 4
    """Texts in memory at once: a batch is gathered from so many at a time, with the same gradient."""
    epochs: int = 4
    measured_per_epoch: int = 4
    """How often the loss of the held-out texts is taken; the search compares after one, two, four of them."""
    patience: int = 3
    """Measurements without a better loss after which a training ends."""
    warmup: float = 0.05
    """Share of the training in which the rate rises; then it falls to nothing in a line."""
    weight_decay: float = 0.01
    clipped: float = 1.0
    """Longest gradient: one odd text does not undo what the others taught."""
    max_tokens: int = 1_024
    """Of a prompt with its answer; a longer one is left out and told."""
    held_out: float = 0.15
    """Share of the pairs that are only measured on."""
