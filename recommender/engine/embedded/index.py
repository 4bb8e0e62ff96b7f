"""One index: its documents, and the parts derived from them, kept in step."""

import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path
from typing import Any

from recommender.engine.base import Body, Document, Operation, OperationResult, SearchResult
from recommender.engine.embedded.catalogue import IndexEntry
from recommender.engine.embedded.columns import column_fields
from recommender.engine.embedded.database import LOCK_WAIT_SECONDS, LockedError
from recommender.engine.embedded.delta import Delta
from recommender.engine.embedded.deriving import Deriving, State
from recommender.engine.embedded.parts import WORDS, Base, build_base
from recommender.engine.embedded.searching import find, matching
from recommender.engine.embedded.snapshot import Snapshot
from recommender.engine.embedded.storage import SCAN_BATCH, DocumentStore
from recommender.engine.embedded.words import CHANGING_BYTES, WordsWriter
from recommender.engine.language import validate_body, validate_query
from recommender.errors import EngineUnavailableError, IndexMissingError

LEAST_CHANGES_TO_REBUILD = 500
"""Fewer changes than this never rebuild: a reader's list is changed for years by one document at a time."""

CHANGED_SHARE_TO_REBUILD = 0.1
"""With more of the base than this changed, building it anew costs less than every search pays for the changes."""

STEP_SECONDS = 0.002
STEPS_BEFORE_REPAIR = 50
"""A writer commits to tantivy and then to SQLite, some microseconds apart; a reader that falls between waits this
often for this long, and then takes it that the writer died there."""


NEVER = -1
"""A number of changes that SQLite does not give."""


