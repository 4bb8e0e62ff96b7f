"""The bodies that a search sends: one clause a function, plain dictionaries, no engine.

Which books match is decided apart from how they are weighed: `match_clause` finds, `weight_clauses` only score, so that
totals and facets do not depend on a boost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import DenseBundle, LexicalBundle
from recommender.search.analysis import AnalysedQuery
from recommender.search.filtering import Clause, any_of, bounds, filter_clauses, person_clause
from recommender.search.request import Filters, Preferred, Sort
from recommender.search.sounds import called_clauses, sound_clause
from recommender.text.normalization import LONGEST_PHRASE

SCORED_BY_BIGRAMS = ("people_bigrams",)
SCORED_BY_TOKENS = ("title", "people", "subjects", "description", "publisher")

SORTS: dict[Sort, list[Clause]] = {
    Sort.NEWEST: [{"year": {"order": "desc"}}, {"id": {"order": "asc"}}],
    Sort.OLDEST: [{"year": {"order": "asc"}}, {"id": {"order": "asc"}}],
    Sort.TITLE: [{"title_sort": {"order": "asc"}}, {"id": {"order": "asc"}}],
}

MOST_COPIES: list[Clause] = [{"copies": {"order": "desc"}}, {"id": {"order": "asc"}}]

MAX_PINS = 10
"""More books than this with one and the same title are no pin but a list."""


PREFERENCE_BOOST = 6.0
"""About what one telling word of a title adds: of two stories about space the one for the reader's age goes before."""

ANY_WORD = "1"


@dataclass(frozen=True, slots=True)
class Minimums:
    """How much of a query must be found in a book: of its words anywhere, of its bigrams in the title."""

    words: str
    title_bigrams: str


def lexical_query(
    query: AnalysedQuery,
    filters: Filters,
    lexical: LexicalBundle,
    minimums: Minimums | None = None,
    preferred: Preferred | None = None,
) -> Clause:
    """Books that match by their words, weighed by where the words stand; every book for an empty query.

    Args:
        query: what is looked for.
        filters: what a hit must be.
        lexical: boosts and minimums.
        minimums: how much must be found, instead of what the bundle says.
        preferred: what goes before the rest.
    """
    filtered = filter_clauses(filters)
    wishes = preference_clauses(preferred) if preferred else []
    if query.is_empty:
        return {"bool": {"must": [{"match_all": {}}], **({"should": wishes} if wishes else {}), "filter": filtered}}
    return {
        "bool": {
            "must": [match_clause(query, lexical, minimums)],
            "should": weight_clauses(query, lexical) + wishes,
            "filter": filtered,
        }
    }


def match_clause(query: AnalysedQuery, lexical: LexicalBundle, minimums: Minimums | None = None) -> Clause:
    """Which books match: enough of the words anywhere, or enough of the bigrams in the title, or one slip off, or exactly.

    The bigrams are there for "나의라임오랜지나무": no morpheme of it is in the catalogue, most of its bigrams are. Of a
    short title few are left by a slip: "가자 노동" shares one of three with 가짜 노동, so that the slip is looked for itself.
    """
    wanted = minimums or Minimums(lexical.all_minimum, lexical.title_bigrams_minimum)
    alternatives = [exact_clause(query, boost=0.0)]
    if query.tokens.match:
        words = _match("all", query.tokens.match, boost=lexical.boosts["all"])
        words["match"]["all"]["minimum_should_match"] = wanted.words
        alternatives.append(words)
    if spelling := _spelling(query):
        bigrams = _match("title_bigrams", spelling, boost=lexical.boosts["title_bigrams"])
        bigrams["match"]["title_bigrams"]["minimum_should_match"] = wanted.title_bigrams
        alternatives.append(bigrams)
    if query.slips:
        near = {"match": {"title_slips": {"query": " ".join(query.slips)}}}
        alternatives.append({"constant_score": {"filter": near, "boost": lexical.boosts["title_slips"]}})
    alternatives += [{"constant_score": {"filter": clause, "boost": 0.0}} for clause in author_clauses(query)]
    alternatives += [sound_clause(reading, lexical.sound_boost) for reading in query.sounds]
    return {"bool": {"should": alternatives, "minimum_should_match": 1}}


def _spelling(query: AnalysedQuery) -> Sequence[str]:
    """The bigrams by which a title is found: of several Latin words none.

    Words are apart there, and "the sea" has four of its five bigrams in common with The Secret Garden.
    """
    if " " not in query.text:
        return query.bigrams
    return [bigram for bigram in query.bigrams if not bigram.isascii()]


