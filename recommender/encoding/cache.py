"""Keeps document vectors on disk, so that a reindex encodes only what changed."""

import hashlib
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from recommender.encoding.base import Encoder, Vectors
from recommender.errors import EncoderError

TEXTS_PER_COMMIT = 1024
"""Texts encoded between two commits: what a crash costs at most, and one look-up's size."""

REMEMBERED_QUERIES = 4096
"""Query vectors kept in memory (6 MB at 384 numbers each); page 2 of a search asks the same question again."""

BUSY_SECONDS = 60.0
"""How long a process waits while another one writes its batch."""

LOOK_UP = 500
"""Hashes asked for in one statement; SQLite's oldest limit of parameters is 999."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS encoders (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS vectors (
    encoder INTEGER NOT NULL, content BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, content)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class CacheCounts:
    """How many texts were found and how many had to be encoded since the encoder was made."""

    document_hits: int = 0
    document_misses: int = 0
    query_hits: int = 0
    query_misses: int = 0


class CachedEncoder:
    """Wraps an encoder: documents are kept in one SQLite file, queries in memory only (what people ask is not written down).

    A vector is found by the encoder's name and the text's hash, and comes back bit for bit. Each batch is one transaction: a
    process that is killed keeps the batches before. Several processes and threads may share the file.

    Args:
        encoder: encodes what is not there.
        path: the SQLite file; made, with its folder, when it is missing.

    Raises:
        EncoderError: the file cannot be opened or is no cache.
    """

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self._path = path
        self._lock = threading.Lock()
        self._queries: OrderedDict[str, Vectors] = OrderedDict()
        self._counts = CacheCounts()

    @property
    def name(self) -> str:
        """Name of the wrapped encoder."""
        return self._encoder.name

    @property
    def dims(self) -> int:
        """Number of components of a vector."""
        return self._encoder.dims

    @property
    def counts(self) -> CacheCounts:
        """Hits and misses so far."""
        return self._counts

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised; encodes each different text at most once."""
        vectors = np.empty((len(texts), self.dims), np.float32)
        for start in range(0, len(texts), TEXTS_PER_COMMIT):
            batch = texts[start : start + TEXTS_PER_COMMIT]
            vectors[start : start + len(batch)] = self._documents(batch)
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        with self._lock:
            known = {text: self._queries[text] for text in texts if text in self._queries}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, self._encoder.encode_queries(missing), strict=True))
        self._remember({text: known[text] for text in texts}, missing=len(missing))
        return np.stack([known[text] for text in texts]) if texts else np.empty((0, self.dims), np.float32)

    def _documents(self, batch: Sequence[str]) -> Vectors:
        contents = [_content(text) for text in batch]
        known = self._look_up(contents)
        missing = {content: text for content, text in zip(contents, batch, strict=True) if content not in known}
        if missing:
            encoded = dict(zip(missing, self._encoder.encode_documents(list(missing.values())), strict=True))
            self._store(encoded)
            known.update(encoded)
        self._count(document_hits=len(batch) - len(missing), document_misses=len(missing))
        return np.stack([known[content] for content in contents])

    def _look_up(self, contents: Sequence[bytes]) -> dict[bytes, Vectors]:
        known: dict[bytes, Vectors] = {}
        encoder = self._encoder_id  # makes the file, where there is none yet
        size = self.dims * np.dtype(np.float32).itemsize
        with self._connection() as connection:
            for start in range(0, len(contents), LOOK_UP):
                asked = contents[start : start + LOOK_UP]
                marks = ",".join("?" * len(asked))
                statement = f"SELECT content, vector FROM vectors WHERE encoder = ? AND content IN ({marks})"  # noqa: S608 - question marks only
                rows = connection.execute(statement, (encoder, *asked))
                known.update((content, np.frombuffer(vector, "<f4")) for content, vector in rows if len(vector) == size)
        return known

    def _store(self, encoded: dict[bytes, Vectors]) -> None:
        rows = [(self._encoder_id, content, vector.astype("<f4").tobytes()) for content, vector in encoded.items()]
        with self._connection() as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    @cached_property
    def _encoder_id(self) -> int:
        """The row of this encoder, made on first use: its name is known only once its model is loaded."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
            with connection:
                connection.execute("INSERT OR IGNORE INTO encoders (name) VALUES (?)", (self.name,))
            row = connection.execute("SELECT id FROM encoders WHERE name = ?", (self.name,)).fetchone()
        return int(row[0])

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one step, so that threads and processes share nothing but the file."""
        try:
            with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as connection:
                connection.execute("PRAGMA synchronous = NORMAL")
                yield connection
        except sqlite3.Error as error:
            raise EncoderError(
                f"{self._path}: the cache of vectors cannot be used ({error}); "
                "delete the file, it is filled again by the next load"
            ) from error

    def _remember(self, vectors: dict[str, Vectors], *, missing: int) -> None:
        with self._lock:
            for text, vector in vectors.items():
                self._queries[text] = vector
                self._queries.move_to_end(text)
            while len(self._queries) > REMEMBERED_QUERIES:
                self._queries.popitem(last=False)
        self._count(query_hits=len(vectors) - missing, query_misses=missing)

    def _count(self, **added: int) -> None:
        with self._lock:
            before = {name: getattr(self._counts, name) for name in CacheCounts.__slots__}
            self._counts = CacheCounts(**(before | {name: before[name] + n for name, n in added.items()}))


def _content(text: str) -> bytes:
    """Return the text's key, 16 bytes: among a billion texts two share one with a chance below 1 in 10^20."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
