"""Which indices and aliases there are, and in which folders their files lie."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from recommender.engine.base import Schema
from recommender.engine.embedded.database import Database, LockedError
from recommender.errors import IndexExistsError, IndexMissingError

SCRIPT = """
CREATE TABLE indices (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    schema TEXT NOT NULL
);
CREATE TABLE aliases (
    alias TEXT PRIMARY KEY,
    name TEXT NOT NULL REFERENCES indices (name)
)
"""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One index: its name, its schema, and the folder that is its own for ever, so that a name can come back."""

    name: str
    folder: Path
    schema: Schema


@dataclass(frozen=True, slots=True)
class Listing:
    """All indices and aliases at one moment."""

    indices: Mapping[str, IndexEntry]
    aliases: Mapping[str, str]

    def find(self, name: str) -> IndexEntry:
        """The index of that name, or behind that alias.

        Raises:
            IndexMissingError: there is neither.
        """
        entry = self.indices.get(self.aliases.get(name, name))
        if entry is None:
            raise IndexMissingError(
                f"index {name!r} does not exist; nothing was loaded yet: run `python -m indexer books load FILE`"
            )
        return entry


class Catalogue:
    """The list of indices and aliases, in one small SQLite file; every change is one transaction."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "indices"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._database = Database(folder / "catalogue.sqlite", SCRIPT)
        self._listing: tuple[int, Listing] | None = None
        self._sweep_at_start()

    def listing(self) -> Listing:
        """What there is now, also when another process has just changed it."""
        changes = self._database.changes()
        if self._listing is None or self._listing[0] != changes:
            # The number is read first: what is committed in between is read twice rather than not at all.
            self._listing = changes, self._read()
        return self._listing[1]

    def add(self, name: str, schema: Schema, *, make: Callable[[IndexEntry], None]) -> None:
        """Make a new index's files, then list it: what is listed is whole, what is not is swept away.

        Raises:
            IndexExistsError: the name is taken.
        """
        content = json.dumps({"settings": schema.settings, "mappings": schema.mappings}, ensure_ascii=False)
        with self._database.writing() as connection:
            self._refuse_taken(connection, name)
            added = connection.execute("INSERT INTO indices (name, schema) VALUES (?, ?)", (name, content))
            make(self._entry(added.lastrowid or 0, name, content))

    def remove(self, name: str) -> None:
        """Take an index and the aliases that point at it off the list, and only then delete its files."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM aliases WHERE name = ?", (name,))
            connection.execute("DELETE FROM indices WHERE name = ?", (name,))
        with self._database.writing() as connection:
            self._sweep(connection)

    def point(self, alias: str, name: str) -> None:
        """Let an alias point at an index.

        Raises:
            IndexMissingError: there is no such index.
            IndexExistsError: an index has the alias's name.
        """
        with self._database.writing() as connection:
            names = {row[0] for row in connection.execute("SELECT name FROM indices")}
            if name not in names:
                raise IndexMissingError(f"alias {alias!r}: the index {name!r} does not exist; create it first")
            if alias in names:
                raise IndexExistsError(f"alias {alias!r}: an index has that name; choose another")
            connection.execute("INSERT OR REPLACE INTO aliases (alias, name) VALUES (?, ?)", (alias, name))

    def close(self) -> None:
        """Release the file."""
        self._database.close()

    def _read(self) -> Listing:
        with self._database.reading() as connection:
            connection.execute("BEGIN")
            indices = connection.execute("SELECT number, name, schema FROM indices ORDER BY name").fetchall()
            aliases = connection.execute("SELECT alias, name FROM aliases ORDER BY alias").fetchall()
        entries = {name: self._entry(number, name, schema) for number, name, schema in indices}
        return Listing(MappingProxyType(entries), MappingProxyType(dict(aliases)))

    def _entry(self, number: int, name: str, schema: str) -> IndexEntry:
        content = json.loads(schema)
        folder = self._folder / _folder_name(number, name)
        return IndexEntry(name, folder, Schema(settings=content["settings"], mappings=content["mappings"]))

    def _refuse_taken(self, connection: sqlite3.Connection, name: str) -> None:
        taken = connection.execute(
            "SELECT name FROM indices WHERE name = :name UNION SELECT alias FROM aliases WHERE alias = :name",
            {"name": name},
        ).fetchone()
        if taken:
            raise IndexExistsError(f"index {name!r} is there already; drop it first, or choose another name")

    def _sweep_at_start(self) -> None:
        try:
            with self._database.writing(wait_seconds=0) as connection:
                self._sweep(connection)
        except LockedError:
            return  # whoever holds the lock sweeps, or the next start does

    def _sweep(self, connection: sqlite3.Connection) -> None:
        """Delete the folders of no listed index: a drop that was cut short, or files that Windows held open."""
        rows = connection.execute("SELECT number, name FROM indices")
        listed = {_folder_name(number, name) for number, name in rows}
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in listed:
                shutil.rmtree(folder, ignore_errors=True)


def _folder_name(number: int, name: str) -> str:
    return f"{name}.{number}"
