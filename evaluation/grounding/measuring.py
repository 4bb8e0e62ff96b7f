"""Running the check over the test set, and counting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evaluation.grounding.sentences import UNCHECKABLE, Case, Planted
from recommender.recommend.grounding import Dropped, check, facts_of
from recommender.recommend.grounding.sentences import Reader

CHECKABLE = "checkable lies"
TRUE = "true sentences"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check made of one sentence."""

    planted: Planted
    dropped: tuple[Dropped, ...]

    @property
    def is_right(self) -> bool:
        """A lie was dropped, or a true sentence kept."""
        return bool(self.dropped) == bool(self.planted.lie)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some sentences were dropped."""

    dropped: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 of none."""
        return self.dropped / self.total if self.total else 0.0


def judge(sentences: Iterable[Planted], cases: Mapping[str, Case], reader: Reader) -> list[Verdict]:
    """Check every sentence against the facts of its book."""
    facts = {book_id: facts_of(case.book, case.asker, reader) for book_id, case in cases.items()}
    return [Verdict(planted, check(planted.text, facts[planted.book], reader).dropped) for planted in sentences]


def count(verdicts: Iterable[Verdict]) -> dict[str, Count]:
    """Kind of lie → how many were dropped; then all checkable kinds together, and true sentences."""
    by_kind: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_kind.setdefault(verdict.planted.lie or TRUE, []).append(verdict)
    true = by_kind.pop(TRUE, [])
    checkable = [verdict for kind, found in by_kind.items() if kind != UNCHECKABLE for verdict in found]
    counts = {kind: _count(found) for kind, found in sorted(by_kind.items())}
    return {**counts, CHECKABLE: _count(checkable), TRUE: _count(true)}


def _count(verdicts: list[Verdict]) -> Count:
    return Count(sum(bool(verdict.dropped) for verdict in verdicts), len(verdicts))
