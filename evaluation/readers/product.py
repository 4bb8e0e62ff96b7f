"""The product's own ways from a reader to books, as the recommendation service goes them when a reader asks nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from evaluation.readers.splitting import Case
from evaluation.tuning.parameters import Values, with_values
from recommender.models import HistoryEntry
from recommender.recommend.values import Question

if TYPE_CHECKING:
    from recommender.library import Library
    from recommender.recommend.inquiry import Inquiry

AT_ONCE = 50
"""Readers asked for in one round trip."""

WEIGHTS: Mapping[str, tuple[str, ...]] = {
    "taste": ("taste",),
    "co-borrowed": ("co_borrowed",),
    "popular": ("popular",),
    "words and meaning": ("lexical", "dense", "appeal"),
}
"""Leg, as tables call it → the weights of the bundle that make it."""

WHOLE = "all legs"

BY_READERS = ("co-borrowed", "popular")
"""Legs that need no record of a book, only its readers."""


class Preparing(Protocol):
    """The part of the recommendation service that is measured."""

    def prepare(self, questions: Sequence[Question]) -> tuple["Inquiry", ...]:
        """What a generator would choose from, for each question."""


class ProductLeg:
    """The service with some of its legs: candidates in their order, as it gives them to a generator."""

    def __init__(self, name: str, service: Preparing) -> None:
        """`service` has the bundle that makes the leg, and a library that remembers the readers."""
        self.name = name
        self._service = service

    def recommend_all(self, cases: Sequence[Case], count: int) -> Iterator[Sequence[str]]:
        """For each reader at most `count` unread books, best first."""
        questions = [Question(reader_id=case.reader_id, size=1, num_candidates=count) for case in cases]
        for start in range(0, len(questions), AT_ONCE):
            for inquiry in self._service.prepare(questions[start : start + AT_ONCE]):
                yield inquiry.candidate_ids


def product_legs(library: "Library", names: Sequence[str]) -> list[ProductLeg]:
    """Each leg alone, all together, and all but each: what a leg finds, and what it adds.

    Args:
        library: has the catalogue and remembers the readers.
        names: the legs of which a table is made; the others have no weight.
    """
    from evaluation.recommending.measuring import recommenders_of

    service_of = recommenders_of(library)
    made = {
        **{name: (name,) for name in names},
        WHOLE: tuple(names),
        **{f"all but {name}": tuple(other for other in names if other != name) for name in names if len(names) > 1},
    }
    return [ProductLeg(name, service_of(with_values(library.bundle, _only(legs)))) for name, legs in made.items()]


def remember(library: "Library", entries: Iterable[HistoryEntry]) -> None:
    """Store readings under pseudonyms and learn from all readers, as the indexer does."""
    from indexer.cli.opening import crowd_learner

    readers = library.readers
    readers.write_history([replace(entry, reader_id=readers.pseudonym(entry.reader_id)) for entry in entries])
    crowd_learner(library).learn()


def _only(legs: Iterable[str]) -> Values:
    """The bundle's values that take every other leg away."""
    kept = {weight for leg in legs for weight in WEIGHTS[leg]}
    every = (weight for weights in WEIGHTS.values() for weight in weights)
    return {f"recommend.candidates.{weight}_weight": 0.0 for weight in every if weight not in kept}
