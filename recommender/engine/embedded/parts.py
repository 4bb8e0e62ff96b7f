"""A base: the parts derived from all documents at one time, in one folder that is not changed afterwards.

Its rows are in the order of ids. What is written later gets rows behind them (see `delta`), until a new base is
built. Only the tantivy index in it goes on: changes are committed to it too.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from recommender.engine.base import Schema
from recommender.engine.embedded.columns import Column, ColumnBuilder, column_fields
from recommender.engine.embedded.deriving import StoredDocument
from recommender.engine.embedded.vectors import BaseVectors, VectorWriter
from recommender.engine.embedded.words import BUILDING_BYTES, Words, WordsWriter

WORDS = "words"
IDS = "ids.json"
INVENTORY = "inventory.json"
"""Names and lengths of a base's files, so that a damaged one is noticed when it is opened and not in a search."""


def vector_dims(schema: Schema) -> Mapping[str, int]:
    """The vector fields of a mapping, and how long their vectors are."""
    return {
        field: int(mapping["dims"]) for field, mapping in schema.properties.items() if mapping["type"] == "dense_vector"
    }


def build_base(folder: Path, schema: Schema, documents: Iterable[StoredDocument]) -> tuple[int, int]:
    """Make a base of documents that come in the order of their ids.

    Returns:
        How many there were, and the number of tantivy's commit.
    """
    folder.mkdir(parents=True)
    builders = {field: ColumnBuilder(kind) for field, kind in column_fields(schema).items()}
    writers = {field: VectorWriter(folder, field, dims) for field, dims in vector_dims(schema).items()}
    ids: list[str] = []
    with WordsWriter(folder / WORDS, schema, memory=BUILDING_BYTES) as words:
        for row, document in enumerate(documents):
            ids.append(document.id)
            words.add(row, document.fields)
            for field, builder in builders.items():
                builder.add(row, document.fields.get(field))
            for field, vector in document.vectors.items():
                writers[field].add(row, vector)
        opstamp = words.commit()
    columns = {field: builder.column(len(ids)) for field, builder in builders.items()}
    for field, column in columns.items():
        column.save(folder, field)
    clusters = columns[schema.cluster_by].lowest(descending=True)[0] if schema.cluster_by else None
    for field, writer in writers.items():
        is_graph = schema.properties[field]["index_options"]["type"] == "int8_hnsw"
        writer.finish(graph=is_graph, clusters=clusters)
    (folder / IDS).write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    _write_inventory(folder)
    return len(ids), opstamp


class Base:
    """A base, opened: ids by row, columns and vectors mapped when first used, and the tantivy index.

    Raises:
        OSError, ValueError: it is damaged, or was swept away for a newer one.
    """

    def __init__(self, folder: Path, schema: Schema) -> None:
        _check_inventory(folder)
        self._folder = folder
        self._columns: dict[str, Column] = {}
        self.ids: list[str] = json.loads((folder / IDS).read_bytes())
        self.words = Words(folder / WORDS, schema)
        self.vectors = {field: BaseVectors(folder, field, dims) for field, dims in vector_dims(schema).items()}

    def column(self, field: str) -> Column:
        """The values of a field."""
        column = self._columns.get(field)
        if column is None:
            column = self._columns[field] = Column.load(self._folder, field, len(self.ids))
        return column


def _write_inventory(folder: Path) -> None:
    lengths = {path.name: path.stat().st_size for path in folder.iterdir() if path.is_file()}
    (folder / INVENTORY).write_text(json.dumps(lengths), encoding="utf-8")


def _check_inventory(folder: Path) -> None:
    for name, length in json.loads((folder / INVENTORY).read_bytes()).items():
        if (folder / name).stat().st_size != length:
            raise ValueError(f"{folder / name} is not as long as it was written")
