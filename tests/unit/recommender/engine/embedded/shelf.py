"""A small shelf for the embedded engine's tests: a schema with every type, and a few real books."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.base import Action, Engine, Operation, Schema, Search, SearchResult

DIMS = 8

SCHEMA = Schema(
    settings={},
    mappings={
        "dynamic": "strict",
        "properties": {
            "id": {"type": "keyword"},
            "title": {"type": "text", "analyzer": "whitespace"},
            "authors": {"type": "keyword"},
            "year": {"type": "integer"},
            "rating": {"type": "double"},
            "available": {"type": "boolean"},
            "added_at": {"type": "date"},
            "record": {"type": "object", "enabled": False},
            "vector": {
                "type": "dense_vector",
                "dims": DIMS,
                "index": True,
                "similarity": "dot_product",
                "index_options": {"type": "int8_flat"},
            },
        },
    },
)


def vector(*numbers: float) -> NDArray[np.float32]:
    """A direction given by its first components, `(DIMS,) float32` of length 1."""
    padded = np.zeros(DIMS, dtype=np.float32)
    padded[: len(numbers)] = numbers
    return padded / np.float32(np.linalg.norm(padded))


BOOKS: Mapping[str, Mapping[str, Any]] = {
    "b-demian": {
        "title": "데미안",
        "authors": ["헤르만 헤세"],
        "year": 1919,
        "rating": 4.5,
        "available": True,
        "added_at": "2026-03-02T09:00:00+09:00",
        "record": {"title": "데미안", "holdings": [{"call_number": "853 헤53ㄷ"}]},
        "vector": vector(1, 0.1),
    },
    "b-wheel": {
        "title": "수레바퀴 아래서",
        "authors": ["헤르만 헤세"],
        "year": 1906,
        "available": False,
        "added_at": "2026-03-02T00:00:00Z",
        "vector": vector(1, 0.5),
    },
    "b-plants": {"title": "지구 끝의 온실", "authors": ["김초엽"], "year": 2021, "rating": 4.0, "vector": vector(0, 1)},
    "b-two": {"title": "데미안 해설", "authors": ["김초엽", "한강"], "year": 2001, "available": True},
    "b-bare": {"title": ""},
}


def fill(engine: Engine, index: str = "books", books: Mapping[str, Mapping[str, Any]] = BOOKS) -> None:
    """Make the index and put the books on it, in the order given."""
    engine.create_index(index, SCHEMA)
    put(engine, books, index)


def put(engine: Engine, books: Mapping[str, Mapping[str, Any]], index: str = "books", *, refresh: bool = True) -> None:
    """Write books, whatever was there."""
    engine.bulk(index, [Operation(Action.INDEX, id_, book) for id_, book in books.items()], refresh=refresh)


def ask(engine: Engine, body: Mapping[str, Any], index: str = "books") -> SearchResult:
    """The answer to one body."""
    (result,) = engine.msearch([Search(index, body)])
    return result


def ids(engine: Engine, body: Mapping[str, Any], index: str = "books") -> list[str]:
    """The ids that one body finds, in order."""
    return [hit.id for hit in ask(engine, body, index).hits]


def titled(word: str, **options: Any) -> dict[str, Any]:
    """A body that looks for a word in titles."""
    return {"query": {"match": {"title": {"query": word}}}, **options}
