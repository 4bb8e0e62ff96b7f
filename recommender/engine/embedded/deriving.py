"""Bringing the derived parts up to date: how far they are, what is new, and saying that they hold it."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from recommender.engine.embedded.database import Database

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class State:
    """How far the documents and the parts derived from them are."""

    version: int  # of the last write
    derived_version: int  # of the last write that the derived parts hold
    base: int  # number of the base folder; 0: none yet
    base_rows: int  # documents in the base
    rows: int  # rows given away: the base's, and one for each change since
    opstamp: int  # tantivy's number of the commit that belongs to this state

    @property
    def lags(self) -> bool:
        """Whether something was written that the derived parts do not hold yet."""
        return self.version > self.derived_version


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What the derived parts are made from: a document without its unsearchable objects."""

    id: str
    fields: Mapping[str, Any]
    vectors: Mapping[str, Vector]  # field → (dims,) float32, only the fields that have one


@dataclass(frozen=True, slots=True)
class Change:
    """One row given away since the base: the newest state of a document, or that it is gone."""

    row: int
    id: str
    document: StoredDocument | None


class Deriving:
    """A context in which the derived parts are brought up to date, and then said to be."""

    def __init__(self, database: Database, vectors: Sequence[str], vector_columns: str, wait_seconds: float) -> None:
        self._transaction = database.writing(wait_seconds=wait_seconds)
        self._vectors = vectors
        self._vector_columns = vector_columns

    def __enter__(self) -> Self:
        self._connection = self._transaction.__enter__()
        self.state = read_state(self._connection)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._transaction.__exit__(kind, error, traceback)

    def pending(self) -> int:
        """How many writes the derived parts do not hold yet, at most."""
        after = (self.state.derived_version,)
        documents = self._connection.execute("SELECT count(*) FROM documents WHERE version > ?", after).fetchone()[0]
        removals = self._connection.execute("SELECT count(*) FROM removals WHERE version > ?", after).fetchone()[0]
        return int(documents + removals)

    def documents(self, *, after: int = -1) -> Iterator[StoredDocument]:
        """Documents written after a version, in the order of their ids."""
        statement = f"SELECT d.id, d.fields{self._vector_columns} FROM documents d WHERE d.version > ? ORDER BY d.id"  # noqa: S608
        for row in self._connection.execute(statement, (after,)):
            yield stored_document(self._vectors, row)

    def removed(self) -> list[str]:
        """Ids of documents that the derived parts may hold, and that are gone."""
        rows = self._connection.execute(
            "SELECT DISTINCT id FROM removals WHERE version > ? AND id NOT IN (SELECT id FROM documents) ORDER BY id",
            (self.state.derived_version,),
        )
        return [row[0] for row in rows]

    def rebuilt(self, *, base: int, rows: int, opstamp: int) -> None:
        """Say that a new base holds everything."""
        self._connection.execute("DELETE FROM delta")
        self._advance(replace(self.state, base=base, base_rows=rows, rows=rows, opstamp=opstamp))

    def appended(self, written: Sequence[str], removed: Sequence[str], *, opstamp: int) -> None:
        """Say that the changes have rows of their own, in this order, after those given away before."""
        entries = [*((id_, 1) for id_ in written), *((id_, 0) for id_ in removed)]
        first = self.state.rows
        self._connection.executemany(
            "INSERT INTO delta (row, id, live) VALUES (?, ?, ?)",
            ((row, id_, live) for row, (id_, live) in enumerate(entries, first)),
        )
        self._advance(replace(self.state, rows=first + len(entries), opstamp=opstamp))

    def _advance(self, state: State) -> None:
        self._connection.execute("DELETE FROM removals")
        self._connection.execute(
            "UPDATE state SET derived_version = version, base = ?, base_rows = ?, rows = ?, opstamp = ?",
            (state.base, state.base_rows, state.rows, state.opstamp),
        )


def read_state(connection: sqlite3.Connection) -> State:
    """The one row that says how far everything is."""
    columns = "version, derived_version, base, base_rows, rows, opstamp"
    return State(*connection.execute(f"SELECT {columns} FROM state").fetchone())  # noqa: S608


def stored_document(vector_fields: Sequence[str], row: Sequence[Any]) -> StoredDocument:
    """A document of a row `id, fields`, and the vector of each field, which may be NULL."""
    id_, fields, *blobs = row
    vectors = {
        field: np.frombuffer(blob, dtype=np.float32)
        for field, blob in zip(vector_fields, blobs, strict=True)
        if blob is not None
    }
    return StoredDocument(id_, json.loads(fields), vectors)
