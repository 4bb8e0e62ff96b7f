"""From bodies to one ranking: the legs in one round trip, their fusion, and what lies beyond the fused window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import DenseBundle, SearchBundle
from recommender.engine.base import Engine, Search, SearchResult
from recommender.search.analysis import AnalysedQuery
from recommender.search.facets import AGGREGATIONS, FILTER_OF, read_facet, selected_facets
from recommender.search.fusion import DENSE, LEXICAL, Fused, Leg, QueryTraits, fuse_legs
from recommender.search.queries import (
    ANY_WORD,
    SORTS,
    Minimums,
    author_body,
    author_clauses,
    knn_body,
    lexical_query,
    pinned_body,
)
from recommender.search.request import Filters, Preferred, Sort
from recommender.search.results import Facet, WhyCode
from recommender.search.ties import STANDING_FIELDS, read_standings, settle_ties


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What the legs found. `fused` is the window that is ranked by all legs, pins first."""

    fused: Fused
    pinned: frozenset[str] = frozenset()
    by_author: frozenset[str] = frozenset()  # by the author whom the query names
    total: int = 0  # books that match the words
    by_meaning: frozenset[str] = frozenset()  # of the window: near in meaning, not among the matches
    facets: tuple[Facet, ...] = field(default=())
    ahead: Mapping[str, WhyCode] = field(default_factory=dict)  # before nearly equal books, and why


@dataclass(frozen=True, slots=True)
class Lookup:
    """Everything one retrieval needs; no `vector`, no dense leg; no words wanted, no lexical leg."""

    query: AnalysedQuery
    filters: Filters
    vector: NDArray[np.float32] | None = None
    lexical: bool = True
    facets: bool = False
    minimums: Minimums | None = None  # how much must match, instead of what the bundle says
    preferred: Preferred = field(default_factory=Preferred)


Rerank = Callable[[Fused], Fused]
"""Puts the first hits into a better order."""


def retrieve(
    engine: Engine, index: str, lookup: Lookup, bundle: SearchBundle, rerank: Rerank | None = None
) -> Retrieval:
    """Run all legs in one `msearch`, fuse them, let the first be reranked, and settle near-ties."""
    bodies = leg_bodies(lookup, bundle)
    answers = dict(zip(bodies, engine.msearch([Search(index, body) for body in bodies.values()]), strict=True))
    legs = search_legs(answers, bundle.dense)
    pins = answers["pinned"].ids if "pinned" in answers else ()
    fused = fuse_legs(legs, replace(query_traits(lookup), is_title=bool(pins)), bundle.fusion)
    ranked = rerank(fused) if rerank else fused
    settled = settle_ties(ranked, read_standings(answers.values()), bundle.fusion.ties)
    total = answers["lexical"].total if "lexical" in answers else 0
    dense = next((leg for leg in fused.legs if leg.name == DENSE), None)
    by_author = answers["author"].ids if "author" in answers else ()
    return Retrieval(
        fused=_pin(_pin(settled.fused, _ranked(by_author, settled.fused)), pins),
        ahead=settled.ahead,
        pinned=frozenset(pins),
        by_author=frozenset(by_author),
        total=total,
        by_meaning=_by_meaning(engine, index, lookup, bundle, lexical=answers.get(LEXICAL), dense=dense),
        facets=_facets(answers, lookup),
    )


def leg_bodies(lookup: Lookup, bundle: SearchBundle) -> dict[str, dict[str, Any]]:
    """Name → body, in the order in which they are sent."""
    depth = bundle.fusion.depth
    bodies: dict[str, dict[str, Any]] = {}
    if lookup.lexical:
        bodies["lexical"] = {"query": _lexical(lookup, bundle), "size": depth}
        if not (lookup.query.is_empty or lookup.query.names):  # "한강의 책" does not ask for 《한강》
            bodies["pinned"] = pinned_body(lookup.query, lookup.filters)
        if author_clauses(lookup.query):
            bodies["author"] = author_body(lookup.query, lookup.filters, size=depth)
        if lookup.facets:
            bodies |= _with_facets(bodies["lexical"], lookup, bundle)
    if lookup.vector is not None:
        bodies["dense"] = knn_body(lookup.vector, lookup.filters, bundle.dense, depth=depth)
    for name in (LEXICAL, DENSE):
        if name in bodies:
            bodies[name]["docvalue_fields"] = list(STANDING_FIELDS)
    return bodies


def sorted_page(
    engine: Engine, index: str, lookup: Lookup, bundle: SearchBundle, *, sort: Sort, start: int, size: int
) -> tuple[Retrieval, tuple[str, ...]]:
    """A page in the order of a field: a lexical query with a sort, nothing fused."""
    bodies = leg_bodies(lookup, bundle)
    for first in ("pinned", "author"):
        bodies.pop(first, None)
    bodies["lexical"] |= {"from": start, "size": size, "sort": SORTS[sort]}
    answers = dict(zip(bodies, engine.msearch([Search(index, body) for body in bodies.values()]), strict=True))
    return Retrieval(Fused(), total=answers["lexical"].total, facets=_facets(answers, lookup)), answers["lexical"].ids


