"""The training loop: nearness to the teacher, to translations and to paraphrases, and the order that people gave."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.encoder.features import Matrix
from training.encoder.model import BilingualBag, StartingPoint, contrast, distance, order_loss
from training.encoder.recipe import Recipe

Rows = NDArray[np.int64]
"""Row numbers of one text's tokens."""

MIN_TOKENS = 1
"""A text of which no token is known teaches nothing."""

STEPS_PER_LINE = 50


@dataclass(frozen=True, slots=True)
class Examples:
    """All training material as row numbers; `teacher` is `(n_pairs, dims)`, `alone_teacher` `(n_english, dims)`, unit rows."""

    english: list[Rows]
    korean: list[Rows]
    teacher: Matrix
    alone: list[Rows]
    alone_teacher: Matrix
    paraphrases: list[list[Rows]]
    judged: list[tuple[Rows, Rows, Rows, Rows]]
    judged_scores: Matrix


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

    def paraphrases(self) -> tuple[list[Rows], list[Rows]]:
        """Return two sayings of each of some intents."""
        chosen = [
            self.examples.paraphrases[i] for i in self.some(len(self.examples.paraphrases), self.recipe.paraphrases)
        ]
        couples = [self.chance.sample(group, 2) for group in chosen]
        return [first for first, _ in couples], [second for _, second in couples]


def learn(start: StartingPoint, examples: Examples, recipe: Recipe, report: Callable[[str], None]) -> Matrix:
    """Train and return the table of weighted token vectors, `(n_keys, dims) float32`."""
    torch.manual_seed(recipe.seed)
    model = BilingualBag(start)
    sparse = torch.optim.SparseAdam([model.shift.weight, model.log_weight.weight], lr=recipe.row_rate)
    dense = torch.optim.Adam([model.english_map, model.korean_map], lr=recipe.map_rate)
    sampler = Sampler.of(examples, recipe)
    for step in range(recipe.steps):
        left = 1 - step / recipe.steps
        _set_rate(sparse, recipe.row_rate * left)
        _set_rate(dense, recipe.map_rate * left)
        loss = _loss(model, examples, sampler, recipe)
        sparse.zero_grad()
        dense.zero_grad()
        loss.backward()
        sparse.step()
        dense.step()
        if step % STEPS_PER_LINE == 0 or step + 1 == recipe.steps:
            report(f"step {step + 1:,} of {recipe.steps:,}: loss {loss.item():.3f}")
    return model.table()


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
        [examples.korean[i] for i in pairs],
        [examples.alone[i] for i in alone],
        first,
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
