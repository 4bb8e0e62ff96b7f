"""Asking the engine once for everything that a query set's searches could depend on."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evaluation.legs.templates import Compiler, Leaf, deciding_leaves, marked, renumbered
from evaluation.legs.values import Attempt, Dense, Floats, Ints, Legs, QueryLegs
from recommender.engine.base import Engine, Search, SearchResult
from recommender.search.fusion import DENSE
from recommender.search.request import MAX_QUERY_LENGTH, Mode, SearchRequest
from recommender.search.retrieval import Lookup, leg_bodies, query_traits
from recommender.search.service import BOOKS
from recommender.search.ties import STANDING_FIELDS, Standing

if TYPE_CHECKING:
    from recommender.library import Library

DEPTH = 200
"""Hits kept of the dense leg and of an author's books: replays reach as far as a bundle's `fusion.depth` up to this."""

WHOLE_UP_TO = 5_000
"""Books up to which every match of every clause is kept: then a replay is the search itself."""

CLAUSE_DEPTH = 1_000
"""Matches kept of each clause in a larger catalogue. What is below in every clause cannot reach the first hundred by a
change of weights; only totals, which a replay does not give, would differ."""


def collect(
    library: "Library", queries: Mapping[str, str], *, advance: Callable[[int], None] = lambda _parts: None
) -> Legs:
    """The legs of all queries over the books that a library holds.

    Args:
        library: loaded.
        queries: id → text.
        advance: told after each query.

    Raises:
        ReplayError: a search has a clause that cannot be replayed.
        EngineError: the engine failed.
    """
    shelf = _Shelf.of(library.engine)
    collector = _Collector(library, shelf)
    collected = []
    for query_id, text in queries.items():
        collected.append(collector.query(query_id, text[:MAX_QUERY_LENGTH]))
        advance(1)
    return Legs(shelf.documents, shelf.available, shelf.popularity, tuple(collected))


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What is known of every book without a query."""

    documents: tuple[str, ...]
    positions: Mapping[str, int]
    available: Any  # (n,) bool
    popularity: Any  # (n,) float64
    tokens: Mapping[str, Mapping[str, Ints]]  # field → token → the documents that hold it

    @classmethod
    def of(cls, engine: Engine) -> "_Shelf":
        fields = [name for name, mapping in engine.schema(BOOKS).properties.items() if mapping["type"] == "text"]
        tokens: dict[str, dict[str, list[int]]] = {field: {} for field in fields}
        ids: list[str] = []
        standings: list[Standing] = []
        for position, document in enumerate(engine.scan(BOOKS, source=[*fields, *STANDING_FIELDS])):
            source = document.source
            ids.append(document.id)
            standings.append(_standing(source))
            for field in fields:
                for token in set(source.get(field, "").split()):
                    tokens[field].setdefault(token, []).append(position)
        return cls(
            documents=tuple(ids),
            positions={book_id: position for position, book_id in enumerate(ids)},
            available=np.array([bool(standing.available) for standing in standings]),
            popularity=np.array([standing.popularity for standing in standings]),
            tokens={
                field: {token: _ints(held) for token, held in by_token.items()} for field, by_token in tokens.items()
            },
        )

    def places(self, ids: Sequence[str]) -> Ints:
        return _ints([self.positions[book_id] for book_id in ids])


