"""Learning from all readers together: after each load of a catalogue, of histories or of loan statistics.

Everything is worked out anew each time, from the histories and the catalogue as they are: what was learnt from a reader who
has been erased is gone, and works that were merged since are one. It takes a second for some 50,000 readings.
"""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from indexer.readers.co_borrowing import companions_of
from indexer.readers.lending import LendingStore
from indexer.readers.matching import BookMatcher
from indexer.readers.popularity import Reading, popular_books
from indexer.rollover import ALIAS
from recommender.bundle import CrowdBundle
from recommender.engine.base import Engine, Search
from recommender.errors import IndexMissingError
from recommender.models import HistoryEntry
from recommender.readers.crowd import CrowdStore, Popular
from recommender.readers.records import work_key
from recommender.readers.store import ReaderStore

BATCH = 1_000
"""Ids looked up in one round trip."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt from all readers."""

    readers: int
    readings: int
    recognised: int  # books read that were not held before, or held as another work
    with_companions: int  # works of which it is known what is borrowed with them
    pairs: int
    popular: int  # books in the list for everybody
    groups: tuple[str, ...]  # ages of which it is known what is popular
    seconds: float


class CrowdLearner:
    """Works out which books go together and what is popular, and stores it."""

    def __init__(self, engine: Engine, readers: ReaderStore, tuned: CrowdBundle, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._readers = readers
        self._store = CrowdStore(engine)
        self._lending = LendingStore(engine)
        self._matcher = BookMatcher(engine)
        self._tuned = tuned
        self._clock = clock

    def learn(self) -> Learnt:
        """Put what all histories tell now in the place of what was learnt before.

        Raises:
            EngineError: the engine failed.
        """
        started = self._clock()
        entries, recognised = self._recognised(list(self._readers.everything()))
        held = self._held([entry.book_id for entry in entries])
        companions = dict(companions_of(_latest_first(entries), held, self._tuned))
        popular = self._popular([entry for entry in entries if entry.book_id in held], started)
        self._store.write(companions, popular)
        return Learnt(
            readers=len({entry.reader_id for entry in entries}),
            readings=len(entries),
            recognised=recognised,
            with_companions=len(companions),
            pairs=sum(map(len, companions.values())),
            popular=len(popular.everybody),
            groups=tuple(group.value for group in popular.groups),
            seconds=(self._clock() - started).total_seconds(),
        )

    def _recognised(self, entries: Sequence[HistoryEntry]) -> tuple[list[HistoryEntry], int]:
        """The entries with the ids of the works that the library holds now; and of how many that is another than before.

        Works are merged, and books are bought after a history was loaded; a rollback undoes both.
        """
        held = self._held([entry.book_id for entry in entries])
        astray = {work_key(entry): entry for entry in entries if entry.book_id not in held}
        found = self._merged([entry.book_id for entry in astray.values() if entry.book_id])
        lost = {key: entry for key, entry in astray.items() if entry.book_id not in found}
        matched = self._matcher.matched([replace(entry, book_id="") for entry in lost.values()])
        known = {key: replace(entry, book_id=found[entry.book_id]) for key, entry in astray.items() if key not in lost}
        known |= {key: entry for key, entry in zip(lost, matched, strict=True) if entry.book_id}
        before = [entry for entry in entries if work_key(entry) in known]
        after = [_as_known(entry, known[work_key(entry)]) for entry in before]
        if before:
            self._readers.replace(before, after)
        return [entry for entry in entries if work_key(entry) not in known] + after, len(after)

    def _held(self, ids: Iterable[str]) -> frozenset[str]:
        """Which of these works the library holds."""
        wanted = sorted({book_id for book_id in ids if book_id})
        held: set[str] = set()
        with contextlib.suppress(IndexMissingError):
            for start in range(0, len(wanted), BATCH):
                found = self._engine.mget(ALIAS, wanted[start : start + BATCH], source=[])
                held |= {document.id for document in found if document}
        return frozenset(held)

    def _merged(self, ids: Sequence[str]) -> dict[str, str]:
        """Id of a work that was merged into another since → that one's."""
        if not ids:
            return {}
        query = {"bool": {"filter": [{"terms": {"former_ids": list(ids)}}]}}
        with contextlib.suppress(IndexMissingError):
            return {
                former: document.id
                for document in self._engine.scan(ALIAS, query, source=["former_ids"])
                for former in document.source["former_ids"]
                if former in ids
            }
        return {}

    def _popular(self, entries: Sequence[HistoryEntry], now: datetime) -> Popular:
        today = now.date()
        elsewhere, _ = self._lending.elsewhere(today, self._tuned.half_life_days)
        return popular_books(self._readings(entries), elsewhere, self._loans(), self._tuned, today=today)

    def _readings(self, entries: Sequence[HistoryEntry]) -> Iterator[Reading]:
        groups = self._readers.age_groups()
        for entry in entries:
            yield Reading(entry.book_id, entry.reader_id, groups.get(entry.reader_id), entry.read_on)

    def _loans(self) -> dict[str, float]:
        """The books that were lent most as the records have it, with their loans."""
        lent = {"bool": {"filter": [{"range": {"loans": {"gt": 0}}}]}}
        body = {
            "query": lent,
            "sort": [{"loans": "desc"}, {"id": "asc"}],
            "size": self._tuned.popular,
            "docvalue_fields": ["loans"],
        }
        try:
            (answer,) = self._engine.msearch([Search(ALIAS, body)])
        except IndexMissingError:
            return {}
        loans = answer.columns.get("loans", ())
        return {book_id: float(count or 0) for book_id, count in zip(answer.ids, loans, strict=True)}


def _as_known(entry: HistoryEntry, known: HistoryEntry) -> HistoryEntry:
    """One reader's entry with the work that it is about; what was a number alone gets its title and author."""
    return replace(entry, book_id=known.book_id, title=entry.title or known.title, author=entry.author or known.author)


def _latest_first(entries: Iterable[HistoryEntry]) -> dict[str, list[str]]:
    """Reader → works read, the latest first."""
    histories: dict[str, list[str]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.read_on, reverse=True):
        histories[entry.reader_id].append(work_key(entry))
    return histories
