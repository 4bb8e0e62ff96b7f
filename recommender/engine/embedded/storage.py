"""The documents of one index, in SQLite: the truth from which everything else can be made again."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from recommender.engine.base import Action, Document, Operation, OperationResult, Outcome, Schema
from recommender.engine.documents import check_operation, merge_document, prepare_changes, prepare_document
from recommender.engine.embedded.database import Database
from recommender.engine.embedded.deriving import Change, Deriving, State, read_state, stored_document
from recommender.errors import InvalidDocumentError

# A document's `objects`, the fields that are only stored, stand apart and first, so that a page of hits reads nothing else.
SCRIPT = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    objects TEXT NOT NULL,
    fields TEXT NOT NULL
    {vectors}
);
CREATE INDEX documents_by_version ON documents (version);
CREATE TABLE removals (version INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE delta (row INTEGER PRIMARY KEY, id TEXT NOT NULL, live INTEGER NOT NULL);
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version INTEGER NOT NULL,
    derived_version INTEGER NOT NULL,
    base INTEGER NOT NULL,
    base_rows INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    opstamp INTEGER NOT NULL
);
INSERT INTO state VALUES (1, 0, 0, 0, 0, 0, 0)
"""

SCAN_BATCH = 500
"""Documents read at once while scanning: a megabyte or two."""

MOST_PARAMETERS = 500
"""Ids asked for in one statement; SQLite takes a limited number of parameters."""


