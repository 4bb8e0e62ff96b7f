"""The port's methods, each handed to the index that it names."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from recommender.engine.base import Document, Health, Operation, OperationResult, Schema, Search, SearchResult
from recommender.engine.embedded.catalogue import Catalogue, Listing
from recommender.engine.embedded.index import EmbeddedIndex
from recommender.engine.mapping import check_name, validate_schema
from recommender.errors import EngineUnavailableError


class EmbeddedEngine:
    """Elasticsearch's part in one folder, in this process: no server, nothing to install.

    Several processes may open the same folder; all of them search while one writes. `folder` belongs to the engine.
    """

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnavailableError(f"{folder}: {error}; name a folder that this account may write") from error
        self._catalogue = Catalogue(folder)
        self._opening = threading.Lock()
        self._opened: dict[str, EmbeddedIndex] = {}

    def create_index(self, name: str, schema: Schema) -> None:
        """Make an empty index."""
        check_name(name)
        validate_schema(schema)
        self._catalogue.add(name, schema, make=EmbeddedIndex.make)

    def drop_index(self, name: str) -> None:
        """Delete an index, its documents, and the aliases that point at it."""
        with self._opening:
            self._opened.pop(name, None)  # not closed: another thread may be in the middle of a search of it
        self._catalogue.remove(name)

    def indices(self) -> Sequence[str]:
        """Names of all indices, sorted."""
        return list(self._catalogue.listing().indices)

    def schema(self, index: str) -> Schema:
        """The schema that an index (or the index behind an alias) was created with."""
        return self._catalogue.listing().find(index).schema

    def aliases(self) -> Mapping[str, str]:
        """Alias → the one index it points at."""
        return dict(self._catalogue.listing().aliases)

    def move_alias(self, alias: str, index: str) -> None:
        """Point an alias at an index, in one transaction."""
        check_name(alias)
        self._catalogue.point(alias, index)

    def bulk(self, index: str, operations: Iterable[Operation], *, refresh: bool = False) -> Sequence[OperationResult]:
        """Write all operations in one transaction, or none if one of the documents is invalid."""
        target = self._index(index)
        results = target.write(operations)
        if refresh:
            target.refresh()
        return results

    def refresh(self, index: str) -> None:
        """Make everything written so far findable; a search does so by itself when it finds the index behind."""
        self._index(index).refresh()

    def optimize(self, index: str) -> None:
        """Build one segment in the order of ids, in which searches are fastest."""
        self._index(index).optimize()

    def msearch(self, searches: Sequence[Search]) -> Sequence[SearchResult]:
        """Run several bodies; those of one index see the same state of it."""
        listing = self._catalogue.listing()
        names = dict.fromkeys(search.index for search in searches)
        answers = {
            name: iter(self._open(listing, name).search([search.body for search in searches if search.index == name]))
            for name in names
        }
        return [next(answers[search.index]) for search in searches]

    def mget(self, index: str, ids: Sequence[str], *, source: Sequence[str] | None = None) -> Sequence[Document | None]:
        """Documents by id, as last written."""
        return self._index(index).read(ids, source)

    def count(self, index: str, query: Mapping[str, Any] | None = None) -> int:
        """How many documents an index holds, or match a query."""
        return self._index(index).count(query)

    def scan(
        self, index: str, query: Mapping[str, Any] | None = None, *, source: Sequence[str] | None = None
    ) -> Iterator[Document]:
        """All documents, or those that match, in the order of their ids, read in batches."""
        return self._index(index).scan(query, source)

    def health(self) -> Health:
        """Whether the files can be read."""
        try:
            names = self.indices()
        except EngineUnavailableError as error:
            return Health(ok=False, engine=self.name, detail=str(error))
        return Health(ok=True, engine=self.name, detail=f"indices: {len(names)}, in {self._folder}")

    def close(self) -> None:
        """Release all files."""
        with self._opening:
            opened = list(self._opened.values())
            self._opened.clear()
        for index in opened:
            index.close()
        self._catalogue.close()

    def _index(self, name: str) -> EmbeddedIndex:
        return self._open(self._catalogue.listing(), name)

    def _open(self, listing: Listing, name: str) -> EmbeddedIndex:
        entry = listing.find(name)
        opened = self._opened.get(entry.name)
        if opened is not None and opened.entry.folder == entry.folder:
            return opened
        with self._opening:
            return self._open_new(name)

    def _open_new(self, name: str) -> EmbeddedIndex:
        entry = self._catalogue.listing().find(name)  # again, since another thread or process may have moved on
        opened = self._opened.get(entry.name)
        if opened is None or opened.entry.folder != entry.folder:
            opened = self._opened[entry.name] = EmbeddedIndex(entry)
        return opened
