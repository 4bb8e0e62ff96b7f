"""The legs that find candidates: what each asks the engine, and how its answer counts. Pure."""

from collections.abc import Mapping, Sequence
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


def candidate_searches(wanted: Wanted, excluded: Excluded, bundle: Bundle) -> dict[str, Body]:
    """Leg → body; a leg that has nothing to go by, or no weight, is left out."""
    weights = leg_weights(wanted, bundle.recommend.candidates)
    bodies = {**_word_bodies(wanted, excluded, bundle), **_vector_bodies(wanted, excluded, bundle)}
    return {name: body for name, body in bodies.items() if weights[name]}


def fused_legs(wanted: Wanted, answers: Mapping[str, SearchResult], bundle: Bundle) -> Fused:
    """One ranking of what the legs found."""
    weights = leg_weights(wanted, bundle.recommend.candidates)
    legs = [_leg(name, answer, weights[name], bundle) for name, answer in answers.items()]
    return fuse(legs, rank_constant=bundle.search.fusion.rrf.rank_constant)


def leg_weights(wanted: Wanted, candidates: CandidatesBundle) -> dict[str, float]:
    """Leg → weight; without a question, words taken from what was read are only guesses, and taste leads."""
    share = 1.0 if wanted.is_asked else candidates.unasked_share
    return {
        "lexical": candidates.lexical_weight * share,
        "dense": candidates.dense_weight * share,
        "appeal": candidates.appeal_weight,
        "taste": candidates.taste_weight,
    }


def _word_bodies(wanted: Wanted, excluded: Excluded, bundle: Bundle) -> dict[str, Body]:
    limits = restriction(wanted.filters, excluded)
    tuned, depth = bundle.recommend.candidates, bundle.search.fusion.depth
    bodies: dict[str, Body] = {}
    if words := word_query(wanted, tuned):
        bodies["lexical"] = _scored(words, limits, depth)
    if appeal := appeal_clauses(wanted.traits):
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


def _scored(query: Mapping[str, Sequence[Any]], limits: Mapping[str, Any], depth: int) -> Body:
    return {"query": {"bool": {**query, **limits}}, "size": depth}


def _leg(name: str, answer: SearchResult, weight: float, bundle: Bundle) -> Leg:
    """A leg's ranking; what is not near enough in meaning is no find, however few there are."""
    lowest = (1 + bundle.search.dense.minimum_similarity) / 2 if name in BY_VECTOR else 0.0
    return Leg(name, answer.ids, answer.scores or (), weight).down_to(lowest)
