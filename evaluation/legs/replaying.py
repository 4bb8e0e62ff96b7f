"""Searching again without an engine: the rankings that the product would give with another bundle.

Whatever two bundles share is computed once: the matches of the words for each set of boosts and minimums, the cut dense
leg for each threshold. A change of fusion alone is a few array operations for a whole query set.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from evaluation.legs.fusing import Fusing, Ranked
from evaluation.legs.matching import SameShape
from evaluation.legs.templates import Node
from evaluation.legs.values import Attempt, Dense, Ints, Legs
from evaluation.relevance.rankings import Rankings
from recommender.bundle import DenseBundle, LexicalBundle, SearchBundle
from recommender.search.fusion import DENSE, FIRST, LEXICAL, Leg, QueryTraits, dense_weight, words_suffice
from recommender.search.request import Mode

REMEMBERED = 8
"""Matches and cut legs kept at a time: a search over fusion settings asks for the same again and again."""

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Replayed:
    """The answers to every query with one bundle."""

    query_ids: tuple[str, ...]
    documents: Ints  # (n_queries, size) positions among the library's documents; -1: no more
    ids: tuple[str, ...]  # of the documents

    def rankings(self) -> Rankings:
        """The same as ids."""
        rows = zip(self.query_ids, self.documents.tolist(), strict=True)
        return {query_id: tuple(self.ids[place] for place in row if place >= 0) for query_id, row in rows}


@dataclass(frozen=True, slots=True)
class _Found:
    """What the words of one query find, best first."""

    documents: Ints
    scores: NDArray[np.float64]


_EMPTY: tuple[Ints, NDArray[np.float64]] = (np.empty(0, np.int32), np.empty(0))
_NOTHING = _Found(*_EMPTY)


@dataclass(frozen=True, slots=True)
class _Leg:
    """A leg of every query, and of each the beginning by which fusion weighs the legs."""

    ranked: Ranked
    beginnings: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """How every query was looked for in the end, and what its words found."""

    attempts: tuple[Attempt, ...]
    traits: tuple[QueryTraits, ...]
    lexical: _Leg


class Replayer:
    """Replays one query set.

    Args:
        legs: of the queries.
    """

    def __init__(self, legs: Legs) -> None:
        self._legs = legs
        self._first_shapes = self._shapes(range(len(legs.queries)), level=0)
        self._later_shapes: dict[str, list[tuple[list[int], SameShape]]] = {}
        self._looks: dict[str, _Looked] = {}
        self._cuts: dict[str, _Leg] = {}
        self._fusings: dict[str, Fusing] = {}

    def replay(self, bundle: SearchBundle, mode: Mode = Mode.HYBRID, *, size: int = 10) -> Replayed:
        """The rankings that a search with this bundle gives, to `size` books.

        The bundle's `fusion.depth` may not exceed that of the legs (`collecting.DEPTH`). `num_candidates` and reranking
        are not replayed, and neither are the matches beyond the fused window.
        """
        looked = self._looked(bundle, mode)
        legs = {LEXICAL: looked.lexical} if mode is not Mode.DENSE else {}
        if mode is not Mode.LEXICAL:
            legs[DENSE] = self._dense(bundle, looked)
        key = _key(mode, bundle.lexical, bundle.dense, bundle.fusion.depth)
        fusing = _once(self._fusings, key, lambda: Fusing(self._legs, {name: leg.ranked for name, leg in legs.items()}))
        weights, without_dense = self._weights(legs, looked, bundle)
        whole = max(size, fusing.width) if any(attempt.author.size for attempt in looked.attempts) else size
        ranked = fusing.order(bundle.fusion, weights, without_dense, size=whole)
        return Replayed(
            query_ids=tuple(query.query_id for query in self._legs.queries),
            documents=ranked[:, :size] if mode is Mode.DENSE else _put_first(ranked, looked.attempts, size),
            ids=self._legs.documents,
        )

    def _weights(
        self, legs: Mapping[str, _Leg], looked: _Looked, bundle: SearchBundle
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Of every query the weight of its dense leg, and whether it goes without that leg altogether."""
        weights, without = [], []
        for row, traits in enumerate(looked.traits):
            beginnings = {name: leg.beginnings[row] for name, leg in legs.items()}
            weight = dense_weight(beginnings, traits, bundle.fusion)
            weights.append(weight)
            without.append(words_suffice(beginnings, traits, weight))
        return np.array(weights), np.array(without)

    def _looked(self, bundle: SearchBundle, mode: Mode) -> _Looked:
        """What the words find; by meaning alone a query is looked for as it was asked."""
        if mode is Mode.DENSE:
            return _once(
                self._looks,
                "as asked",
                lambda: self._chosen([(query.attempts[0], _NOTHING) for query in self._legs.queries]),
            )
        lexical, depth = bundle.lexical, bundle.fusion.depth
        return _once(self._looks, _key(lexical, depth), lambda: self._chosen(self._found(lexical, depth)))

    def _chosen(self, found: Sequence[tuple[Attempt, _Found]]) -> _Looked:
        attempts = tuple(attempt for attempt, _ in found)
        return _Looked(
            attempts=attempts,
            traits=tuple(_traits(attempt) for attempt in attempts),
            lexical=self._leg(LEXICAL, [(one.documents, one.scores) for _, one in found]),
        )

    def _found(self, lexical: LexicalBundle, depth: int) -> list[tuple[Attempt, _Found]]:
        """Each query as asked or, while nothing matches, relaxed by one more step; as asked if nothing ever does."""
        queries = self._legs.queries
        found = self._matched(self._first_shapes, lexical, depth)
        chosen = {row: (query.attempts[0], found.get(row, _NOTHING)) for row, query in enumerate(queries)}
        pending = [row for row, (attempt, one) in chosen.items() if _is_unmet(attempt, one)]
        for level in count(1):
            pending = [row for row in pending if len(queries[row].attempts) > level]
            if not pending:
                break
            shapes = _once(self._later_shapes, _key(level, pending), partial(self._shapes, pending, level))
            found = self._matched(shapes, lexical, depth)
            tried = {row: (queries[row].attempts[level], found.get(row, _NOTHING)) for row in pending}
            met = {row: (attempt, one) for row, (attempt, one) in tried.items() if not _is_unmet(attempt, one)}
            chosen |= met
            pending = [row for row in pending if row not in met]
        return [chosen[row] for row in range(len(queries))]

    def _shapes(self, rows: Iterable[int], level: int) -> list[tuple[list[int], SameShape]]:
        """The queries of some rows, those of one shape together."""
        by_tree: dict[Node, list[int]] = defaultdict(list)
        for row in rows:
            tree = self._legs.queries[row].attempts[level].tree
            if tree is not None:
                by_tree[tree].append(row)

        def shape(tree: Node, same: Sequence[int]) -> SameShape:
            queries = [self._legs.queries[row] for row in same]
            return SameShape(tree, [(query, query.attempts[level].leaves) for query in queries])

        return [(same, shape(tree, same)) for tree, same in by_tree.items()]

    def _matched(
        self, shapes: Iterable[tuple[list[int], SameShape]], lexical: LexicalBundle, depth: int
    ) -> dict[int, _Found]:
        found = {}
        for rows, shape in shapes:
            matches = shape.matches(lexical, depth=depth)
            starts = matches.starts.tolist()
            for row, start, end in zip(rows, starts, starts[1:], strict=False):
                found[row] = _Found(matches.documents[start:end], matches.scores[start:end])
        return found

    def _dense(self, bundle: SearchBundle, looked: _Looked) -> _Leg:
        which = tuple(attempt.dense for attempt in looked.attempts)
        return _once(
            self._cuts,
            _key(bundle.dense, bundle.fusion.depth, which),
            lambda: self._leg(
                DENSE,
                [
                    _near(query.dense[place], bundle.dense, bundle.fusion.depth) if place >= 0 else _EMPTY
                    for query, place in zip(self._legs.queries, which, strict=True)
                ],
            ),
        )

    def _leg(self, name: str, rankings: Sequence[tuple[Ints, NDArray[np.float64]]]) -> _Leg:
        sizes = [len(documents) for documents, _ in rankings]
        ids = self._legs.documents
        return _Leg(
            ranked=Ranked(
                starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp),
                documents=np.concatenate([documents for documents, _ in rankings]),
                scores=np.concatenate([scores for _, scores in rankings]),
            ),
            beginnings=tuple(
                Leg(name, tuple([ids[place] for place in documents[:FIRST].tolist()]), tuple(scores[:FIRST].tolist()))
                for documents, scores in rankings
            ),
        )


