"""What an answer costs: seconds and energy here, and money where one would have bought the same tokens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from recommender.generation.base import COMPOSED, ModelInfo
from recommender.generation.power import DEFAULT_WATTS, FixedPower, PowerMeter, Reading
from recommender.recommend.values import Cost, Usage

GENERATION_STAGES = ("choice", "reasons")
"""The stages in which a generator is at work."""

MILLION = 1_000_000
SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Prices:
    """Of a million tokens, elsewhere."""

    prompt: float = 0.0
    completion: float = 0.0
    currency: str = "USD"

    def of(self, usage: Usage) -> float | None:
        """What the tokens would have cost; None where no price is set."""
        if not (self.prompt or self.completion):
            return None
        return (usage.prompt_tokens * self.prompt + usage.completion_tokens * self.completion) / MILLION


class Costs:
    """Reckons what answers cost.

    Args:
        meter: tells what the machine draws; without one, a usual machine's figure is taken.
        prices: of tokens elsewhere; without any, no money is spoken of.
    """

    def __init__(self, meter: PowerMeter | None = None, prices: Prices | None = None) -> None:
        self._meter = meter or FixedPower(DEFAULT_WATTS)
        self._prices = prices or Prices()

    def begin(self) -> Reading | None:
        """What to hand back when the answer is there."""
        return self._meter.read()

    def of(self, usage: Usage, timings: Mapping[str, float], model: ModelInfo, began: Reading | None) -> Cost:
        """The cost of one answer.

        Args:
            usage: its tokens.
            timings: stage → milliseconds.
            model: what generated it.
            began: the reading from before.
        """
        seconds = sum(timings.get(stage, 0.0) for stage in GENERATION_STAGES) / 1000
        draw = self._meter.draw_since(began)
        return Cost(
            seconds=seconds,
            watt_hours=seconds * draw.watts / SECONDS_PER_HOUR if is_here(model) else None,
            is_measured=draw.is_measured and is_here(model),
            price=self._prices.of(usage),
            currency=self._prices.currency,
        )

    def priced(self, cost: Cost, usage: Usage) -> Cost:
        """A cost that was kept, at today's prices."""
        return replace(cost, price=self._prices.of(usage), currency=self._prices.currency)


def is_here(model: ModelInfo) -> bool:
    """Whether a model runs on this machine, whose energy is known; a server on it counts as here."""
    host = urlsplit(model.device).hostname if "://" in model.device else ""
    return model.name == COMPOSED or host in ("", "localhost", "127.0.0.1", "::1")
