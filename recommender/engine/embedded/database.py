"""One SQLite file in WAL mode: many threads and processes read while one writes."""

import sqlite3
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recommender.errors import EngineUnavailableError

LOCK_WAIT_SECONDS = 120.0
"""How long a writer waits for another one; rebuilding 100,000 books takes less than half of it."""

TABLES_VERSION = 1
"""Which tables a file has; SQLite keeps the number in the file."""


class LockedError(EngineUnavailableError):
    """Another process or thread is writing; the caller may go on with what was written before."""


class Database:
    """Connections to one file: a pool to read, one to write, one to notice what others wrote.

    Every error of SQLite leaves here as an `EngineUnavailableError` that names the file.
    """

    def __init__(self, path: Path, script: str) -> None:
        """Open the file, or make it with the tables of `script`."""
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self._writing = threading.Lock()
        self._watching = threading.Lock()
        with self._translated():
            self._writer = self._connect()
            self._writer.execute("PRAGMA journal_mode = WAL")
            self._make_tables(script)
            self._watcher = self._connect()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection for this thread; statements inside one `with` may see different states unless one `BEGIN`s."""
        with self._translated():
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = self._connect()
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.rollback()
                self._idle.append(connection)

    @contextmanager
    def writing(self, *, wait_seconds: float = LOCK_WAIT_SECONDS) -> Iterator[sqlite3.Connection]:
        """The one transaction that may write: kept if the block ends well, else undone.

        Raises:
            LockedError: somebody else still wrote after `wait_seconds`.
        """
        if not self._writing.acquire(timeout=wait_seconds):
            raise LockedError(f"{self._path}: another thread is still writing; try again later")
        try:
            with self._translated():
                self._begin(wait_seconds)
                try:
                    yield self._writer
                    self._writer.execute("COMMIT")
                finally:
                    if self._writer.in_transaction:
                        self._writer.execute("ROLLBACK")
        finally:
            self._writing.release()

    def changes(self) -> int:
        """A number that differs after any process has committed; 2 microseconds."""
        with self._watching:
            try:  # every search asks, so this one is without the context manager
                number: int = self._watcher.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.Error as error:
                raise self._unavailable(error) from error
            return number

    def close(self) -> None:
        """Close every connection; the last one of all processes also empties the write-ahead log."""
        with self._writing, self._watching:
            for connection in (*self._idle, self._watcher, self._writer):
                connection.close()
            self._idle.clear()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=LOCK_WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        # With a write-ahead log NORMAL loses nothing when a process dies, and never the file when the power does.
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _make_tables(self, script: str) -> None:
        """Run the script once in the life of the file; opening it later waits for no writer."""
        if self._tables_are_made():
            return
        with self.writing() as connection:
            if not self._tables_are_made():  # another process may have made them meanwhile
                for statement in script.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {TABLES_VERSION}")

    def _tables_are_made(self) -> bool:
        return bool(self._writer.execute("PRAGMA user_version").fetchone()[0] == TABLES_VERSION)

    def _begin(self, wait_seconds: float) -> None:
        self._writer.execute(f"PRAGMA busy_timeout = {int(wait_seconds * 1000)}")
        try:
            self._writer.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise LockedError(f"{self._path}: another process is still writing; try again later") from error

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: sqlite3.Error) -> EngineUnavailableError:
        return EngineUnavailableError(
            f"{self._path}: {error}; check that the disk has room and that this account may write there"
        )
