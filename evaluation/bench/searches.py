"""The searches that are timed, as the product runs them: words and query vector in, ids and per-leg ranks out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.bench.indices import CATALOGUE, PLAIN, IndexPlan
from evaluation.bench.synthetic import SyntheticQuery
from recommender.bundle import SearchBundle
from recommender.engine.base import Body, Engine, Search
from recommender.search.analysis import AnalysedQuery
from recommender.search.filtering import Clause, filter_clauses
from recommender.search.fusion import Fused, Leg, fuse
from recommender.search.queries import knn_body
from recommender.search.request import Filters
from recommender.search.retrieval import Lookup, leg_bodies, retrieve
from recommender.text.morphemes import QueryTokens
from recommender.text.normalization import title_bigrams, title_key

LEXICAL, DENSE = "lexical", "dense"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the service hands it to retrieval; `vector`, `(dims,)`, is the lookup's own, which is there."""

    lookup: Lookup
    vector: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of searching, and the index that it asks."""

    name: str
    plan: IndexPlan
    run: Callable[[Engine, str, Asked, SearchBundle], Fused]


def asked_of(queries: Sequence[SyntheticQuery], *, filtered: bool) -> list[Asked]:
    """The queries taken apart, which is not timed."""
    return [Asked(_lookup(query, filtered=filtered), query.vector) for query in queries]


def plain_bodies(asked: Asked, bundle: SearchBundle) -> tuple[Clause, Clause]:
    """One `match` of any word, and one `knn`."""
    lookup = asked.lookup
    match: Clause = {"match": {"text": {"query": " ".join(lookup.query.tokens.match)}}}
    if filtered := filter_clauses(lookup.filters):
        match = {"bool": {"must": [match], "filter": filtered}}
    depth = bundle.fusion.depth
    return {"query": match, "size": depth}, knn_body(asked.vector, lookup.filters, bundle.dense, depth=depth)


def _plain(engine: Engine, index: str, asked: Asked, bundle: SearchBundle) -> Fused:
    return _fused(engine, index, plain_bodies(asked, bundle), bundle)


def _legs(engine: Engine, index: str, asked: Asked, bundle: SearchBundle) -> Fused:
    bodies = leg_bodies(asked.lookup, bundle)
    return _fused(engine, index, (bodies[LEXICAL], bodies[DENSE]), bundle)


def _whole(engine: Engine, index: str, asked: Asked, bundle: SearchBundle) -> Fused:
    return retrieve(engine, index, asked.lookup, bundle).fused


def _fused(engine: Engine, index: str, bodies: tuple[Body, Body], bundle: SearchBundle) -> Fused:
    lexical, dense = engine.msearch([Search(index, body) for body in bodies])
    legs = (
        Leg(LEXICAL, lexical.ids, lexical.scores or ()),
        Leg(DENSE, dense.ids, dense.scores or (), bundle.fusion.rrf.dense_weight),
    )
    return fuse(legs, rank_constant=bundle.fusion.rrf.rank_constant)


def _lookup(query: SyntheticQuery, *, filtered: bool) -> Lookup:
    text = " ".join(query.words)
    analysed = AnalysedQuery(
        text=text,
        tokens=QueryTokens(match=query.words, score=query.words, words=query.words),
        bigrams=tuple(title_bigrams(text)),
        title_key=title_key(text),
        call_number=title_key(text),
        isbns=(),
    )
    return Lookup(analysed, Filters(kdc=query.classes if filtered else ()), query.vector)


SHAPES = (
    Shape("simple", PLAIN, _plain),  # one `match`, one `knn`
    Shape("legs", CATALOGUE, _legs),  # the two legs of a search of the catalogue, fused
    Shape("retrieval", CATALOGUE, _whole),  # the same with exact matches in front and hits told apart by meaning
)
