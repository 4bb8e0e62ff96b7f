"""What a run found out: every system's measures, and how each differs from the words alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evaluation.collections.values import Collection
from evaluation.relevance.measures import HEADLINE, MEASURES, measure
from evaluation.relevance.rankings import Rankings
from evaluation.relevance.significance import Difference, compare

BASELINE, CLAIM = "lexical", "hybrid"
CONTROL = "control "
"""Before a mode's name: the same mode with the untrained encoder."""


@dataclass(frozen=True, slots=True)
class System:
    """One way of searching, and how well it did."""

    name: str  # lexical, dense, hybrid, control dense, control hybrid
    rankings: Rankings
    values: NDArray[np.float64]  # (n_queries, n_measures), in the order of the collection's queries

    @property
    def means(self) -> Mapping[str, float]:
        """Measure → mean over the queries."""
        return dict(zip(MEASURES, map(float, self.values.mean(axis=0)), strict=True))

    def of_query(self, row: int) -> Mapping[str, float]:
        """Measure → its value for one query."""
        return dict(zip(MEASURES, map(float, self.values[row]), strict=True))


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a run was made with."""

    engine: str
    encoder: str
    bundle: str
    seed: int
    control: str = ""  # name of the untrained encoder, if it was run


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole run over one collection. Differences are new - old, one a measure."""

    collection: Collection
    conditions: Conditions
    systems: Mapping[str, System]
    against_lexical: Mapping[str, Mapping[str, Difference]] = field(default_factory=dict)
    against_control: Mapping[str, Mapping[str, Difference]] = field(default_factory=dict)

    @property
    def reading(self) -> str:
        """The outcome in one sentence."""
        return _reading(self.against_lexical, self.against_control.get(CLAIM))


def outcome_of(collection: Collection, conditions: Conditions, rankings: Mapping[str, Rankings]) -> Outcome:
    """Measure and compare the rankings of each system."""
    query_ids = list(collection.queries)
    systems = {
        name: System(name, ranked, measure(ranked, collection.qrels, query_ids)) for name, ranked in rankings.items()
    }

    def against(old: str, new: str) -> Mapping[str, Difference]:
        differences = compare(systems[new].values, systems[old].values, seed=conditions.seed)
        return dict(zip(MEASURES, differences, strict=True))

    others = [name for name in systems if name != BASELINE and BASELINE in systems]
    controlled = [name for name in systems if CONTROL + name in systems]
    return Outcome(
        collection=collection,
        conditions=conditions,
        systems=systems,
        against_lexical={name: against(BASELINE, name) for name in others},
        against_control={name: against(CONTROL + name, name) for name in controlled},
    )


def number(value: float, *, signed: bool = False) -> str:
    """A measure as it is written in this field: .817, +.017, −.004."""
    digits = f"{abs(value):.3f}".removeprefix("0")
    sign = "" if digits == ".000" or (value > 0 and not signed) else "+" if value > 0 else "−"
    return sign + digits


def interval(difference: Difference) -> str:
    """The bounds of a difference: [−.002, +.017]."""
    return f"[{number(difference.low, signed=True)}, {number(difference.high, signed=True)}]"


def _reading(against_lexical: Mapping[str, Mapping[str, Difference]], beyond: Mapping[str, Difference] | None) -> str:
    if CLAIM not in against_lexical:
        return f"nothing is compared: that takes the modes {BASELINE} and {CLAIM}"
    gain = against_lexical[CLAIM][HEADLINE]
    said = _verdict(gain)
    if beyond is None:
        return said
    return f"{said}; {_beyond(gain, against_lexical[CONTROL + CLAIM][HEADLINE], beyond[HEADLINE])}"


def _verdict(gain: Difference) -> str:
    by = f"{number(gain.mean, signed=True)} {HEADLINE} {interval(gain)}"
    if gain.is_gain:
        return f"{CLAIM} beats {BASELINE} by {by}"
    if gain.is_loss:
        return f"{CLAIM} loses to {BASELINE} by {by}"
    return f"{CLAIM} and {BASELINE} do not differ: {by}"


def _beyond(gain: Difference, control: Difference, beyond: Difference) -> str:
    untrained = f"the untrained control: {number(control.mean, signed=True)}"
    own = f"{number(beyond.mean, signed=True)} {interval(beyond)}"
    if beyond.is_gain:
        return f"{untrained}, beyond it {own}"
    if beyond.is_loss:
        return f"{untrained}, which is better by itself: {own}"
    return f"{untrained}; {'that gain is' if gain.is_gain else 'it is'} not more than the control's: {own}"


def first_relevant_rank(ranked: Sequence[str], grades: Mapping[str, int]) -> int | None:
    """Rank (from 1) of the first relevant book, None if there is none among those found."""
    return next((rank for rank, book_id in enumerate(ranked, 1) if grades.get(book_id, 0) > 0), None)