class EmbeddedIndex:
    """The files of one index. Several threads and processes may hold one each.

    Raises:
        IndexMissingError: it was dropped a moment ago.
    """

    def __init__(self, entry: IndexEntry) -> None:
        if not entry.folder.is_dir():
            raise IndexMissingError(f"index {entry.name!r} was dropped while it was being opened; try again")
        self.entry = entry
        self._store = DocumentStore(entry.folder / "documents.sqlite", entry.schema)
        self._column_fields = frozenset(column_fields(entry.schema))
        self._loading = threading.Lock()
        self._changes = NEVER
        self._snapshot: Snapshot | None = None

    @classmethod
    def make(cls, entry: IndexEntry) -> None:
        """Make the files of an empty index."""
        entry.folder.mkdir()
        index = cls(entry)
        index.refresh()
        index.close()

    def write(self, operations: Iterable[Operation]) -> list[OperationResult]:
        """Apply all operations, or none if one of the documents is invalid."""
        return self._store.write(operations)

    def refresh(self) -> None:
        """Bring the derived parts up to date with everything written."""
        self._derive(wait_seconds=LOCK_WAIT_SECONDS)

    def optimize(self) -> None:
        """Build the derived parts anew if anything was changed since they were built."""
        with self._store.deriving(wait_seconds=LOCK_WAIT_SECONDS) as deriving:
            state = deriving.state
            if state.lags or state.base == 0 or state.rows > state.base_rows:
                self._rebuild(deriving)

    def search(self, bodies: Sequence[Body]) -> list[SearchResult]:
        """Run valid and invalid bodies against one state of the index.

        Raises:
            UnsupportedClauseError: a body is outside the language.
        """
        for body in bodies:
            validate_body(body, self.entry.schema)
        snapshot = self._current()
        return [self._answer(snapshot, body) for body in bodies]

    def read(self, ids: Sequence[str], source: Sequence[str] | None) -> list[Document | None]:
        """Documents as they were last written."""
        return self._store.read(ids, source)

    def count(self, query: Mapping[str, Any] | None) -> int:
        """How many documents there are, or match."""
        if query is None:
            return self._store.count()
        validate_query(query, self.entry.schema, scoring=False)
        return len(matching(self._current(), query))

    def scan(self, query: Mapping[str, Any] | None, source: Sequence[str] | None) -> Iterator[Document]:
        """All documents, or those that match, in the order of their ids."""
        if query is None:
            return self._store.scan(source)
        validate_query(query, self.entry.schema, scoring=False)
        snapshot = self._current()
        ids = sorted(snapshot.ids_of(matching(snapshot, query).tolist()))
        return self._read_in_batches(ids, source)

    def close(self) -> None:
        """Release the files."""
        self._snapshot = None
        self._store.close()

    def _answer(self, snapshot: Snapshot, body: Body) -> SearchResult:
        found = find(snapshot, body)
        source = body.get("_source", False)
        return found if source is False else self._with_sources(found, None if source is True else source)

    def _with_sources(self, found: SearchResult, source: Sequence[str] | None) -> SearchResult:
        documents = self._store.read(found.ids, source)
        # A document may have been deleted since the snapshot was taken; it is no hit any more.
        there = [document is not None for document in documents]
        return replace(
            found,
            ids=tuple(compress(found.ids, there)),
            scores=None if found.scores is None else tuple(compress(found.scores, there)),
            sources=tuple(document.source for document in documents if document is not None),
            columns={field: tuple(compress(values, there)) for field, values in found.columns.items()},
        )

    def _read_in_batches(self, ids: Sequence[str], source: Sequence[str] | None) -> Iterator[Document]:
        for start in range(0, len(ids), SCAN_BATCH):
            for document in self._store.read(ids[start : start + SCAN_BATCH], source):
                if document is not None:
                    yield document

    def _current(self) -> Snapshot:
        """The newest state; looking whether it is still the newest costs 3 microseconds and reads no document."""
        changes = self._store.changes()
        snapshot = self._snapshot
        if snapshot is not None and self._changes == changes:
            return snapshot
        state = self._store.state()
        is_behind = state.lags and not self._try_derive()
        with self._loading:
            changes, state = self._store.changes(), self._store.state()
            if self._snapshot is None or replace(self._snapshot.state, version=state.version) != state:
                self._snapshot = self._open_snapshot(state)
            # What somebody is still writing cannot be derived yet: look again at the next search.
            self._changes = NEVER if is_behind else changes
            return self._snapshot

    def _open_snapshot(self, state: State) -> Snapshot:
        for attempt in range(2 * STEPS_BEFORE_REPAIR):
            try:
                snapshot = self._snapshot_of(state)
            except (OSError, ValueError):  # the folder was replaced by a newer base, or is damaged
                snapshot = None
            if snapshot is not None:
                return snapshot
            if attempt == STEPS_BEFORE_REPAIR:
                self._repair()
            time.sleep(STEP_SECONDS)
            state = self._store.state()
        raise EngineUnavailableError(
            f"{self.entry.folder}: the derived files do not fit the documents and could not be built again; "
            "check that the disk has room"
        )

    def _snapshot_of(self, state: State) -> Snapshot | None:
        """The snapshot of a state, or None if tantivy's files are already, or still, at another."""
        before = self._snapshot
        is_same_base = before is not None and before.state.base == state.base
        base = before.base if before and is_same_base else Base(self._base_folder(state.base), self.entry.schema)
        delta = before.delta if before and is_same_base else Delta()
        searcher = base.words.current()
        if base.words.opstamp() != state.opstamp:
            return None
        known = state.base_rows + len(delta.rows)
        if state.rows > known:
            delta = delta.extended(self._store.changes_since(known, state), self._column_fields)
        return Snapshot(self.entry.schema, state, base, delta, searcher)

    def _try_derive(self) -> bool:
        try:
            self._derive(wait_seconds=0)
        except LockedError:
            return False
        return True

    def _derive(self, *, wait_seconds: float) -> None:
        with self._store.deriving(wait_seconds=wait_seconds) as deriving:
            state = deriving.state
            if state.base == 0 or (state.lags and self._wants_rebuilding(state, deriving.pending())):
                self._rebuild(deriving)
            elif state.lags:
                self._append_or_rebuild(deriving)

    def _wants_rebuilding(self, state: State, pending: int) -> bool:
        changed = state.rows - state.base_rows + pending
        allowed = max(LEAST_CHANGES_TO_REBUILD, int(state.base_rows * CHANGED_SHARE_TO_REBUILD))
        return state.base_rows == 0 or changed > allowed or not self._base_folder(state.base).exists()

    def _repair(self) -> None:
        """Build the derived parts anew, whatever is wrong with them, unless a writer has just done so."""
        with self._store.deriving(wait_seconds=LOCK_WAIT_SECONDS) as deriving:
            try:
                fits = self._snapshot_of(deriving.state) is not None
            except (OSError, ValueError):
                fits = False
            if not fits:
                self._rebuild(deriving)

    def _rebuild(self, deriving: Deriving) -> None:
        number = deriving.state.base + 1
        folder = self._base_folder(number)
        shutil.rmtree(folder, ignore_errors=True)  # of a writer that died before it committed
        rows, opstamp = build_base(folder, self.entry.schema, deriving.documents())
        deriving.rebuilt(base=number, rows=rows, opstamp=opstamp)
        self._sweep(keep={number, deriving.state.base})

    def _append_or_rebuild(self, deriving: Deriving) -> None:
        try:
            self._append(deriving)
        except (OSError, ValueError):  # tantivy's files are damaged; the documents are not
            self._rebuild(deriving)

    def _append(self, deriving: Deriving) -> None:
        state = deriving.state
        removed = deriving.removed()
        written: list[str] = []
        words = self._base_folder(state.base) / WORDS
        with WordsWriter(words, self.entry.schema, memory=CHANGING_BYTES) as writer:
            writer.delete(removed)
            for document in deriving.documents(after=state.derived_version):
                # Also one that a writer added which died before SQLite heard of it.
                writer.delete([document.id])
                writer.add(state.rows + len(written), document.fields)
                written.append(document.id)
            opstamp = writer.commit()
        deriving.appended(written, removed, opstamp=opstamp)

    def _sweep(self, keep: set[int]) -> None:
        """Delete older bases; the one before stays, since another process may be opening it."""
        names = {self._base_folder(number).name for number in keep}
        for folder in self.entry.folder.glob("base-*"):
            if folder.name not in names:
                shutil.rmtree(folder, ignore_errors=True)

    def _base_folder(self, number: int) -> Path:
        return self.entry.folder / f"base-{number}"
