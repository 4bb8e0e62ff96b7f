"""The training loop: nearness to the teacher, to translations and to paraphrases, and the order that people gave."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.checkpoint import Checkpoint, State
from training.encoder.features import Matrix
from training.encoder.model import BilingualBag, StartingPoint, contrast, distance, order_loss
from training.encoder.phases import digest_of
from training.encoder.recipe import Recipe
from training.progress import Progress

Rows = NDArray[np.int64]
"""Row numbers of one text's tokens."""

MIN_TOKENS = 1
"""A text of which no token is known teaches nothing."""

_END: Rows = np.array([-1])
"""Stands between texts where they are hashed."""

STEPS_PER_CHECKPOINT = 250
"""What an interruption costs at most: about half a minute, while writing the 170 MB takes a third of a second."""

STEPS_PER_AVERAGE = 25
"""Between two tables that are averaged; adding one costs about as much as two steps."""


@dataclass(frozen=True, slots=True)
class Examples:
    """All training material as row numbers.

    `teacher` is `(n_pairs, dims)`, `alone_teacher` `(n_english, dims)`, unit rows; `cuts` has the syllables of rather rare
    nouns by their rows.
    """

    english: list[Rows]
    korean: list[Rows]
    teacher: Matrix
    alone: list[Rows]
    alone_teacher: Matrix
    paraphrases: list[list[Rows]]
    judged: list[tuple[Rows, Rows, Rows, Rows]]
    judged_scores: Matrix
    cuts: dict[int, Rows]

    def digest(self) -> str:
        """Return a hash of all texts and numbers: another one means another training."""
        groups = [text for group in self.paraphrases for text in (_END, *group)]
        judged = [side for sides in self.judged for side in sides]
        cuts = [part for row, syllables in self.cuts.items() for part in (np.array([row]), syllables)]
        texts = chain(self.english, self.korean, self.alone, groups, judged, cuts)
        ended = [part for text in texts for part in (text, _END)]
        return digest_of(*ended, self.teacher, self.alone_teacher, self.judged_scores)


@dataclass(slots=True)
class Sampler:
    """Draws batches; pairs in shuffled rounds, so that each is seen equally often."""

    examples: Examples
    recipe: Recipe
    chance: random.Random
    _round: list[int]

    @classmethod
    def of(cls, examples: Examples, recipe: Recipe) -> "Sampler":
        """Start with a shuffled round."""
        return cls(examples, recipe, random.Random(recipe.seed), [])

    def state(self) -> State:
        """Return what is drawn next."""
        return {"chance": self.chance.getstate(), "round": self._round}

    def go_on_from(self, state: State) -> None:
        """Draw what the sampler of this state would have drawn next."""
        self.chance.setstate(state["chance"])
        self._round = state["round"]

    def pairs(self) -> list[int]:
        """Return the next `batch` pair numbers, all different."""
        size = min(self.recipe.batch, len(self.examples.english))
        if len(self._round) < size:
            self._round = self.chance.sample(range(len(self.examples.english)), len(self.examples.english))
        taken, self._round = self._round[:size], self._round[size:]
        return taken

    def some(self, total: int, wanted: int) -> list[int]:
        """Return `wanted` different numbers below `total`, or all of them."""
        return self.chance.sample(range(total), min(wanted, total))

    def cut(self, text: Rows) -> Rows:
        """Return the text with some of its rather rare nouns cut into syllables."""
        cuts, chance = self.examples.cuts, self.recipe.cut_chance
        chosen = [row in cuts and self.chance.random() < chance for row in text.tolist()]
        if not any(chosen):
            return text
        return np.concatenate([cuts[row] if cut else [row] for row, cut in zip(text.tolist(), chosen, strict=True)])

    def paraphrases(self) -> tuple[list[Rows], list[Rows]]:
        """Return two sayings of each of some intents."""
        chosen = [
            self.examples.paraphrases[i] for i in self.some(len(self.examples.paraphrases), self.recipe.paraphrases)
        ]
        couples = [self.chance.sample(group, 2) for group in chosen]
        return [first for first, _ in couples], [second for _, second in couples]


