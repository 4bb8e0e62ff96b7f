"""What is known of readers, under their pseudonyms: who read what, and what they said they like."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from recommender.engine.base import MAX_RESULT_WINDOW, Action, Engine, Operation, Search
from recommender.engine.schema import load_schema
from recommender.errors import IndexExistsError, IndexMissingError
from recommender.models import AgeGroup, HistoryEntry, Preferences
from recommender.readers.pseudonyms import Naming
from recommender.readers.records import (
    entry_document,
    entry_from_record,
    entry_id,
    entry_text,
    preferences_from_record,
    preferences_record,
)
from recommender.recommend.keeping.precomputed import PrecomputedAnswers

HISTORY = "reading_history"
PREFERENCES = "reader_preferences"

BATCH = 1_000


class DocumentTokens(Protocol):
    """The part of an analyser that storing needs."""

    def document_tokens_many(self, texts: Sequence[str]) -> list[list[str]]:
        """Tokens by which each text can be found."""


class ReaderStore:
    """Reads and writes histories and preferences; readers are asked for by the library's own ids, nothing is kept under them."""

    def __init__(self, engine: Engine, pseudonyms: Naming, analyzer: DocumentTokens) -> None:
        self._engine = engine
        self._pseudonyms = pseudonyms
        self._analyzer = analyzer

    def pseudonym(self, reader_id: str) -> str:
        """The name under which a reader is stored."""
        return self._pseudonyms.of(reader_id)

    def knows(self, reader_id: str) -> bool:
        """Whether anything is stored of a reader."""
        return self.preferences(reader_id) is not None or self._has_history(reader_id)

    def history(self, reader_id: str) -> tuple[HistoryEntry, ...]:
        """Everything a reader read, the latest first; empty for a reader who is not known."""
        try:
            documents = list(self._engine.scan(HISTORY, self._of_reader(reader_id), source=["record"]))
        except IndexMissingError:
            return ()
        return _latest_first(entry_from_record(document.source["record"]) for document in documents)

    def histories(self, reader_ids: Sequence[str]) -> dict[str, tuple[HistoryEntry, ...]]:
        """Everything that several readers read, in one round trip, the latest first."""
        wanted = list(dict.fromkeys(reader_ids))
        bodies = [
            {"query": {"bool": {"filter": [self._of_reader(reader)]}}, "size": MAX_RESULT_WINDOW, "_source": ["record"]}
            for reader in wanted
        ]
        try:
            answers = self._engine.msearch([Search(HISTORY, body) for body in bodies]) if bodies else ()
        except IndexMissingError:
            return dict.fromkeys(wanted, ())
        return {
            reader: _latest_first(entry_from_record(hit.source["record"]) for hit in answer.hits if hit.source)
            for reader, answer in zip(wanted, answers, strict=True)
        }

    def everything(self) -> Iterator[HistoryEntry]:
        """Every entry of every reader."""
        try:
            for document in self._engine.scan(HISTORY, source=["record"]):
                yield entry_from_record(document.source["record"])
        except IndexMissingError:
            return

    def everybody(self) -> tuple[str, ...]:
        """The pseudonyms of all readers of whom anything is known, in order."""
        known: set[str] = set()
        with contextlib.suppress(IndexMissingError):
            known |= {each.source["reader_id"] for each in self._engine.scan(HISTORY, source=["reader_id"])}
        with contextlib.suppress(IndexMissingError):
            known |= {each.id for each in self._engine.scan(PREFERENCES, source=[])}
        return tuple(sorted(known))

    def age_groups(self) -> dict[str, AgeGroup]:
        """Pseudonym → age group, of the readers who gave one."""
        try:
            documents = list(self._engine.scan(PREFERENCES, source=["record"]))
        except IndexMissingError:
            return {}
        told = ((document.id, preferences_from_record(document.source["record"])) for document in documents)
        return {pseudonym: each.age_group for pseudonym, each in told if each.age_group}

    def preferences(self, reader_id: str) -> Preferences | None:
        """What a reader said they like; None where they said nothing."""
        try:
            (document,) = self._engine.mget(PREFERENCES, [self.pseudonym(reader_id)], source=["record"])
        except IndexMissingError:
            return None
        return preferences_from_record(document.source["record"]) if document else None

    def preferences_of(self, reader_ids: Sequence[str]) -> dict[str, Preferences]:
        """What several readers said they like, in one round trip; who said nothing is left out."""
        wanted = list(dict.fromkeys(reader_ids))
        try:
            found = self._engine.mget(PREFERENCES, [self.pseudonym(each) for each in wanted], source=["record"])
        except IndexMissingError:
            return {}
        return {
            reader: preferences_from_record(document.source["record"])
            for reader, document in zip(wanted, found, strict=True)
            if document
        }

    def write_history(self, entries: Sequence[HistoryEntry]) -> None:
        """Store entries (under pseudonyms); an entry for a book the reader has already replaces that one."""
        self._ensure(HISTORY)
        for start in range(0, len(entries), BATCH):
            batch = entries[start : start + BATCH]
            tokens = self._analyzer.document_tokens_many([entry_text(entry) for entry in batch])
            operations = [
                Operation(Action.INDEX, entry_id(entry), entry_document(entry, words))
                for entry, words in zip(batch, tokens, strict=True)
            ]
            self._engine.bulk(HISTORY, operations, refresh=start + BATCH >= len(entries))

    def keep_only(self, entries: Iterable[HistoryEntry]) -> int:
        """Drop what the readers of these entries read beyond them; returns how many were dropped."""
        kept: dict[str, set[str]] = {}
        for entry in entries:
            kept.setdefault(entry.reader_id, set()).add(entry_id(entry))
        surplus = [
            document.id
            for pseudonym, ids in kept.items()
            for document in self._engine.scan(HISTORY, {"term": {"reader_id": pseudonym}}, source=[])
            if document.id not in ids
        ]
        self._engine.bulk(HISTORY, [Operation(Action.DELETE, surplus_id) for surplus_id in surplus], refresh=True)
        return len(surplus)

    def replace(self, entries: Sequence[HistoryEntry], by: Sequence[HistoryEntry]) -> None:
        """Store entries in the place of others: of the same readers, about books that are better known now."""
        self.write_history(by)
        written = {entry_id(entry) for entry in by}
        gone = [entry_id(entry) for entry in entries if entry_id(entry) not in written]
        self._engine.bulk(HISTORY, [Operation(Action.DELETE, each) for each in gone], refresh=True)

    def write_preferences(self, preferences: Sequence[Preferences]) -> None:
        """Store preferences (under pseudonyms) in place of what the readers said before."""
        self._ensure(PREFERENCES)
        operations = [
            Operation(Action.INDEX, each.reader_id, {"record": preferences_record(each)}) for each in preferences
        ]
        self._engine.bulk(PREFERENCES, operations, refresh=True)

    def write_age_groups(self, groups: Mapping[str, AgeGroup]) -> None:
        """Store how old readers are (under pseudonyms), beside whatever else they said."""
        self._ensure(PREFERENCES)
        pseudonyms = list(groups)
        known = self._engine.mget(PREFERENCES, pseudonyms, source=["record"])
        said = [
            preferences_from_record(document.source["record"]) if document else Preferences(pseudonym)
            for pseudonym, document in zip(pseudonyms, known, strict=True)
        ]
        self.write_preferences([replace(each, age_group=groups[each.reader_id]) for each in said])

    def erase(self, reader_id: str) -> int:
        """Forget a reader; returns how many entries of a history that were."""
        read: list[str] = []
        with contextlib.suppress(IndexMissingError):
            read = [document.id for document in self._engine.scan(HISTORY, self._of_reader(reader_id), source=[])]
            self._engine.bulk(HISTORY, [Operation(Action.DELETE, each) for each in read], refresh=True)
        with contextlib.suppress(IndexMissingError):
            self._engine.bulk(PREFERENCES, [Operation(Action.DELETE, self.pseudonym(reader_id))], refresh=True)
        PrecomputedAnswers(self._engine).forget([self.pseudonym(reader_id)])
        return len(read)

    def erase_read_before(self, day: str) -> int:
        """Forget what was read before a day (ISO date); returns how many entries that were. What has no date stays."""
        try:
            old = [
                document.id
                for document in self._engine.scan(HISTORY, source=["read_on"])
                if (document.source.get("read_on") or day) < day
            ]
        except IndexMissingError:
            return 0
        self._engine.bulk(HISTORY, [Operation(Action.DELETE, each) for each in old], refresh=True)
        return len(old)

    def counts(self) -> tuple[int, int]:
        """How many history entries and how many readers' preferences are stored."""
        return self._count(HISTORY), self._count(PREFERENCES)

    def _count(self, index: str) -> int:
        try:
            return self._engine.count(index)
        except IndexMissingError:
            return 0

    def _has_history(self, reader_id: str) -> bool:
        try:
            return self._engine.count(HISTORY, self._of_reader(reader_id)) > 0
        except IndexMissingError:
            return False

    def _of_reader(self, reader_id: str) -> dict[str, dict[str, str]]:
        return {"term": {"reader_id": self.pseudonym(reader_id)}}

    def _ensure(self, index: str) -> None:
        """Make the index on first use; another process may be quicker."""
        try:
            self._engine.create_index(index, load_schema(index))
        except IndexExistsError:
            return


def history_search(pseudonym: str, tokens: Sequence[str], limit: int) -> Search:
    """The entries of one reader that hold any of the tokens, best first by BM25, at most `limit`."""
    words = {"match": {"tokens": {"query": " ".join(tokens)}}}
    of_reader = {"term": {"reader_id": pseudonym}}
    body = {"query": {"bool": {"must": [words], "filter": [of_reader]}}, "size": limit, "_source": ["record"]}
    return Search(HISTORY, body)


def _latest_first(entries: Iterable[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.read_on, entry.title), reverse=True))