def beyond_window(
    engine: Engine, index: str, lookup: Lookup, bundle: SearchBundle, *, fused: Fused, start: int, size: int
) -> tuple[str, ...]:
    """Ids past the fused window: the remaining matches in the order of their words alone.

    Args:
        engine: where to ask.
        index: what to ask.
        lookup: the same as for the window.
        bundle: the same as for the window.
        fused: the window, whose books are left out.
        start: how many remaining matches come before, from 0.
        size: how many are wanted.
    """
    query = _lexical(lookup, bundle)
    query["bool"]["must_not"] = [{"ids": {"values": sorted(fused.ids)}}]
    (answer,) = engine.msearch([Search(index, {"query": query, "from": start, "size": size})])
    return answer.ids


def _lexical(lookup: Lookup, bundle: SearchBundle, filters: Filters | None = None) -> dict[str, Any]:
    return lexical_query(lookup.query, filters or lookup.filters, bundle.lexical, lookup.minimums, lookup.preferred)


def _with_facets(lexical: dict[str, Any], lookup: Lookup, bundle: SearchBundle) -> dict[str, dict[str, Any]]:
    """The lexical body counts the facets without a selection; each of the others gets a body of its own."""
    own = selected_facets(lookup.filters)
    bodies = {"lexical": lexical | {"aggs": {name: AGGREGATIONS[name] for name in AGGREGATIONS if name not in own}}}
    for name in own:
        lifted = lookup.filters.without(FILTER_OF[name])
        query = _lexical(lookup, bundle, lifted)
        bodies[f"facet {name}"] = {"query": query, "size": 0, "aggs": {name: AGGREGATIONS[name]}}
    return bodies


def _facets(answers: Mapping[str, SearchResult], lookup: Lookup) -> tuple[Facet, ...]:
    if not (lookup.facets and lookup.lexical):
        return ()
    return tuple(
        read_facet(name, answers.get(f"facet {name}", answers["lexical"]), lookup.filters) for name in AGGREGATIONS
    )


def query_traits(lookup: Lookup) -> QueryTraits:
    """What fusion has to know of a lookup's query."""
    any_word = lookup.minimums is not None and lookup.minimums.words == ANY_WORD
    query = lookup.query
    return QueryTraits(words=len(set(query.tokens.score)), kind=query.kind, any_word=any_word)


def search_legs(answers: Mapping[str, SearchResult], dense: DenseBundle) -> dict[str, Leg]:
    """The rankings among the answers; of the dense one what is near indeed."""
    legs = {
        name: Leg(name, answer.ids, answer.scores or ()) for name, answer in answers.items() if name in (LEXICAL, DENSE)
    }
    if DENSE in legs:
        legs[DENSE] = _near(legs[DENSE], dense)
    return legs


def _near(leg: Leg, dense: DenseBundle) -> Leg:
    """What is near indeed; engines score (1 + cosine) / 2, best first."""
    best = 2 * leg.scores[0] - 1 if leg.scores else 0.0
    return leg.down_to((1 + max(dense.minimum_similarity, dense.share_of_best * best)) / 2)


def _pin(fused: Fused, pins: Sequence[str]) -> Fused:
    """The same ranking with the pinned books in front."""
    if not pins:
        return fused
    scores = dict(zip(fused.ids, fused.scores, strict=True))
    ids = (*pins, *(book_id for book_id in fused.ids if book_id not in pins))
    return replace(fused, ids=ids, scores=tuple(scores.get(book_id, 0.0) for book_id in ids))


def _ranked(ids: Sequence[str], fused: Fused) -> tuple[str, ...]:
    """Books as they are ranked; what the ranking does not hold comes after, as it came."""
    named = frozenset(ids)
    held = [book_id for book_id in fused.ids if book_id in named]
    return tuple(dict.fromkeys((*held, *ids)))


def _by_meaning(
    engine: Engine,
    index: str,
    lookup: Lookup,
    bundle: SearchBundle,
    *,
    lexical: SearchResult | None,
    dense: Leg | None,
) -> frozenset[str]:
    """Which books of the dense leg do not match the words.

    If more books match than the lexical leg handed in, one that it did not hand in may match all the same; those few
    are asked for by id, so that none is counted twice.
    """
    if dense is None or lexical is None:
        return frozenset(dense.ids if dense else ())
    rest = set(dense.ids).difference(lexical.ids)
    if rest and lexical.total > len(lexical.ids):
        matching = _lexical(lookup, bundle)["bool"]["must"]
        # As a filter, because nothing has to be weighed: that takes half the time.
        query = {"bool": {"filter": [*matching, {"ids": {"values": sorted(rest)}}]}}
        (answer,) = engine.msearch([Search(index, {"query": query, "size": len(rest)})])
        rest.difference_update(answer.ids)
    return frozenset(rest)
