"""What answers took and how they failed, system by system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.judging.failures import Failure
from evaluation.judging.values import StoredAnswer
from recommender.recommend.cost import Prices
from recommender.recommend.values import Usage


@dataclass(frozen=True, slots=True)
class Figures:
    """One system's answers, counted; tokens, cost and seconds are None where nobody took them, as of an imported list."""

    system: str
    settings: Mapping[str, str]
    answers: int
    prompt_tokens: float | None  # the mean of an answer
    completion_tokens: float | None
    cost: float | None  # of an answer, at the prices given; None without prices, too
    p50_s: float | None
    p95_s: float | None
    failures: Mapping[str, int]  # failure → answers that fail so


def figures_of(answers: Sequence[StoredAnswer], prices: Prices) -> tuple[Figures, ...]:
    """Figures of every system, in the order of the answers."""
    systems = dict.fromkeys(answer.system for answer in answers)
    return tuple(_figures([answer for answer in answers if answer.system == system], prices) for system in systems)


def _figures(answers: Sequence[StoredAnswer], prices: Prices) -> Figures:
    spent = [answer.spent for answer in answers if answer.spent.seconds]
    total = sum((Usage(each.prompt_tokens, each.completion_tokens) for each in spent), start=Usage())
    price = prices.of(total)
    seconds = [each.seconds for each in spent]
    return Figures(
        system=answers[0].system,
        settings={name: value for name, value in answers[0].settings.items() if name != "error"},
        answers=len(answers),
        prompt_tokens=total.prompt_tokens / len(spent) if spent else None,
        completion_tokens=total.completion_tokens / len(spent) if spent else None,
        cost=price / len(spent) if spent and price is not None else None,
        p50_s=float(np.percentile(seconds, 50)) if spent else None,
        p95_s=float(np.percentile(seconds, 95)) if spent else None,
        failures={failure.value: sum(failure in answer.failures for answer in answers) for failure in Failure},
    )
