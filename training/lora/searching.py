"""Finding rate and batch by successive halving (Jamieson and Talwalkar 2016): all begin, the better half goes on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from training.lora.learning import Measured, Plan
from training.lora.recipe import Recipe

AT_THE_BEGINNING = 1
"""Measurements that a training has before it has learned anything."""


class Training(Protocol):
    """The part of a trainer that a search needs."""

    plan: Plan

    @property
    def measured(self) -> tuple[Measured, ...]:
        """Every measurement so far."""

    @property
    def best(self) -> Measured:
        """The measurement with the lowest loss."""

    def advance(self, measurements: int) -> None:
        """Train until so many measurements were taken, or the training has ended."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One plan as far as it was followed."""

    plan: Plan
    measured: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found, and what it looked at, the best plan first."""

    tried: tuple[Tried, ...]

    @property
    def chosen(self) -> Plan:
        """The plan to follow to the end."""
        return self.tried[0].plan


def plans_of(recipe: Recipe) -> tuple[Plan, ...]:
    """Every rate with every batch."""
    return tuple(Plan(rate, batch) for batch in recipe.batches for rate in recipe.rates)


def search(plans: Sequence[Plan], training: Callable[[Plan], Training], say: Callable[[str], None]) -> Search:
    """Follow all plans for one measurement, the better half of them for two, and so on.

    Nothing of it is lost: what `training` gives goes on where that plan was left.

    Args:
        plans: what to try; one alone is chosen without training.
        training: a plan's training, where it was left.
        say: told what each round found.
    """
    left, tried, measurements = list(plans), {}, 1
    while len(left) > 1:
        for plan in left:
            under_way = training(plan)
            under_way.advance(AT_THE_BEGINNING + measurements)
            tried[plan] = Tried(plan, under_way.measured)
        left = sorted(left, key=lambda plan: _lowest(tried[plan]))
        say("; ".join(f"{plan}: loss {_lowest(tried[plan]):.3f}" for plan in left))
        left = left[: len(left) // 2]
        measurements *= 2
    winner = left[0]
    others = sorted((each for each in tried.values() if each.plan != winner), key=_lowest)
    return Search((tried.get(winner, Tried(winner, ())), *others))


def _lowest(tried: Tried) -> float:
    return min(each.held_out_loss for each in tried.measured)
