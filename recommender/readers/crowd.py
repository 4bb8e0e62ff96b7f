"""What was learnt from all readers together: which books go together, and what is popular at which age.

It is learnt when a catalogue or a history is loaded (`indexer.readers.learning`) and kept in the engine, so that every
process sees it. Nothing in it belongs to one reader.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from recommender.engine.base import Action, Engine, Operation
from recommender.engine.schema import load_schema
from recommender.errors import IndexExistsError, IndexMissingError
from recommender.models import AgeGroup

CO_BORROWED = "co_borrowed"
POPULARITY = "popularity"

EVERYBODY = "everybody"
"""The id of the popularity among readers of all ages."""

BATCH = 1_000

Ranked = tuple[tuple[str, float], ...]
"""Ids of held books with what each counts, best first."""


@dataclass(frozen=True, slots=True)
class Popular:
    """What is popular, with everybody and in each age group of which enough is known."""

    everybody: Ranked = ()
    groups: Mapping[AgeGroup, Ranked] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PopularWith:
    """What is popular with the readers whom a question is about; no groups means everybody."""

    books: Ranked = ()
    groups: tuple[AgeGroup, ...] = ()


class CrowdStore:
    """Reads and writes what was learnt from all readers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def companions(self, keys: Sequence[str]) -> dict[str, Ranked]:
        """`work_key` → the held books that are borrowed with that one; works without any are left out."""
        return self._read(CO_BORROWED, keys)

    def popular(self, groups: Sequence[AgeGroup]) -> PopularWith:
        """What is popular with all these age groups together; with everybody where nothing is known of them."""
        known = self._read(POPULARITY, [EVERYBODY, *(group.value for group in groups)])
        everybody = known.pop(EVERYBODY, ())
        if not known:
            return PopularWith(everybody)
        return PopularWith(_together(list(known.values())), tuple(group for group in groups if group.value in known))

    def counts(self) -> tuple[int, int]:
        """Of how many works companions are known, and of how many age groups what is popular, everybody not counted."""
        return self._count(CO_BORROWED), max(0, self._count(POPULARITY) - 1)

    def write(self, companions: Mapping[str, Ranked], popular: Popular) -> None:
        """Put what was learnt in the place of what was there, without a moment in which there is nothing.

        Args:
            companions: `work_key` → held books.
            popular: in all age groups of which anything is known.
        """
        self._replace(CO_BORROWED, companions)
        groups = {group.value: ranked for group, ranked in popular.groups.items()}
        everybody = {EVERYBODY: popular.everybody} if popular.everybody else {}
        self._replace(POPULARITY, {**everybody, **groups})

    def _read(self, index: str, ids: Sequence[str]) -> dict[str, Ranked]:
        try:
            documents = self._engine.mget(index, list(dict.fromkeys(ids)), source=["content"]) if ids else ()
        except IndexMissingError:
            return {}
        return {
            document.id: tuple((book_id, score) for book_id, score in document.source["content"]["books"])
            for document in documents
            if document
        }

    def _replace(self, index: str, ranked: Mapping[str, Ranked]) -> None:
        self._ensure(index)
        keys = list(ranked)
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            self._engine.bulk(index, [_operation(key, ranked[key]) for key in batch])
        self._engine.refresh(index)
        self._delete(index, [key for key in self._ids(index) if key not in ranked])

    def _ids(self, index: str) -> Iterator[str]:
        return (document.id for document in self._engine.scan(index, source=[]))

    def _delete(self, index: str, ids: Iterable[str]) -> None:
        self._engine.bulk(index, [Operation(Action.DELETE, each) for each in ids], refresh=True)

    def _count(self, index: str) -> int:
        try:
            return self._engine.count(index)
        except IndexMissingError:
            return 0

    def _ensure(self, index: str) -> None:
        """Make the index on first use; another process may be quicker."""
        try:
            self._engine.create_index(index, load_schema(index))
        except IndexExistsError:
            return


def _operation(key: str, books: Ranked) -> Operation:
    return Operation(Action.INDEX, key, {"content": {"books": [list(pair) for pair in books]}})


def _together(lists: Sequence[Ranked]) -> Ranked:
    """Several rankings as one, by the sum of what a book counts in each."""
    if len(lists) <= 1:
        return lists[0] if lists else ()
    summed: dict[str, float] = {}
    for ranked in lists:
        for book_id, share in ranked:
            summed[book_id] = summed.get(book_id, 0.0) + share / len(lists)
    return tuple(sorted(summed.items(), key=lambda pair: (-pair[1], pair[0])))
