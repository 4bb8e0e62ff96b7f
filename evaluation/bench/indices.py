"""The two indices that are timed: the least that a hybrid search needs, and the catalogue's own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from evaluation.bench.synthetic import SyntheticBook
from recommender.engine.base import Action, Engine, Operation, Schema
from recommender.engine.schema import FLAT_VECTORS_UP_TO, books_schema
from recommender.text.normalization import title_bigrams, title_key, title_phrases

BATCH = 1_000
"""Documents of one bulk request; with vectors of 384 floats some 5 MB."""


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """How a book is kept in one of the indices."""

    name: str
    schema: Callable[[int, int], Schema]  # of dims and the number of books
    document: Callable[[SyntheticBook], dict[str, Any]]


def load(engine: Engine, plan: IndexPlan, books: Sequence[SyntheticBook], *, dims: int) -> None:
    """Make the plan's index and fill it, merged as after a load of a catalogue."""
    engine.create_index(plan.name, plan.schema(dims, len(books)))
    operations = (Operation(Action.INDEX, book.id, plan.document(book)) for book in books)
    for batch in _batches(operations):
        engine.bulk(plan.name, batch)
    engine.optimize(plan.name)


def _batches(operations: Iterator[Operation]) -> Iterator[list[Operation]]:
    while batch := list(islice(operations, BATCH)):
        yield batch


def _plain_schema(dims: int, count: int) -> Schema:
    return Schema(
        settings={"index": {"number_of_shards": 1, "number_of_replicas": 0}},
        mappings={
            "dynamic": "strict",
            "_meta": {"cluster_by": "kdc"},
            "properties": {
                "id": {"type": "keyword"},
                "text": {"type": "text", "analyzer": "whitespace"},
                "kdc": {"type": "keyword"},
                "year": {"type": "integer"},
                "vector": _vector_mapping(dims, count),
            },
        },
    )


def _vector_mapping(dims: int, count: int) -> Mapping[str, Any]:
    kind = "int8_flat" if count <= FLAT_VECTORS_UP_TO else "int8_hnsw"
    return {
        "type": "dense_vector",
        "dims": dims,
        "index": True,
        "similarity": "dot_product",
        "index_options": {"type": kind},
    }


def _plain_document(book: SyntheticBook) -> dict[str, Any]:
    return {"text": book.all_text, "kdc": _classes(book), "year": book.year, "vector": book.vector}


def _catalogue_schema(dims: int, count: int) -> Schema:
    return books_schema(encoder="synthetic", dims=dims, analyzer="synthetic", expected_books=count)


def _catalogue_document(book: SyntheticBook) -> dict[str, Any]:
    return {
        "record": {"id": book.id, "title": book.title},
        "all": book.all_text,
        "title": book.title,
        "title_bigrams": " ".join(title_bigrams(book.title)),
        "title_phrases": " ".join(title_phrases(book.title)),
        "people": book.author,
        "people_bigrams": " ".join(title_bigrams(book.author)),
        "publisher": book.publisher,
        "subjects": book.subjects,
        "description": book.description,
        "title_keys": [title_key(book.title)],
        "title_sort": title_key(book.title),
        "call_number": [f"{book.kdc}{book.author[:1]}{book.id}"],
        "author_names": [book.author],
        "kdc": _classes(book),
        "kdc_main": book.kdc[0],
        "year": book.year,
        "language": "ko",
        "available": book.year % 5 != 0,
        "audience": "adults",
        "form": "book",
        "copies": 1,
        "vector": book.vector,
    }


def _classes(book: SyntheticBook) -> list[str]:
    """The class at every length by which it is filtered: 8, 81, 813."""
    return [book.kdc[:length] for length in range(1, len(book.kdc) + 1)]


PLAIN = IndexPlan("plain", _plain_schema, _plain_document)
CATALOGUE = IndexPlan("catalogue", _catalogue_schema, _catalogue_document)
