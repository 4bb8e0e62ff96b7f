"""The tantivy index of one base: tokens to find and weigh documents by, and columns to count them by."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import tantivy

from recommender.engine.base import Schema
from recommender.engine.language import instant_milliseconds

ROW = "_row"
"""The column that says which row of the mapped arrays a document is; no field of a mapping begins with `_`."""

BUILDING_BYTES = 2_000_000_000
"""Most memory of tantivy's writer while a base is built: it takes what it needs, and below this limit a base stays
one segment (20,000 books need some 60 MB). In one segment, written in the order of ids, equal scores come out in the
order of ids by themselves."""

CHANGING_BYTES = 50_000_000
"""Most memory of tantivy's writer for a change."""


def words_schema(schema: Schema) -> tantivy.Schema:
    """The fields of a mapping as tantivy holds them: text only to be searched, the others to be counted too."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(ROW, fast=True)
    for field, mapping in schema.properties.items():
        match mapping["type"]:
            case "text":
                builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
            case "keyword":
                builder.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
            case "integer" | "date":
                builder.add_integer_field(field, indexed=True, fast=True)
            case "double":
                builder.add_float_field(field, indexed=True, fast=True)
            case "boolean":
                builder.add_boolean_field(field, indexed=True, fast=True)
    return builder.build()


class WordsWriter:
    """A writer for one change or one new base; nothing of it is seen before `commit`.

    Whoever opens one holds the index's SQLite transaction, so there is never a second.
    """

    def __init__(self, folder: Path, schema: Schema, *, memory: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = words_schema(schema)
        self._fields = _searchable_fields(schema)
        # One thread: several would leave several segments, in no order of ids.
        self._writer = tantivy.Index(self._schema, path=str(folder)).writer(heap_size=memory, num_threads=1)
        # A writer that was killed left files that this one would make under the same names.
        self._writer.garbage_collect_files()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is not None:
                self._writer.rollback()
        finally:
            self._writer.wait_merging_threads()  # gives tantivy's lock back

    def add(self, row: int, fields: Mapping[str, Any]) -> None:
        """Add a document under its row."""
        document = tantivy.Document()
        document.add_integer(ROW, row)
        for field, kind in self._fields:
            value = fields.get(field)
            if value is not None:
                _ADD[kind](document, field, value if isinstance(value, list) else (value,))
        self._writer.add_document(document)

    def delete(self, ids: Iterable[str]) -> None:
        """Take documents out that were committed before."""
        for id_ in ids:
            self._writer.delete_documents_by_term("id", id_)

    def commit(self) -> int:
        """Keep what was written; the number of this commit, which the index's file repeats."""
        return int(self._writer.commit())


class Words:
    """One base's tantivy index, open for reading; `current` is what was last committed."""

    def __init__(self, folder: Path, schema: Schema) -> None:
        self._path = folder / "meta.json"
        self.schema = words_schema(schema)
        self._index = tantivy.Index.open(str(folder))
        self._index.config_reader("manual")

    def current(self) -> tantivy.Searcher:
        """A view of the newest commit, which stays what it is."""
        self._index.reload()
        return self._index.searcher()

    def opstamp(self) -> int:
        """The number of the newest commit."""
        return int(json.loads(self._path.read_bytes())["opstamp"])


def matching_rows(
    searcher: tantivy.Searcher, query: tantivy.Query, *, most: int | None = None
) -> npt.NDArray[np.int64]:
    """The rows of all documents that match, in their order; 0.1 ms for a thousand.

    Args:
        searcher: of one commit.
        query: what has to match.
        most: how many can match, where it is known: less room is made then.
    """
    limit = max(1, searcher.num_docs if most is None else most)
    hits = searcher.search(query, limit=limit, count=False, order_by_field=ROW, order=tantivy.Order.Asc).hits
    return np.fromiter((row for row, _ in hits), dtype=np.int64, count=len(hits))


def _searchable_fields(schema: Schema) -> Sequence[tuple[str, str]]:
    kinds = [(field, mapping["type"]) for field, mapping in schema.properties.items()]
    return [(field, kind) for field, kind in kinds if kind in _ADD]


def _add_text(document: tantivy.Document, field: str, values: Iterable[str]) -> None:
    for value in values:
        document.add_text(field, value)


def _add_integers(document: tantivy.Document, field: str, values: Iterable[int]) -> None:
    for value in values:
        document.add_integer(field, value)


def _add_doubles(document: tantivy.Document, field: str, values: Iterable[float]) -> None:
    for value in values:
        document.add_float(field, value)


def _add_booleans(document: tantivy.Document, field: str, values: Iterable[bool]) -> None:
    for value in values:
        document.add_boolean(field, value)


def _add_dates(document: tantivy.Document, field: str, values: Iterable[str]) -> None:
    for value in values:
        document.add_integer(field, instant_milliseconds(value))


_ADD: Mapping[str, Callable[[tantivy.Document, str, Iterable[Any]], None]] = {
    "text": _add_text,
    "keyword": _add_text,
    "integer": _add_integers,
    "double": _add_doubles,
    "boolean": _add_booleans,
    "date": _add_dates,
}
