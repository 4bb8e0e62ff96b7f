"""The embedded engine as one of the peers that `peers.py` of the side-by-side benchmark times.

It is named there as `--peers evaluation.peer:Seoga` with the repository on `PYTHONPATH`. The benchmark asks for the
methods and attributes below and for no base class, so nothing of it is imported here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.engine.base import Action, Body, Operation, Schema, Search
from recommender.engine.schema import FLAT_VECTORS_UP_TO
from recommender.search.fusion import Leg, fuse

INDEX = "books"
BATCH = 1_000
DEPTH = 100
NUM_CANDIDATES = 500
TOP = 10
RANK_CONSTANT = 60


class Doc(Protocol):
    """A book of that benchmark."""

    @property
    def id(self) -> int:
        """Its row."""

    @property
    def text(self) -> str:
        """Its words, separated by spaces."""

    @property
    def year(self) -> int:
        """When it appeared."""

    @property
    def kdc(self) -> str:
        """Its class."""


class Seoga:
    """The embedded engine with the product's fusion.

    Args:
        work: an empty folder.
    """

    hybrid = True
    warmup = 50  # untimed searches before each measurement
    variants: ClassVar[Mapping[str, Mapping[str, Any]]] = {"": {}}

    def __init__(self, work: Path) -> None:
        from recommender.engine.embedded import EmbeddedEngine

        self.work = work
        self._engine = EmbeddedEngine(work / "engine")

    def build(self, docs: Iterable[Doc], vectors: NDArray[np.float32]) -> None:
        """Index the books; `vectors` is `(n_docs, dims)` float32, a book's id its row."""
        self._engine.create_index(INDEX, _schema(count=len(vectors), dims=vectors.shape[1]))
        operations = _operations(docs, vectors)
        while batch := list(islice(operations, BATCH)):
            self._engine.bulk(INDEX, batch)
        self._engine.optimize(INDEX)

    def search(self, words: list[str], vector: NDArray[np.float32], kdc: Sequence[str] | None = None) -> list[int]:
        """The ids of the ten best books, both legs fused."""
        query: Body = {"match": {"text": {"query": " ".join(words)}}}
        if kdc:
            query = {"bool": {"must": [query], "filter": _filter(kdc)}}
        legs = self._legs({"query": query, "size": DEPTH}, _nearest(vector, kdc))
        return [int(found) for found in fuse(legs, rank_constant=RANK_CONSTANT).ids[:TOP]]

    def search_vector(self, vector: NDArray[np.float32], kdc: Sequence[str] | None = None) -> list[int]:
        """The ids that the dense leg finds."""
        (leg,) = self._legs(_nearest(vector, kdc))
        return [int(found) for found in leg.ids]

    def disk_bytes(self) -> int:
        """What the index takes on the disk."""
        return sum(file.stat().st_size for file in self.work.rglob("*") if file.is_file())

    def server_pid(self) -> int | None:
        """There is no server."""
        return None

    def close(self) -> None:
        """Release the files."""
        self._engine.close()

    def _legs(self, *bodies: Body) -> list[Leg]:
        answers = self._engine.msearch([Search(INDEX, body) for body in bodies])
        return [Leg("", answer.ids, (), 1.0) for answer in answers]


def _schema(*, count: int, dims: int) -> Schema:
    vector = {
        "type": "dense_vector",
        "dims": dims,
        "index": True,
        "similarity": "dot_product",
        "index_options": {"type": "int8_flat" if count <= FLAT_VECTORS_UP_TO else "int8_hnsw"},
    }
    properties = {
        "id": {"type": "keyword"},
        "text": {"type": "text", "analyzer": "whitespace"},
        "year": {"type": "integer"},
        "kdc": {"type": "keyword"},
        "vector": vector,
    }
    return Schema(settings={}, mappings={"dynamic": "strict", "_meta": {"cluster_by": "kdc"}, "properties": properties})


def _operations(docs: Iterable[Doc], vectors: NDArray[np.float32]) -> Iterator[Operation]:
    for doc in docs:
        document = {"text": doc.text, "year": doc.year, "kdc": doc.kdc, "vector": vectors[doc.id]}
        yield Operation(Action.INDEX, f"{doc.id:08d}", document)


def _nearest(vector: NDArray[np.float32], kdc: Sequence[str] | None) -> Body:
    knn: dict[str, Any] = {"field": "vector", "query_vector": vector, "k": DEPTH, "num_candidates": NUM_CANDIDATES}
    if kdc:
        knn["filter"] = _filter(kdc)
    return {"knn": knn, "size": DEPTH}


def _filter(kdc: Sequence[str]) -> list[Body]:
    return [{"terms": {"kdc": list(kdc)}}]
