"""Successive halving over trainings that only say what their loss is."""

import math
from dataclasses import dataclass, field

import pytest

from training.lora.learning import Measured, Plan
from training.lora.recipe import Recipe
from training.lora.searching import plans_of, search


@dataclass(slots=True)
class Falling:
    """A training whose loss falls by its rate at each measurement, or rises if the rate is too high."""

    plan: Plan
    losses: list[float] = field(default_factory=list)

    @property
    def measured(self) -> tuple[Measured, ...]:
        return tuple(Measured(n * 10, n / 4, loss, loss, float(n)) for n, loss in enumerate(self.losses))

    @property
    def best(self) -> Measured:
        return min(self.measured, key=lambda each: each.held_out_loss)

    def advance(self, measurements: int) -> None:
        while len(self.losses) < measurements:
            fall = self.plan.rate if self.plan.rate < 1 else -math.inf
            self.losses.append(5 - fall * len(self.losses) if self.losses else 5.0)


def test_the_better_half_goes_on_and_the_best_is_chosen() -> None:
    plans = [Plan(rate, 8) for rate in (0.1, 0.5, 0.3, 9.0, 0.2, 0.4)]
    trainings = {plan: Falling(plan) for plan in plans}
    told: list[str] = []

    found = search(plans, trainings.__getitem__, told.append)

    assert found.chosen == Plan(0.5, 8)
    assert {plan.rate: len(training.losses) for plan, training in trainings.items()} == {
        0.1: 2, 0.2: 2, 9.0: 2, 0.3: 3, 0.4: 3, 0.5: 3,
    }  # fmt: skip
    assert len(found.tried) == len(plans)
    assert told[0].startswith("rate 0.5, batch 8: loss 4.500; rate 0.4, batch 8: loss 4.600")


def test_one_plan_is_taken_without_trying() -> None:
    found = search([Plan(0.1, 8)], Falling, pytest.fail)

    assert found.chosen == Plan(0.1, 8)


def test_every_rate_is_tried_with_every_batch() -> None:
    plans = plans_of(Recipe(rates=(1e-4, 1e-3), batches=(8, 32)))

    assert [str(plan) for plan in plans] == [
        "rate 0.0001, batch 8",
        "rate 0.001, batch 8",
        "rate 0.0001, batch 32",
        "rate 0.001, batch 32",
    ]
