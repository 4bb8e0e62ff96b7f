"""Reading the contract: the files in `es_mappings/` and what an index remembers of how it was built."""

import copy
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recommender.engine.base import Engine, Schema
from recommender.errors import SchemaMismatchError

MAPPINGS_FOLDER = Path(__file__).resolve().parents[2] / "es_mappings"

FLAT_VECTORS_UP_TO = 50_000
"""Up to this many documents an exact int8 scan is as fast as a graph and loses nothing (docs/engines.md)."""


def load_schema(name: str, *, folder: Path = MAPPINGS_FOLDER) -> Schema:
    """The schema in `es_mappings/<name>.json`, its hash added to `_meta`, so that any edit is noticed."""
    content = (folder / f"{name}.json").read_text(encoding="utf-8")
    schema = json.loads(content)
    meta = schema["mappings"].setdefault("_meta", {})
    canonical = json.dumps(schema, ensure_ascii=False, sort_keys=True)
    meta["schema"] = hashlib.sha256(canonical.encode()).hexdigest()[:16]
    return Schema(settings=schema.get("settings", {}), mappings=schema["mappings"])


def books_schema(*, encoder: str, dims: int, analyzer: str, expected_books: int) -> Schema:
    """The schema of a new generation of books, for one encoder and analyser.

    Args:
        encoder: the encoder's name, remembered in `_meta`.
        dims: length of its vectors.
        analyzer: the analyser's fingerprint, remembered in `_meta`.
        expected_books: decides between an exact scan and a graph for the vectors.
    """
    schema = load_schema("books")
    mappings: dict[str, Any] = copy.deepcopy(dict(schema.mappings))
    vector = mappings["properties"]["vector"]
    vector["dims"] = dims
    vector["index_options"]["type"] = "int8_flat" if expected_books <= FLAT_VECTORS_UP_TO else "int8_hnsw"
    mappings["_meta"] |= {"encoder": encoder, "dims": dims, "analyzer": analyzer}
    return Schema(settings=schema.settings, mappings=mappings)


def check_meta(engine: Engine, index: str, expected: Mapping[str, Any]) -> None:
    """Compare what an index was built with to what runs now.

    Raises:
        SchemaMismatchError: names the part that differs, and the command that mends it.
        IndexMissingError: nothing was loaded yet.
    """
    built = engine.schema(index).meta
    for part, value in expected.items():
        if built.get(part) != value:
            raise SchemaMismatchError(
                f"index {index}: it was built with {part} {built.get(part)!r}, but {value!r} runs now; "
                "run `python -m indexer reindex`, or set it back"
            )
