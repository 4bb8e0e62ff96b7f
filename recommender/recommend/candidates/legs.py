"""The legs that find candidates: what each asks the engine, and how its answer counts. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from recommender.bundle import Bundle, CandidatesBundle
from recommender.engine.base import SearchResult
from recommender.recommend.candidates.appeal import appeal_clauses
from recommender.recommend.candidates.restricting import restriction
from recommender.recommend.candidates.values import Excluded, Wanted
from recommender.recommend.candidates.words import any_of, asked_clauses, word_query
from recommender.search.fusion import Fused, Leg, fuse
from recommender.search.queries import knn_body
from recommender.search.request import Filters

Body = dict[str, Any]

TIE_BREAK = 0.02
"""Many books have the same moods: among them the question's words decide, too lightly to outweigh one mood."""

BY_VECTOR = ("dense", "taste")
"""Legs of which only what is near enough is a find."""

BY_LOANS = [{"loans": {"order": "desc"}}, {"id": {"order": "asc"}}]

BY_QUESTION = ("lexical", "dense", "appeal")
"""Legs that answer what was asked."""


def candidate_searches(wanted: Wanted, excluded: Excluded, bundle: Bundle) -> dict[str, Body]:
    """Leg → body; a leg that has nothing to go by, or no weight, is left out."""
    weights = leg_weights(wanted, bundle.recommend.candidates)
    bodies = {
        **_word_bodies(wanted, excluded, bundle),
        **_vector_bodies(wanted, excluded, bundle),
        **_loan_bodies(wanted, excluded, bundle),
        **_crowd_bodies(wanted, excluded),
    }
    return {name: body for name, body in bodies.items() if weights[name]}


def fused_legs(wanted: Wanted, answers: Mapping[str, SearchResult], bundle: Bundle) -> Fused:
    """One ranking of what the legs found."""
    weights = leg_weights(wanted, bundle.recommend.candidates)
    crowd = {name: scores for name, scores in _by_crowd(wanted).items() if scores}
    legs = [
        _crowd_leg(name, answer, crowd[name], weights[name])
        if name in crowd
        else _leg(name, answer, weights[name], bundle)
        for name, answer in answers.items()
    ]
    return fuse(_to_the_point(legs, wanted), rank_constant=bundle.search.fusion.rrf.rank_constant)


def leg_weights(wanted: Wanted, candidates: CandidatesBundle) -> dict[str, float]:
    """Leg → weight; without a question, words taken from what was read are only guesses, and the reader's past leads."""
    asking = 1.0 if wanted.is_asked else candidates.unasked_share
    knowing = candidates.asked_share if wanted.is_asked else 1.0
    return {
        "lexical": candidates.lexical_weight * asking,
        "dense": candidates.dense_weight * asking,
        "appeal": candidates.appeal_weight * asking,
        "taste": candidates.taste_weight * knowing,
        "co_borrowed": candidates.co_borrowed_weight * knowing,
        "popular": _popular_weight(wanted, candidates, knowing),
    }


def _popular_weight(wanted: Wanted, candidates: CandidatesBundle, knowing: float) -> float:
    """Where what others borrow was asked for, it counts as much as the words and the meaning of a question together."""
    if wanted.wants_popular:
        return candidates.lexical_weight + candidates.dense_weight
    return candidates.popular_weight * knowing


def _word_bodies(wanted: Wanted, excluded: Excluded, bundle: Bundle) -> dict[str, Body]:
    limits = restriction(wanted.filters, excluded)
    tuned, depth = bundle.recommend.candidates, bundle.search.fusion.depth
    bodies: dict[str, Body] = {}
    if words := word_query(wanted, tuned):
        bodies["lexical"] = _scored(words, limits, depth)
    if appeal := appeal_clauses(wanted.asked_traits if wanted.is_asked else wanted.traits, tuned):
        ties = asked_clauses(wanted, tuned, times=TIE_BREAK)
        bodies["appeal"] = _scored({"must": [any_of(appeal)], "should": ties}, limits, depth)
    return bodies


def _vector_bodies(wanted: Wanted, excluded: Excluded, bundle: Bundle) -> dict[str, Body]:
    limits = restriction(wanted.filters, excluded)
    bodies: dict[str, Body] = {}
    for name, vector in zip(BY_VECTOR, (wanted.vector, wanted.taste), strict=True):
        if vector is not None:
            bodies[name] = knn_body(vector, Filters(), bundle.search.dense, depth=bundle.search.fusion.depth)
            bodies[name]["knn"]["filter"] = [{"bool": limits}]
    return bodies


def _crowd_bodies(wanted: Wanted, excluded: Excluded) -> dict[str, Body]:
    """Which of the books that others borrow may be suggested; their order is known already."""
    limits = restriction(wanted.filters, excluded)
    return {
        name: {
            "query": {"bool": {**limits, "filter": [{"ids": {"values": list(scores)}}, *limits["filter"]]}},
            "size": len(scores),
        }
        for name, scores in _by_crowd(wanted).items()
        if scores
    }


def _loan_bodies(wanted: Wanted, excluded: Excluded, bundle: Bundle) -> dict[str, Body]:
    """What the catalogue counts as lent most, where that was asked for and no reader's loans are known."""
    if wanted.popular or not wanted.wants_popular:
        return {}
    limits = restriction(wanted.filters, excluded)
    lent = {**limits, "filter": [{"range": {"loans": {"gte": 1}}}, *limits["filter"]]}
    return {"popular": {"query": {"bool": lent}, "size": bundle.search.fusion.depth, "sort": BY_LOANS}}


def _by_crowd(wanted: Wanted) -> dict[str, Mapping[str, float]]:
    return {"co_borrowed": wanted.co_borrowed, "popular": wanted.popular}


def _crowd_leg(name: str, answer: SearchResult, scores: Mapping[str, float], weight: float) -> Leg:
    """What may be suggested, by what speaks for it."""
    ranked = sorted(answer.ids, key=lambda book_id: (-scores[book_id], book_id))
    return Leg(name, tuple(ranked), tuple(scores[book_id] for book_id in ranked), weight)


def _to_the_point(legs: Sequence[Leg], wanted: Wanted) -> list[Leg]:
    """Where something is asked, what is popular only moves what answers it: nobody asked for a bestseller."""
    if not wanted.is_asked:
        return list(legs)
    found = {book_id for leg in legs if leg.name in BY_QUESTION for book_id in leg.ids}
    if wanted.wants_popular and not found:
        return list(legs)
    return [_within(leg, found) if leg.name == "popular" else leg for leg in legs]


def _within(leg: Leg, ids: Collection[str]) -> Leg:
    kept = [(book_id, score) for book_id, score in zip(leg.ids, leg.scores, strict=True) if book_id in ids]
    return Leg(leg.name, tuple(book_id for book_id, _ in kept), tuple(score for _, score in kept), leg.weight)


def _scored(query: Mapping[str, Sequence[Any]], limits: Mapping[str, Any], depth: int) -> Body:
    return {"query": {"bool": {**query, **limits}}, "size": depth}


def _leg(name: str, answer: SearchResult, weight: float, bundle: Bundle) -> Leg:
    """A leg's ranking; what is not near enough in meaning is no find, however few there are."""
    if answer.scores is None:  # sorted by a field
        return Leg(name, answer.ids, tuple(1 / rank for rank in range(1, len(answer.ids) + 1)), weight)
    lowest = (1 + bundle.search.dense.minimum_similarity) / 2 if name in BY_VECTOR else 0.0
    return Leg(name, answer.ids, answer.scores, weight).down_to(lowest)
