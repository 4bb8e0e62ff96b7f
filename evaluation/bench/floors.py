"""The floor of the embedded engine: the raw libraries on the same books, with no program around them.

This is the one place outside the engine that may ask tantivy, usearch and numkong, because it is what the engine is
measured against.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numkong
import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query
from usearch.index import Index

from evaluation.bench.indices import CATALOGUE, PLAIN, IndexPlan
from evaluation.bench.synthetic import CLASSES, SyntheticBook
from recommender.bundle import LexicalBundle
from recommender.engine.language import minimum_matches
from recommender.engine.schema import FLAT_VECTORS_UP_TO
from recommender.search.queries import SCORED_BY_BIGRAMS, SCORED_BY_TOKENS
from recommender.search.retrieval import Lookup

DEPTH = 100
GRAPH_CANDIDATES = 200
"""The least that gives a usable graph search; the engine looks farther, and the table's recall shows what that brings."""

RANK_CONSTANT = 60
WRITER_BYTES = 1_000_000_000
"""Enough for one segment."""

BYTE = 127
TEXTS: Mapping[str, Sequence[str]] = {
    PLAIN.name: ("text",),
    CATALOGUE.name: ("all", "title_bigrams", *SCORED_BY_TOKENS, *SCORED_BY_BIGRAMS),
}
KEYWORDS: Mapping[str, Sequence[str]] = {PLAIN.name: ("kdc",), CATALOGUE.name: ("kdc", "title_keys", "call_number")}


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows, best first: fused, and of each leg."""

    rows: Sequence[int]
    lexical: Sequence[int]
    dense: Sequence[int]


class Floor:
    """One plan's books in a tantivy index and an array of vectors; a book's row is its place in the order given."""

    def __init__(self, folder: Path, plan: IndexPlan, lexical: LexicalBundle) -> None:
        self._plan = plan
        self._words = _Words(folder, plan)
        self._translate = {PLAIN.name: self._any_word, CATALOGUE.name: self._match_and_weigh}[plan.name]
        self._lexical = lexical

    def build(self, books: Iterable[SyntheticBook], *, dims: int, count: int) -> None:
        """Index all books."""
        vectors = np.empty((count, dims), dtype=np.float32)
        classes = np.empty(count, dtype=np.int8)

        def documents() -> Iterator[Mapping[str, Any]]:
            for row, book in enumerate(books):
                vectors[row] = book.vector
                classes[row] = CLASSES.index(book.kdc[0])
                yield self._plan.document(book)

        self._words.add_all(documents())
        self._vectors = _Vectors(vectors, classes)

    def __call__(self, lookup: Lookup) -> Ranking:
        """Both legs and their fusion."""
        lexical = self._words.search(self._translate(lookup), lookup.filters.kdc)
        dense = self._vectors.search(lookup.vector, lookup.filters.kdc)
        return Ranking(_fuse(lexical, dense), lexical, dense)

    def _any_word(self, lookup: Lookup) -> Query:
        return Query.boolean_query(self._words.terms("text", lookup.query.tokens.match))

    def _match_and_weigh(self, lookup: Lookup) -> Query:
        query, lexical, terms = lookup.query, self._lexical, self._words.terms
        boosts, tokens = lexical.boosts, query.tokens
        keys = self._words.any_of("title_keys", [query.title_key]), self._words.any_of("call_number", [query.call_number])
        exact = Query.const_score_query(Query.boolean_query([(Occur.Should, key) for key in keys]), 0.0)
        enough = _enough(terms("all", tokens.match), lexical.all_minimum)
        enough_bigrams = _enough(terms("title_bigrams", query.bigrams), lexical.title_bigrams_minimum)
        alternatives = [
            exact,
            Query.boost_query(enough, boosts["all"]),
            Query.boost_query(enough_bigrams, boosts["title_bigrams"]),
        ]
        match = Query.boolean_query([(Occur.Should, one) for one in alternatives], 1)
        weights = [(field, tokens.score) for field in SCORED_BY_TOKENS]
        weights += [(field, query.bigrams) for field in SCORED_BY_BIGRAMS]
        weighed = [Query.boost_query(Query.boolean_query(terms(field, held)), boosts[field]) for field, held in weights]
        return Query.boolean_query([(Occur.Must, match), *((Occur.Should, one) for one in weighed)])


class _Words:
    """BM25 over whitespace tokens."""

    def __init__(self, folder: Path, plan: IndexPlan) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("row", fast=True)
        for field in TEXTS[plan.name]:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        for field in KEYWORDS[plan.name]:
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        self._fields = (*TEXTS[plan.name], *KEYWORDS[plan.name])
        folder.mkdir(parents=True)
        self._index = tantivy.Index(self._schema, path=str(folder))

    def add_all(self, documents: Iterable[Mapping[str, Any]]) -> None:
        writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        for row, document in enumerate(documents):
            writer.add_document(tantivy.Document(row=row, **{field: document[field] for field in self._fields}))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: Query, classes: Sequence[str]) -> Sequence[int]:
        if classes:
            allowed = Query.const_score_query(self.any_of("kdc", list(classes)), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, allowed)])
        hits = self._searcher.search(query, limit=DEPTH, count=False).hits
        rows: Sequence[int] = self._searcher.fast_field_values("row", [address for _, address in hits])
        return rows

    def terms(self, field: str, tokens: Iterable[str]) -> list[tuple[Occur, Query]]:
        return [(Occur.Should, Query.term_query(self._schema, field, token)) for token in tokens]

    def any_of(self, field: str, values: list[str]) -> Query:
        return Query.term_set_query(self._schema, field, values)


class _Vectors:
    """Bytes: scanned while they are few, in a graph above that; with a filter, a scan of the classes' own rows."""

    def __init__(self, vectors: NDArray[np.float32], classes: NDArray[np.int8]) -> None:
        self._scale = BYTE / float(np.abs(vectors).max())
        small = np.rint(vectors * self._scale).astype(np.int8)
        self._order = np.argsort(classes, kind="stable")
        self._starts = np.searchsorted(classes[self._order], np.arange(len(CLASSES) + 1))
        self._by_class = np.ascontiguousarray(small[self._order])
        self._graph = self._packed = None
        if len(small) > FLAT_VECTORS_UP_TO:
            self._graph = Index(ndim=small.shape[1], metric="cos", dtype="i8", expansion_search=GRAPH_CANDIDATES)
            self._graph.add(np.arange(len(small)), small)
        else:
            self._packed = numkong.dots_pack(small)

    def search(self, vector: NDArray[np.float32], classes: Sequence[str]) -> Sequence[int]:
        query = np.rint(vector * self._scale).astype(np.int8)
        if classes:
            return self._search_classes(query[None, :], classes)
        if self._graph is not None:
            found: Sequence[int] = self._graph.search(query, DEPTH, threads=1).keys.tolist()
            return found
        return _best(np.asarray(numkong.dots_packed(query[None, :], self._packed)).reshape(-1)).tolist()

    def _search_classes(self, query: NDArray[np.int8], classes: Sequence[str]) -> Sequence[int]:
        places = [CLASSES.index(name) for name in classes]
        spans = [slice(self._starts[place], self._starts[place + 1]) for place in places]
        scores = [np.asarray(numkong.cdist(query, self._by_class[span], "dot")).reshape(-1) for span in spans]
        rows = np.concatenate([self._order[span] for span in spans])
        found: Sequence[int] = rows[_best(np.concatenate(scores))].tolist()
        return found


def _enough(terms: list[tuple[Occur, Query]], minimum: str) -> Query:
    return Query.boolean_query(terms, max(1, minimum_matches(minimum, len(terms))))


def _best(scores: NDArray[Any]) -> NDArray[np.int64]:
    count = min(DEPTH, len(scores))
    top = np.argpartition(scores, -count)[-count:]
    return top[np.argsort(-scores[top].astype(np.int64), kind="stable")]


def _fuse(*rankings: Sequence[int]) -> list[int]:
    """Plain reciprocal rank fusion."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, row in enumerate(ranking, 1):
            scores[row] = scores.get(row, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores, key=scores.__getitem__, reverse=True)
