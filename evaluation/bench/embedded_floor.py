"""The floor of the embedded engine: the raw libraries on the same books, with no program around them.

This is the one place outside the engine that may ask tantivy, usearch and numkong, because it is what the engine is
measured against.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numkong
import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from evaluation.bench.comparison import Answer
from evaluation.bench.fusing import fuse_plainly
from evaluation.bench.indices import CATALOGUE, PLAIN, IndexPlan
from evaluation.bench.searches import Asked
from evaluation.bench.synthetic import CLASSES, SyntheticBook, book_id
from recommender.bundle import LexicalBundle
from recommender.engine.embedded.graphs import graph_index
from recommender.engine.language import minimum_matches
from recommender.engine.schema import FLAT_VECTORS_UP_TO
from recommender.search.analysis import AnalysedQuery
from recommender.search.queries import SCORED_BY_BIGRAMS, SCORED_BY_TOKENS

DEPTH = 100
GRAPH_CANDIDATES = 200
"""The least that gives a usable graph search; the engine looks farther, and the table's recall shows what that brings."""

WRITER_BYTES = 1_000_000_000
"""Enough for one segment."""

BYTE = 127
TEXTS: Mapping[str, Sequence[str]] = {
    PLAIN.name: ("text",),
    CATALOGUE.name: ("all", "title_bigrams", "title_phrases", *SCORED_BY_TOKENS, *SCORED_BY_BIGRAMS),
}
KEYWORDS: Mapping[str, Sequence[str]] = {PLAIN.name: ("kdc",), CATALOGUE.name: ("kdc", "title_keys", "call_number")}


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows, best first: fused, and of each leg."""

    rows: Sequence[int]
    lexical: Sequence[int]
    dense: Sequence[int]


class EmbeddedFloor:
    """One plan's books in a tantivy index and an array of vectors; a book's row is its place in the order given."""

    def __init__(self, folder: Path, plan: IndexPlan, books: Sequence[SyntheticBook], lexical: LexicalBundle) -> None:
        self._words = _Words(folder, plan, books)
        self._vectors = _Vectors(
            np.stack([book.vector for book in books]), np.array([CLASSES.index(book.kdc[0]) for book in books])
        )
        self._translate = {PLAIN.name: self._any_word, CATALOGUE.name: self._match_and_weigh}[plan.name]
        self._lexical = lexical

    def __call__(self, asked: Asked) -> Ranking:
        """Both legs and their fusion."""
        classes = asked.lookup.filters.kdc
        lexical = self._words.search(self._translate(asked.lookup.query), classes)
        dense = self._vectors.search(asked.vector, classes)
        return Ranking(fuse_plainly(lexical, dense), lexical, dense)

    def answer(self, asked: Asked) -> Answer:
        """The same, with ids of books."""
        ranking = self(asked)
        return Answer(lexical=tuple(map(book_id, ranking.lexical)), dense=tuple(map(book_id, ranking.dense)))

    def _any_word(self, query: AnalysedQuery) -> Query:
        return Query.boolean_query(self._words.terms("text", query.tokens.match))

    def _match_and_weigh(self, query: AnalysedQuery) -> Query:
        lexical, terms = self._lexical, self._words.terms
        boosts, tokens = lexical.boosts, query.tokens
        keys = {"title_keys": query.title_key, "call_number": query.call_number}
        exact = [(Occur.Should, self._words.any_of(field, [key])) for field, key in keys.items()]
        enough = _enough(terms("all", tokens.match), lexical.all_minimum)
        enough_bigrams = _enough(terms("title_bigrams", query.bigrams), lexical.title_bigrams_minimum)
        alternatives = [
            Query.const_score_query(Query.boolean_query(exact), 0.0),
            Query.boost_query(enough, boosts["all"]),
            Query.boost_query(enough_bigrams, boosts["title_bigrams"]),
        ]
        match = Query.boolean_query([(Occur.Should, one) for one in alternatives], 1)
        weights = [(field, tokens.score) for field in SCORED_BY_TOKENS]
        weights += [(field, query.bigrams) for field in SCORED_BY_BIGRAMS]
        weights.append(("title_phrases", (query.title_key,)))
        weighed = [Query.boost_query(Query.boolean_query(terms(field, held)), boosts[field]) for field, held in weights]
        return Query.boolean_query([(Occur.Must, match), *((Occur.Should, one) for one in weighed)])


class _Words:
    """BM25 over whitespace tokens."""

    def __init__(self, folder: Path, plan: IndexPlan, books: Iterable[SyntheticBook]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("row", fast=True)
        for field in TEXTS[plan.name]:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        for field in KEYWORDS[plan.name]:
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        folder.mkdir(parents=True)
        index = tantivy.Index(self._schema, path=str(folder))
        writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
        fields = (*TEXTS[plan.name], *KEYWORDS[plan.name])
        for row, document in enumerate(map(plan.document, books)):
            writer.add_document(tantivy.Document(row=row, **{field: document[field] for field in fields}))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

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
        # One by one: a set of terms is an automaton over the whole dictionary, a hundred times dearer for two values.
        terms = [Query.term_query(self._schema, field, value, "basic") for value in values]
        return Query.boolean_query([(Occur.Should, term) for term in terms])


class _Vectors:
    """Bytes: scanned while they are few, in a graph above that; with a filter, a scan of the classes' own rows."""

    def __init__(self, vectors: NDArray[np.float32], classes: NDArray[np.int64]) -> None:
        self._scale = BYTE / float(np.abs(vectors).max())
        small = np.rint(vectors * self._scale).astype(np.int8)
        self._order = np.argsort(classes, kind="stable")
        self._starts = np.searchsorted(classes[self._order], np.arange(len(CLASSES) + 1))
        self._by_class = np.ascontiguousarray(small[self._order])
        self._graph: Any = None
        self._packed: Any = None
        if len(small) > FLAT_VECTORS_UP_TO:
            self._graph = graph_index()(
                ndim=small.shape[1], metric="cos", dtype="i8", expansion_search=GRAPH_CANDIDATES
            )
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
        scores = np.asarray(numkong.dots_packed(query[None, :], self._packed)).reshape(-1)
        best: Sequence[int] = _best(scores).tolist()
        return best

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