def _traits(attempt: Attempt) -> QueryTraits:
    return QueryTraits(attempt.words, attempt.kind, attempt.any_word, is_title=bool(attempt.first.size))


def _is_unmet(attempt: Attempt, found: _Found) -> bool:
    """Whether the product would relax the search: nothing matches, and nothing is pinned or browsed."""
    return not (found.documents.size or attempt.first.size or attempt.browsed is not None)


def _near(leg: Dense, dense: DenseBundle, depth: int) -> tuple[Ints, NDArray[np.float64]]:
    """The leg to its depth, without what is not near indeed (as `recommender.search.retrieval.search_legs`)."""
    best = 2 * leg.scores[0] - 1 if leg.scores.size else 0.0
    lowest = (1 + max(dense.minimum_similarity, dense.share_of_best * best)) / 2
    kept = int(np.count_nonzero(leg.scores[:depth] >= lowest))
    return leg.documents[:kept], leg.scores[:kept]


def _put_first(ranked: Ints, attempts: Sequence[Attempt], size: int) -> Ints:
    """The same with an author's books before the rest, and exact finds before everything."""
    answers = ranked[:, :size].copy()
    for row, attempt in enumerate(attempts):
        if not (attempt.first.size or attempt.author.size or attempt.browsed is not None):
            continue
        order = [place for place in ranked[row].tolist() if place >= 0]
        if attempt.browsed is not None:
            order = attempt.browsed.tolist()
        named = set(attempt.author.tolist())
        order = [place for place in order if place in named] + attempt.author.tolist() + order
        first = list(dict.fromkeys([*attempt.first.tolist(), *order]))[:size]
        answers[row] = -1
        answers[row, : len(first)] = first
    return answers


def _key(*parts: object) -> str:
    return repr(parts)


def _once(remembered: dict[str, Kept], key: str, make: Callable[[], Kept]) -> Kept:
    """What was made for a key before, or now; the oldest is forgotten."""
    if key not in remembered:
        while len(remembered) >= REMEMBERED:
            del remembered[next(iter(remembered))]
        remembered[key] = make()
    return remembered[key]
