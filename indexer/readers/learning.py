"""Learning from all readers together: after each load of a catalogue, of histories or of loan statistics.

Everything is worked out anew each time, from the histories and the catalogue as they are: what was learnt from a reader who
has been erased is gone, and works that were merged since are one. It takes a second for some 50,000 readings.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from recommender.readers.crowd import CrowdStore, Popular, Ranked
from recommender.readers.records import work_key
from recommender.readers.store import ReaderStore

BATCH = 1_000
"""Ids looked up in one round trip."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt from all readers."""

    readers: int
    readings: int
    recognised: int  # books read that the library holds now and did not when the history was loaded
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
        current = self._current_ids(entries)
        entries = [_at_current(entry, current) for entry in entries]
        held = set(current.values())
        companions = self._companions(entries, current)
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
        """The entries, those of books that the library has got since with their ids; and how many those are."""
        unknown = {work_key(entry): entry for entry in entries if not entry.book_id}
        matched = zip(unknown, self._matcher.matched(list(unknown.values())), strict=True)
        held = {key: entry for key, entry in matched if entry.book_id}
        if not held:
            return list(entries), 0
        found = [entry for entry in entries if work_key(entry) in held]
        named = [_as_held(entry, held[work_key(entry)]) for entry in found]
        self._readers.replace(found, named)
        kept = [entry for entry in entries if work_key(entry) not in held]
        return kept + named, len(found)

    def _current_ids(self, entries: Sequence[HistoryEntry]) -> dict[str, str]:
        """Id that histories name → id of the work that the library holds now; works that have gone are left out."""
        named = sorted({entry.book_id for entry in entries if entry.book_id})
        current: dict[str, str] = {}
        try:
            for start in range(0, len(named), BATCH):
                batch = named[start : start + BATCH]
                current |= {
                    document.id: document.id for document in self._engine.mget(ALIAS, batch, source=[]) if document
                }
                current |= self._merged_into([book_id for book_id in batch if book_id not in current])
        except IndexMissingError:
            return {}
        return current

    def _merged_into(self, ids: Sequence[str]) -> dict[str, str]:
        """Id of a work that was merged into another since → that one's."""
        if not ids:
            return {}
        query = {"bool": {"filter": [{"terms": {"former_ids": list(ids)}}]}}
        return {
            former: document.id
            for document in self._engine.scan(ALIAS, query, source=["former_ids"])
            for former in document.source["former_ids"]
            if former in ids
        }

    def _companions(self, entries: Sequence[HistoryEntry], current: Mapping[str, str]) -> dict[str, Ranked]:
        """Work → its companions; works that were merged are found by the ids that histories have of them, too."""
        latest_first = sorted(entries, key=lambda entry: entry.read_on, reverse=True)
        histories: dict[str, list[str]] = defaultdict(list)
        for entry in latest_first:
            histories[entry.reader_id].append(work_key(entry))
        companions = dict(companions_of(histories, set(current.values()), self._tuned))
        merged = {former: companions[book_id] for former, book_id in current.items() if book_id in companions}
        return companions | merged

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


def _as_held(entry: HistoryEntry, held: HistoryEntry) -> HistoryEntry:
    """One reader's entry with what the library knows of the work."""
    return replace(entry, book_id=held.book_id, title=entry.title or held.title, author=entry.author or held.author)


def _at_current(entry: HistoryEntry, current: Mapping[str, str]) -> HistoryEntry:
    return replace(entry, book_id=current.get(entry.book_id, entry.book_id))