class Trainer:
    """A training under way: everything that has to be known to go on with it.

    Args:
        start: features and maps to start from.
        examples: what to learn.
        recipe: every tunable.
    """

    def __init__(self, start: StartingPoint, examples: Examples, recipe: Recipe) -> None:
        self.steps_done = 0
        self._examples, self._recipe = examples, recipe
        self._dropped = torch.Generator().manual_seed(recipe.seed)
        self._model = BilingualBag(start, self._dropped)
        self._sampler = Sampler.of(examples, recipe)
        self._sparse = torch.optim.SparseAdam([self._model.shift.weight, self._model.log_weight.weight])
        self._dense = torch.optim.Adam([self._model.english_map, self._model.korean_map])
        self._average: Tensor | None = None
        self._averaged = 0

    def step(self) -> float:
        """Take one step and return its loss."""
        left = 1 - self.steps_done / self._recipe.steps
        _set_rate(self._sparse, self._recipe.row_rate * left)
        _set_rate(self._dense, self._recipe.map_rate * left)
        loss = _loss(self._model, self._examples, self._sampler, self._recipe)
        for optimizer in (self._sparse, self._dense):
            optimizer.zero_grad()
        loss.backward()
        for optimizer in (self._sparse, self._dense):
            optimizer.step()
        self.steps_done += 1
        if self._is_averaged():
            self._add_to_average()
        return float(loss.item())

    def table(self) -> Matrix:
        """Return the weighted token vectors, `(n_keys, dims) float32`: the mean over the last part of the training."""
        average: Matrix = (self._model.table() if self._average is None else self._average).numpy()
        return average

    def state(self) -> State:
        """Return everything that changes from step to step."""
        return {
            "steps_done": self.steps_done,
            "model": self._model.state_dict(),
            "sparse": self._sparse.state_dict(),
            "dense": self._dense.state_dict(),
            "sampler": self._sampler.state(),
            "dropped": self._dropped.get_state(),
            "average": self._average,
            "averaged": self._averaged,
        }

    def go_on_from(self, state: State) -> None:
        """Go on where the training that gave this state was."""
        self.steps_done = state["steps_done"]
        self._model.load_state_dict(state["model"])
        self._sparse.load_state_dict(state["sparse"])
        self._dense.load_state_dict(state["dense"])
        self._sampler.go_on_from(state["sampler"])
        self._dropped.set_state(state["dropped"])
        self._average, self._averaged = state["average"], state["averaged"]

    def _is_averaged(self) -> bool:
        left = self._recipe.steps - self.steps_done
        return left < self._recipe.averaged_share * self._recipe.steps and left % STEPS_PER_AVERAGE == 0

    def _add_to_average(self) -> None:
        table = self._model.table()
        self._averaged += 1
        self._average = table if self._average is None else self._average.lerp(table, 1 / self._averaged)


def learn(
    start: StartingPoint, examples: Examples, recipe: Recipe, *, checkpoint: Checkpoint, progress: Progress
) -> Matrix:
    """Train, or go on with a training that was stopped, and return the weighted token vectors, `(n_keys, dims) float32`.

    A training that goes on ends with the same numbers as one that was never stopped.
    """
    trainer = Trainer(start, examples, recipe)
    if state := checkpoint.load():
        trainer.go_on_from(state)
        progress.say(f"training goes on after step {trainer.steps_done:,}")
    progress.show("training", trainer.steps_done, recipe.steps)
    while trainer.steps_done < recipe.steps:
        loss = trainer.step()
        progress.show("training", trainer.steps_done, recipe.steps)
        if trainer.steps_done % STEPS_PER_CHECKPOINT == 0:
            checkpoint.save(trainer.state())
            progress.say(f"step {trainer.steps_done:,} of {recipe.steps:,}: loss {loss:.3f}")
    return trainer.table()


def _set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


def _loss(model: BilingualBag, examples: Examples, sampler: Sampler, recipe: Recipe) -> Tensor:
    """Add up the parts; the factors are those of the trial that this recipe comes from (docs/encoder.md)."""
    pairs = sampler.pairs()
    alone = sampler.some(len(examples.alone), recipe.english_alone)
    judged = sampler.some(len(examples.judged), recipe.judged)
    first, second = sampler.paraphrases()
    parts: list[list[Rows]] = [
        [examples.english[i] for i in pairs],
        [sampler.cut(examples.korean[i]) for i in pairs],
        [examples.alone[i] for i in alone],
        [sampler.cut(text) for text in first],
        second,
        *([examples.judged[i][side] for i in judged] for side in range(4)),
    ]
    vectors = model([text for part in parts for text in part], recipe.token_dropout)
    english, korean, lone, one, other, *sides = torch.split(vectors, [len(part) for part in parts])
    teacher = torch.from_numpy(examples.teacher[pairs])
    loss = _translation_loss(english, korean, teacher, recipe)
    if alone:
        loss = loss + 2 * distance(lone, torch.from_numpy(examples.alone_teacher[alone]))
    if len(first) > 1:
        loss = loss + contrast(one, other, recipe.temperature)
    if len(judged) > 1:
        loss = loss + 0.06 * _judged_loss(sides, torch.from_numpy(examples.judged_scores[judged]), recipe)
    used = torch.from_numpy(np.unique(np.concatenate([text for part in parts for text in part])))
    return loss + 0.01 * model.shift(used).pow(2).sum(1).mean()


def _translation_loss(english: Tensor, korean: Tensor, teacher: Tensor, recipe: Recipe) -> Tensor:
    alike = teacher @ teacher.T > recipe.same_meaning
    alike.fill_diagonal_(fill_value=False)
    near_teacher = 3 * distance(english, teacher) + 3 * distance(korean, teacher)
    return (
        near_teacher
        + contrast(english, korean, recipe.temperature, alike)
        + 0.5 * contrast(korean, teacher, recipe.temperature, alike)
    )


def _judged_loss(sides: Sequence[Tensor], scores: Tensor, recipe: Recipe) -> Tensor:
    """Compare first and second sentence in all four combinations of their languages."""
    first_english, first_korean, second_english, second_korean = sides
    losses = [
        order_loss((first * second).sum(1), scores, recipe.judged_scale)
        for first in (first_english, first_korean)
        for second in (second_english, second_korean)
    ]
    return torch.stack(losses).sum()
