"""What is popular, with everybody and at each age: pure.

A book's share among the readings of a group, where what other libraries lend to the group, and what is popular with everybody,
count as so many readings (`prior_readings`) before the library's own are seen: the mean of a Dirichlet posterior (Zhai and
Lafferty 2004, "A study of smoothing methods for language models applied to information retrieval", section 3). The more a
library knows of its own readers, the less it follows others. A reading counts half after a half-life.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from recommender.bundle import CrowdBundle
from recommender.models import AgeGroup
from recommender.readers.crowd import Popular, Ranked

Counts = Mapping[str, float]
"""Id of a held book → how often it was lent or read, the longer ago the less."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read a held book."""

    book_id: str
    reader: str  # pseudonym
    group: AgeGroup | None = None
    read_on: str = ""  # ISO date


@dataclass(frozen=True, slots=True)
class LentElsewhere:
    """What other libraries lend, by age group; None for readers whose age their statistics do not tell."""

    counts: Mapping[AgeGroup | None, Counts] = field(default_factory=dict)

    def of(self, group: AgeGroup) -> Counts:
        """To one age group."""
        return self.counts.get(group, {})

    def to_everybody(self) -> Counts:
        """To all readers together."""
        return _added(self.counts.values())


def popular_books(
    readings: Iterable[Reading], elsewhere: LentElsewhere, loans: Counts, tuned: CrowdBundle, *, today: date
) -> Popular:
    """What is popular, by the library's own readings, loans elsewhere and the loans that its records tell of.

    Args:
        readings: of all readers.
        elsewhere: may be empty.
        loans: of the records; may be empty.
        tuned: how much each counts; a book that fewer readers of a group read than `least_readers` is not counted there.
        today: from which the age of a reading is counted.
    """
    own = _own_counts(readings, tuned, today)
    prior = tuned.prior_readings
    everybody = _shares(own.get(None, {}), [elsewhere.to_everybody(), loans], prior)
    groups = {
        group: _shares(own.get(group, {}), [elsewhere.of(group), everybody], prior)
        for group in AgeGroup
        if own.get(group) or elsewhere.of(group)
    }
    return Popular(
        _best(everybody, tuned.popular), {group: _best(shares, tuned.popular) for group, shares in groups.items()}
    )


def decay(day: str, today: date, half_life_days: float) -> float:
    """What a loan of a day counts today: 1 now, half after a half-life; one of which nobody knows the day counts half."""
    if not day:
        return 0.5
    age = max(0, (today - date.fromisoformat(day)).days)
    return float(0.5 ** (age / half_life_days))


def _own_counts(
    readings: Iterable[Reading], tuned: CrowdBundle, today: date
) -> dict[AgeGroup | None, dict[str, float]]:
    """Group, and None for everybody → book → readings, for books that enough readers of the group read."""
    weights: dict[AgeGroup | None, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for reading in readings:
        weight = decay(reading.read_on, today, tuned.half_life_days)
        for group in {None, reading.group}:
            weights[group][reading.book_id][reading.reader] = weight
    return {
        group: {
            book_id: sum(of_readers.values())
            for book_id, of_readers in books.items()
            if len(of_readers) >= tuned.least_readers
        }
        for group, books in weights.items()
    }


def _shares(own: Counts, priors: Iterable[Counts], prior_readings: float) -> dict[str, float]:
    """Book → its share, each prior counting as so many readings."""
    counts = _added([own, *(_scaled(prior, prior_readings) for prior in priors)])
    total = sum(counts.values())
    return {book_id: count / total for book_id, count in counts.items()} if total else {}


def _scaled(counts: Counts, readings: float) -> Counts:
    """The same as so many readings in all."""
    total = sum(counts.values())
    return {book_id: count * readings / total for book_id, count in counts.items()} if total else {}


def _added(counts: Iterable[Counts]) -> dict[str, float]:
    added: dict[str, float] = defaultdict(float)
    for each in counts:
        for book_id, count in each.items():
            added[book_id] += count
    return dict(added)


def _best(shares: Counts, count: int) -> Ranked:
    ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))[:count]
    return tuple((book_id, round(share, 6)) for book_id, share in ranked if share > 0)
