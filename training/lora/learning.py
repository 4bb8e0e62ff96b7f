"""The training loop: every state of it is on disk soon after, and going on from there gives the same weights."""

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from training.checkpoint import Checkpoint, State
from training.lora.model import Adapted
from training.lora.recipe import Recipe
from training.lora.tokens import Sample, batch_of, in_order, parts_of

if TYPE_CHECKING:
    from torch import Tensor

SECONDS_PER_CHECKPOINT = 30.0
"""What an interruption costs at most; an adapter is a few megabytes and written in a moment."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the search chooses: learning rate, and texts a step."""

    rate: float
    batch: int

    def __str__(self) -> str:
        """As lines of progress name it."""
        return f"rate {self.rate:g}, batch {self.batch}"


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement: losses in nats a token of the answers."""

    seen: int  # texts learned from so far
    epoch: float
    train_loss: float  # mean since the measurement before; that of the untrained model is 0 texts' and the held-out one
    held_out_loss: float
    seconds: float  # of training so far, without those of a stopped run that were lost


@dataclass(slots=True)
class _Run:
    """Everything that changes from step to step besides weights and optimizer."""

    steps: int = 0
    seen: int = 0
    seconds: float = 0.0
    loss: float = 0.0  # summed since the last measurement ...
    tokens: int = 0  # ... over so many tokens
    measured: list[Measured] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Material:
    """The texts of one training."""

    train: Sequence[Sample]
    held_out: Sequence[Sample]


class Trainer:
    """One training with one plan.

    The order of the texts and what is dropped out at a step follow from the seed and the step alone, so that no state of a
    random generator has to be kept.

    Args:
        adapted: the model; its adapter's weights are replaced.
        untrained: the weights to begin with.
        material: what to learn, what to measure on.
        plan: rate and batch.
        recipe: every other tunable.
        checkpoint: the state on disk.
        tell: told texts seen and texts in all after each step.
    """

    def __init__(
        self,
        adapted: Adapted,
        untrained: "dict[str, Tensor]",
        material: Material,
        plan: Plan,
        recipe: Recipe,
        *,
        checkpoint: Checkpoint,
        tell: Callable[[int, int], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        import torch

        self.plan = plan
        self._adapted, self._material, self._recipe = adapted, material, recipe
        self._checkpoint, self._tell, self._clock = checkpoint, tell, clock
        adapted.take(untrained)
        self._optimizer = torch.optim.AdamW(adapted.parameters(), lr=plan.rate, weight_decay=recipe.weight_decay)
        self._best: dict[str, Tensor] = untrained
        self._run = _Run()
        if state := checkpoint.load():
            self._go_on_from(state)
        self._saved_at = self._since = clock()

    @property
    def total(self) -> int:
        """Texts that a whole training sees."""
        return self._recipe.epochs * len(self._material.train)

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Every measurement so far."""
        return tuple(self._run.measured)

    @property
    def best(self) -> Measured:
        """The measurement with the lowest loss."""
        return min(self._run.measured, key=lambda each: each.held_out_loss)

    @property
    def is_finished(self) -> bool:
        """Whether everything was seen, or the loss has not fallen for so long that it is not going to."""
        measured = self._run.measured
        since_best = len(measured) - 1 - measured.index(self.best) if measured else 0
        return self._run.seen >= self.total or since_best >= self._recipe.patience

    def best_weights(self) -> "dict[str, Tensor]":
        """The adapter's weights at the best measurement."""
        return self._best

    def advance(self, measurements: int) -> None:
        """Train until so many measurements were taken, that of the untrained model included, or the training has ended."""
        if not self._run.measured:
            self._measure()
        while len(self._run.measured) < measurements and not self.is_finished:
            self._step()
            self._tell(self._run.seen, self.total)
            if self._is_measuring_due():
                self._measure()
            elif self._clock() - self._saved_at > SECONDS_PER_CHECKPOINT:
                self.save()

    def save(self) -> None:
        """Put the whole state on disk."""
        self._count_seconds()
        run = asdict(self._run) | {"measured": [asdict(each) for each in self._run.measured]}
        self._checkpoint.save(
            {
                "run": run,
                "weights": self._adapted.weights(),
                "best": self._best,
                "optimizer": self._optimizer.state_dict(),
            }
        )
        self._saved_at = self._clock()

    def _go_on_from(self, state: State) -> None:
        run: dict[str, Any] = state["run"]
        self._run = _Run(**(run | {"measured": [Measured(**each) for each in run["measured"]]}))
        self._adapted.take(state["weights"])
        self._best = state["best"]
        self._optimizer.load_state_dict(state["optimizer"])

    def _step(self) -> None:
        """Learn one batch: the mean over its answers' tokens, however few texts fit into memory at once."""
        import torch

        batch = self._next_batch()
        tokens = sum(len(sample.answer) for sample in batch)
        self._adapted.model.train()
        self._set_rate()
        self._optimizer.zero_grad()
        with torch.random.fork_rng():
            torch.manual_seed(random.Random(f"{self._recipe.seed}/{self._run.steps}").getrandbits(63))
            for part in parts_of(batch, self._recipe.texts_at_once):
                loss = self._adapted.loss(batch_of(part, padding=self._adapted.padding))
                (loss / tokens).backward()
                self._run.loss += float(loss.item())
        torch.nn.utils.clip_grad_norm_(self._adapted.parameters(), self._recipe.clipped)
        self._optimizer.step()
        self._run.tokens += tokens
        self._run.steps += 1
        self._run.seen += len(batch)

    def _next_batch(self) -> list[Sample]:
        """The next texts of the epoch's order; the last batch of an epoch may be smaller."""
        train = self._material.train
        epoch, begin = divmod(self._run.seen, len(train))
        order = in_order(len(train), seed=self._recipe.seed, epoch=epoch)
        return [train[number] for number in order[begin : begin + self.plan.batch]]

    def _set_rate(self) -> None:
        done = self._run.seen / self.total
        rising = min(1.0, (self._run.seen + self.plan.batch) / max(1.0, self._recipe.warmup * self.total))
        for group in self._optimizer.param_groups:
            group["lr"] = self.plan.rate * rising * (1 - done)

    def _is_measuring_due(self) -> bool:
        """Whether another part of an epoch is over, or the whole training."""
        a_part = len(self._material.train) / self._recipe.measured_per_epoch
        return self._run.seen >= self.total or self._run.seen // a_part > self._run.measured[-1].seen // a_part

    def _measure(self) -> None:
        loss = held_out_loss(self._adapted, self._material.held_out, self._recipe)
        run = self._run
        self._count_seconds()
        train_loss = run.loss / run.tokens if run.tokens else loss
        loss = loss if math.isfinite(loss) else math.inf  # a rate far too high
        is_better = not run.measured or loss < self.best.held_out_loss
        epoch = run.seen / len(self._material.train)
        run.measured.append(Measured(run.seen, epoch, train_loss, loss, run.seconds))
        run.loss, run.tokens = 0.0, 0
        if is_better:
            self._best = self._adapted.weights()
        self.save()

    def _count_seconds(self) -> None:
        now = self._clock()
        self._run.seconds += now - self._since
        self._since = now


def held_out_loss(adapted: Adapted, samples: Sequence[Sample], recipe: Recipe) -> float:
    """Nats a token over all answers."""
    import torch

    adapted.model.eval()
    with torch.inference_mode():
        parts = parts_of(samples, recipe.texts_at_once)
        summed = sum(float(adapted.loss(batch_of(part, padding=adapted.padding)).item()) for part in parts)
    return summed / sum(len(sample.answer) for sample in samples)