class DocumentStore:
    """Documents with versions, and the bookkeeping of the parts derived from them.

    A version is the number of the write in its index, so that "what changed since" is one range of an index.
    """

    def __init__(self, path: Path, schema: Schema) -> None:
        self._schema = schema
        self._objects = frozenset(_fields_of_type(schema, "object"))
        self._vectors = _fields_of_type(schema, "dense_vector")
        self._unindexed = self._objects | set(self._vectors)
        columns = "".join(f", vector_{number} BLOB" for number in range(len(self._vectors)))
        self._vector_columns = "".join(f", d.vector_{number}" for number in range(len(self._vectors)))
        self._database = Database(path, SCRIPT.format(vectors=columns))
        self._insert = (
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?" + ", ?" * len(self._vectors) + ")"  # noqa: S608
        )

    def changes(self) -> int:
        """A number that differs after any process has committed."""
        return self._database.changes()

    def state(self) -> State:
        """Where documents and derived parts are now."""
        with self._database.reading() as connection:
            return read_state(connection)

    def write(self, operations: Iterable[Operation]) -> list[OperationResult]:
        """Apply the operations in order, all in one transaction, while the iterable is being read.

        Raises:
            InvalidDocumentError: one does not fit the mapping; none of them took effect.
        """
        with self._database.writing() as connection:
            version = read_state(connection).version
            results = []
            for operation in operations:
                result = self._apply(connection, operation, version + 1)
                version = max(version, int(result.version or 0))
                results.append(result)
            connection.execute("UPDATE state SET version = ?", (version,))
        return results

    def read(self, ids: Sequence[str], source: Sequence[str] | None) -> list[Document | None]:
        """Documents by id in the order asked; vectors only if `source` names them."""
        found: dict[str, Document] = {}
        with self._database.reading() as connection:
            for start in range(0, len(ids), MOST_PARAMETERS):
                some = ids[start : start + MOST_PARAMETERS]
                marks = ",".join("?" * len(some))
                for document in self._select(connection, f"d.id IN ({marks})", some, source):
                    found[document.id] = document
        return [found.get(one) for one in ids]

    def scan(self, source: Sequence[str] | None) -> Iterator[Document]:
        """All documents in the order of their ids; each batch is read on its own, so a writer is not held up."""
        last = ""
        while True:
            with self._database.reading() as connection:
                batch = list(self._select(connection, "d.id > ? ORDER BY d.id LIMIT ?", (last, SCAN_BATCH), source))
            if not batch:
                return
            yield from batch
            last = batch[-1].id

    def count(self) -> int:
        """How many documents there are."""
        with self._database.reading() as connection:
            number: int = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
            return number

    def deriving(self, *, wait_seconds: float) -> "Deriving":
        """A transaction to bring the derived parts up to date; nobody writes meanwhile."""
        return Deriving(self._database, self._vectors, self._vector_columns, wait_seconds)

    def changes_since(self, row: int, state: State) -> list[Change]:
        """The rows from `row` on that were given away after the base, in order."""
        statement = (
            "SELECT delta.row, delta.id, delta.live, d.id, d.fields"  # noqa: S608 (column names of our own)
            f"{self._vector_columns} FROM delta LEFT JOIN documents d ON delta.live AND d.id = delta.id "
            "WHERE delta.row >= ? AND delta.row < ? ORDER BY delta.row"
        )
        with self._database.reading() as connection:
            rows = connection.execute(statement, (row, state.rows)).fetchall()
        return [
            Change(number, id_, stored_document(self._vectors, rest) if rest[0] else None)
            for number, id_, _, *rest in rows
        ]

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _apply(self, connection: sqlite3.Connection, operation: Operation, version: int) -> OperationResult:
        check_operation(operation)
        row = connection.execute("SELECT version FROM documents WHERE id = ?", (operation.id,)).fetchone()
        refusal = _refusal(operation, str(row[0]) if row else None)
        if refusal is not None:
            return refusal
        if operation.action is Action.DELETE:
            connection.execute("DELETE FROM documents WHERE id = ?", (operation.id,))
            connection.execute("INSERT INTO removals VALUES (?, ?)", (version, operation.id))
            return OperationResult(operation.id, Outcome.DELETED, str(version))
        if operation.action is Action.UPDATE:
            self._put(connection, self._merged(connection, operation), version)
            return OperationResult(operation.id, Outcome.UPDATED, str(version))
        self._put(connection, prepare_document(self._schema, operation.id, operation.document or {}), version)
        return OperationResult(operation.id, Outcome.UPDATED if row else Outcome.CREATED, str(version))

    def _merged(self, connection: sqlite3.Connection, operation: Operation) -> dict[str, Any]:
        changes = prepare_changes(self._schema, operation.id, operation.document or {})
        stored = next(self._select(connection, "d.id = ?", (operation.id,), self._schema.properties)).source
        vectors = {field: np.array(stored[field], np.float32) for field in self._vectors if field in stored}
        return merge_document({**stored, **vectors}, changes)

    def _put(self, connection: sqlite3.Connection, document: Mapping[str, Any], version: int) -> None:
        objects = {field: value for field, value in document.items() if field in self._objects}
        fields = {field: value for field, value in document.items() if field not in self._unindexed}
        vectors = [document.get(field) for field in self._vectors]
        blobs = [None if vector is None else vector.tobytes() for vector in vectors]
        try:
            row = (document["id"], version, _to_json(objects), _to_json(fields), *blobs)
            connection.execute(self._insert, row)
        except (TypeError, ValueError) as error:  # a UnicodeEncodeError is a ValueError
            raise InvalidDocumentError(f"document {document['id']}: it cannot be kept as JSON: {error}") from error

    def _select(
        self,
        connection: sqlite3.Connection,
        where: str,
        parameters: Sequence[Any],
        source: Collection[str] | None,
    ) -> Iterator[Document]:
        wanted = None if source is None else frozenset(source)
        columns = ["d.objects" if wanted is None or wanted & self._objects else "NULL"]
        columns.append("d.fields" if wanted is None or wanted - self._objects else "NULL")
        vectors = [] if wanted is None else [field for field in self._vectors if field in wanted]
        columns.extend(f"d.vector_{self._vectors.index(field)}" for field in vectors)
        statement = f"SELECT d.id, d.version, {', '.join(columns)} FROM documents d WHERE {where}"  # noqa: S608
        for id_, version, objects, fields, *blobs in connection.execute(statement, parameters):
            content = {**(json.loads(fields) if fields else {}), **(json.loads(objects) if objects else {})}
            for field, blob in zip(vectors, blobs, strict=True):
                if blob is not None:
                    content[field] = np.frombuffer(blob, dtype=np.float32).tolist()
            if wanted is not None:
                content = {field: value for field, value in content.items() if field in wanted}
            yield Document(id_, content, str(version))


def _refusal(operation: Operation, stored_version: str | None) -> OperationResult | None:
    """Why an operation may not take effect on a document that is stored in this version, or not at all (None)."""
    if operation.action is Action.UPDATE and stored_version is None:
        return OperationResult(operation.id, Outcome.NOT_FOUND, "", "there is no document with this id")
    if operation.if_version is not None and operation.if_version != stored_version:
        reason = f"its version is {stored_version or 'none'}, not {operation.if_version}"
        return OperationResult(operation.id, Outcome.CONFLICT, stored_version or "", reason)
    if operation.action is Action.CREATE and stored_version is not None:
        return OperationResult(operation.id, Outcome.CONFLICT, stored_version, "a document with this id is there")
    if operation.action is Action.DELETE and stored_version is None:
        return OperationResult(operation.id, Outcome.NOT_FOUND, "", "there is no document with this id")
    return None


def _fields_of_type(schema: Schema, kind: str) -> list[str]:
    return [field for field, mapping in schema.properties.items() if mapping["type"] == kind]


_to_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