def weight_clauses(query: AnalysedQuery, lexical: LexicalBundle) -> list[Clause]:
    """What makes one match better than another: the fields that hold the words, and titles that hold the query as it is."""
    by_tokens = [_match(field, query.tokens.score, boost=lexical.boosts[field]) for field in SCORED_BY_TOKENS]
    by_bigrams = [_match(field, query.bigrams, boost=lexical.boosts[field]) for field in SCORED_BY_BIGRAMS]
    if latin := [bigram for bigram in query.bigrams if bigram not in _spelling(query)]:
        by_bigrams.append(_match("title_bigrams", latin, boost=lexical.boosts["title_bigrams"]))
    as_it_is = (
        [_match("title_phrases", [query.title_key], boost=lexical.boosts["title_phrases"])]
        if len(query.title_key) <= LONGEST_PHRASE
        else []
    )
    called = [clause for reading in query.sounds for clause in called_clauses(reading, lexical.sound_boost)]
    return (by_tokens if query.tokens.score else []) + (by_bigrams if query.bigrams else []) + as_it_is + called


def exact_clause(query: AnalysedQuery, *, boost: float) -> Clause:
    """Books whose whole title, ISBN or call number the query is."""
    forms: list[Clause] = [
        {"terms": {"title_keys": [query.title_key]}},
        {"terms": {"call_number": [query.call_number]}},
    ]
    if query.isbns:
        forms.append({"terms": {"isbn": list(query.isbns)}})
    return {"constant_score": {"filter": {"bool": {"should": forms, "minimum_should_match": 1}}, "boost": boost}}


def pinned_body(query: AnalysedQuery, filters: Filters) -> Clause:
    """The books to put first whatever their score; of several, the one with most copies."""
    exact = exact_clause(query, boost=1.0)["constant_score"]["filter"]
    return {
        "query": {"bool": {"filter": [exact, *filter_clauses(filters)]}},
        "size": MAX_PINS,
        "sort": MOST_COPIES,
    }


def suggestion_bodies(typed: str, *, size: int) -> tuple[Clause, Clause]:
    """The works with a title that ends with what was typed (as a key, `typed_key`), and those with one that goes on."""
    typed_whole, typed_so_far = {"term": {"suggest": typed}}, {"prefix": {"suggest": typed}}
    whole, beginning = (
        {"query": {"bool": {"filter": [clause]}}, "size": size, "sort": MOST_COPIES}
        for clause in (typed_whole, typed_so_far)
    )
    return whole, beginning


def knn_body(vector: NDArray[np.float32], filters: Filters, dense: DenseBundle, *, depth: int) -> Clause:
    """The books nearest in meaning to a vector `(dims,)`."""
    knn: Clause = {
        "field": "vector",
        "query_vector": vector,
        "k": depth,
        "num_candidates": max(depth, dense.num_candidates),
    }
    if filtered := filter_clauses(filters):
        knn["filter"] = filtered
    return {"knn": knn, "size": depth}


def author_clauses(query: AnalysedQuery) -> list[Clause]:
    """Books of the authors that a query names; where it names none, of the one whose whole name it may be."""
    if query.names:
        return [person_clause(name) for name in query.names]
    return [{"terms": {"people_keys": [query.title_key]}}] if query.may_be_a_name else []


def author_body(query: AnalysedQuery, filters: Filters, *, size: int) -> Clause:
    """The books of the author that a query names, those with most copies first; for queries with `author_clauses`."""
    return {
        "query": {"bool": {"filter": [any_of(author_clauses(query)), *filter_clauses(filters)]}},
        "size": size,
        "sort": MOST_COPIES,
    }


def preference_clauses(preferred: Preferred) -> list[Clause]:
    """One point for each thing preferred that a record says of itself; what it leaves open keeps nothing out."""
    wished: list[Clause] = [
        {"terms": {field: list(values)}}
        for field, values in (("audience", preferred.audiences), ("depth", preferred.depths))
        if values
    ]
    if pages := bounds(preferred.pages_from, preferred.pages_to):
        wished.append({"range": {"pages": pages}})
    return [{"constant_score": {"filter": wish, "boost": PREFERENCE_BOOST}} for wish in wished]


def _match(field: str, words: Sequence[str], *, boost: float) -> Clause:
    return {"match": {field: {"query": " ".join(words), "boost": boost}}}
