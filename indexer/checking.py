"""Whether a generation can be trusted: everything is in it, and books are found by their own words and meaning."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.engine.base import Engine, Search
from recommender.errors import EngineError

SAMPLE = 50
"""Books looked up by their own title and vector: enough to notice a broken field, few enough to take no time."""

SAME_VECTOR_FROM = 0.99
"""Score, (1 + cosine) / 2, of a book's own vector: int8 and rescoring cost less than this."""


@dataclass(frozen=True, slots=True)
class SampledBook:
    """What a book must be found by."""

    id: str
    title_tokens: Sequence[str]
    vector: NDArray[np.float32]


class Sampler:
    """Keeps an even sample of the documents that stream through."""

    def __init__(self, expected: int, wanted: int = SAMPLE) -> None:
        self._every = max(1, expected // wanted)
        self._seen = 0
        self.sample: list[SampledBook] = []

    def watch(self, batches: Iterable[Mapping[str, Mapping[str, Any]]]) -> Iterator[Mapping[str, Mapping[str, Any]]]:
        """Pass batches on, remembering a book of each so many."""
        for batch in batches:
            for book_id, document in batch.items():
                if self._seen % self._every == 0:
                    self.sample.append(SampledBook(book_id, document["title"].split(), document["vector"]))
                self._seen += 1
            yield batch


def check_count(engine: Engine, index: str, expected: int) -> None:
    """Compare the number of documents.

    Raises:
        EngineError: some are missing.
    """
    found = engine.count(index)
    if found != expected:
        raise EngineError(f"{index}: {expected:,} books were written, but {found:,} are there; load again")


def check_sample(engine: Engine, index: str, sample: Sequence[SampledBook]) -> None:
    """Look books up by their own titles and vectors.

    Raises:
        EngineError: a book is not found; names it.
    """
    for book in sample:
        by_title, by_vector = engine.msearch([Search(index, _title_body(book)), Search(index, _vector_body(book))])
        if book.title_tokens and by_title.total != 1:
            raise EngineError(f"{index}: book {book.id} is not found by its own title; run `python -m indexer reindex`")
        if not any((hit.score or 0.0) >= SAME_VECTOR_FROM for hit in by_vector.hits):
            raise EngineError(
                f"{index}: book {book.id} is not found by its own meaning; run `python -m indexer reindex`"
            )


def _title_body(book: SampledBook) -> dict[str, Any]:
    title = {"match": {"title": {"query": " ".join(book.title_tokens), "operator": "and"}}}
    return {"query": {"bool": {"must": [title], "filter": [{"ids": {"values": [book.id]}}]}}, "size": 1}


def _vector_body(book: SampledBook) -> dict[str, Any]:
    knn = {"field": "vector", "query_vector": book.vector, "k": 1, "num_candidates": 10}
    return {"knn": {**knn, "filter": [{"ids": {"values": [book.id]}}]}, "size": 1}