class _Collector:
    """Collects query by query."""

    def __init__(self, library: "Library", shelf: _Shelf) -> None:
        from recommender.search.finding import Finder

        self._engine = library.engine
        self._shelf = shelf
        bundle = library.bundle.search
        bundle = replace(bundle, fusion=replace(bundle.fusion, depth=DEPTH))
        self._bundles = [replace(bundle, lexical=lexical) for lexical in marked(bundle.lexical)]
        self._finders = [
            Finder(library.engine, BOOKS, library.analyzer, library.encoder, marked_bundle)
            for marked_bundle in self._bundles
        ]
        self._plain = Finder(library.engine, BOOKS, library.analyzer, library.encoder, bundle)
        self._leaf_size = 10_000 if len(shelf.documents) <= WHOLE_UP_TO else CLAUSE_DEPTH

    def query(self, query_id: str, text: str) -> QueryLegs:
        request = SearchRequest(text, mode=Mode.HYBRID, size=DEPTH)
        compiler = Compiler(self._bundles[0].lexical)
        dense: dict[str, int] = {}
        legs: list[Dense] = []
        pairs = zip(*(finder.lookups(request) for finder in self._finders), strict=True)
        attempts = tuple(self._attempt(request, pair, compiler, dense, legs) for pair in pairs)
        deciding = {
            attempt.leaves[leaf] for attempt in attempts if attempt.tree for leaf in deciding_leaves(attempt.tree)
        }
        pool, scores, held = self._pool(compiler.leaves, deciding)
        wanted = np.array([len(leaf.words) if leaf.field else 1 for leaf in compiler.leaves], np.int16)
        return QueryLegs(query_id, pool, scores, held, wanted, attempts, tuple(legs))

    def _attempt(
        self,
        request: SearchRequest,
        lookups: tuple[Lookup, ...],
        compiler: Compiler,
        dense: dict[str, int],
        legs: list[Dense],
    ) -> Attempt:
        first, second = (
            leg_bodies(replace(lookup, facets=False), bundle)
            for lookup, bundle in zip(lookups, self._bundles, strict=True)
        )
        lookup = lookups[0]
        if lookup.query.is_empty:
            return self._browsed(request, lookup)
        tree, leaves = renumbered(compiler.compile(first["lexical"]["query"], second["lexical"]["query"]))
        traits = query_traits(lookup)
        return Attempt(
            tree=tree,
            leaves=leaves,
            first=self._ids(first.get("pinned")),
            author=self._ids(first.get("author")),
            browsed=None,
            dense=self._dense(first.get(DENSE), dense, legs),
            words=traits.words,
            kind=traits.kind,
            any_word=traits.any_word,
        )

    def _browsed(self, request: SearchRequest, lookup: Lookup) -> Attempt:
        """Without words there is nothing that a bundle weighs: the answer is what it is."""
        from recommender.clock import Stopwatch

        answer = self._shelf.places(self._plain.find(request, Stopwatch()).ids)
        kind = lookup.query.kind
        return Attempt(None, (), _ints([]), _ints([]), answer, dense=-1, words=0, kind=kind, any_word=False)

    def _ids(self, body: Mapping[str, Any] | None) -> Ints:
        if body is None:
            return _ints([])
        (answer,) = self._engine.msearch([Search(BOOKS, body)])
        return self._shelf.places(answer.ids)

    def _dense(self, body: Mapping[str, Any] | None, known: dict[str, int], legs: list[Dense]) -> int:
        """The dense leg, asked for once for all attempts that leave its vector and filter alone."""
        if body is None:
            return -1
        knn = body["knn"]
        key = f"{np.asarray(knn['query_vector']).tobytes().hex()} {json.dumps(knn.get('filter'), sort_keys=True)}"
        if key not in known:
            (answer,) = self._engine.msearch([Search(BOOKS, body)])
            known[key] = len(legs)
            legs.append(Dense(self._shelf.places(answer.ids), np.array(answer.scores or (), np.float64)))
        return known[key]

    def _pool(self, leaves: Sequence[Leaf], deciding: Collection[int]) -> tuple[Ints, Floats, NDArray[np.int16]]:
        """The documents that any deciding leaf matches, what each leaf scores them, and how many of its words they hold."""
        answers = self._engine.msearch(
            [Search(BOOKS, {"query": _query(leaf), "size": self._leaf_size}) for leaf in leaves]
        )
        matching = [self._shelf.places(answers[leaf].ids) for leaf in deciding]
        pool = np.unique(np.concatenate(matching)) if matching else _ints([])
        scores = np.zeros((len(leaves), len(pool)), np.float32)
        held = np.zeros((len(leaves), len(pool)), np.int16)
        for row, (leaf, answer) in enumerate(zip(leaves, answers, strict=True)):
            if leaf.field:
                scores[row] = self._spread(answer, answer.scores or (), np.float32)[pool]
                held[row] = self._words_held(leaf)[pool]
            else:
                held[row] = self._passing(leaf, answer)[pool]
        return pool, scores, held

    def _words_held(self, leaf: Leaf) -> NDArray[np.int16]:
        counts = np.zeros(len(self._shelf.documents), np.int16)
        for word in leaf.words:
            counts[self._shelf.tokens[leaf.field].get(word, _NOBODY)] += 1
        return counts

    def _passing(self, leaf: Leaf, answer: SearchResult) -> NDArray[np.int16]:
        """Which documents pass a filter: 1, else 0; a filter that many pass is read to its end."""
        if answer.total <= len(answer.ids):
            return self._spread(answer, np.ones(len(answer.ids)), np.int16)
        passing = np.zeros(len(self._shelf.documents), np.int16)
        for document in self._engine.scan(BOOKS, _query(leaf), source=["id"]):
            passing[self._shelf.positions[document.id]] = 1
        return passing

    def _spread(self, answer: SearchResult, values: Any, kind: Any) -> NDArray[Any]:
        spread = np.zeros(len(self._shelf.documents), kind)
        spread[self._shelf.places(answer.ids)] = values
        return spread


_NOBODY: Ints = np.empty(0, np.int32)


def _standing(source: Mapping[str, Any]) -> Standing:
    return Standing(bool(source.get("available")), source.get("loans") or 0, source.get("copies") or 0)


def _query(leaf: Leaf) -> dict[str, Any]:
    return leaf.body if leaf.field else {"bool": {"filter": [leaf.body]}}


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int32)
