"""Query sets as a search for better numbers sees them: legs that can be replayed, and judgements."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.collections.values import Collection
from evaluation.legs.replaying import Replayer
from evaluation.legs.scoring import Judge
from evaluation.legs.values import Legs
from evaluation.tuning.study import Scores
from recommender.bundle import Bundle
from recommender.models import Book
from recommender.search.request import Mode

LegsOf = Callable[[Collection, Sequence[Book] | None], Legs]


@dataclass(frozen=True, slots=True)
class QuerySet:
    """A collection, and the books that its passages stand for where they are more than a title and a text."""

    collection: Collection
    books: tuple[Book, ...] | None = None

    @property
    def name(self) -> str:
        """The collection's."""
        return self.collection.name


class Replays:
    """Several query sets, answered again and again without an engine.

    Args:
        sets: what is asked.
        legs_of: gives the legs of a collection.
    """

    def __init__(self, sets: Sequence[QuerySet], legs_of: LegsOf) -> None:
        self._replayers: dict[str, Replayer] = {}
        self._judges: dict[str, Judge] = {}
        for each in sets:
            legs = legs_of(each.collection, each.books)
            self._replayers[each.name] = Replayer(legs)
            self._judges[each.name] = Judge(legs, each.collection.qrels)

    def measure(self, bundle: Bundle, mode: Mode) -> Scores:
        """nDCG@10 of every query of every set."""
        return {
            name: self._judges[name].ndcg(replayer.replay(bundle.search, mode))
            for name, replayer in self._replayers.items()
        }


def counted(sets: Sequence[QuerySet]) -> tuple[str, ...]:
    """Each set with the number of its queries, for a bundle's lineage."""
    return tuple(f"{each.name}: {len(each.collection.queries)}" for each in sets)


def means(scores: Scores) -> Mapping[str, float]:
    """Set → mean."""
    return {name: float(values.mean()) for name, values in scores.items()}
