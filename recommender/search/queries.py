"""The bodies that a search sends: one clause a function, plain dictionaries, no engine.

Which books match is decided apart from how they are weighed: `match_clause` finds, `weight_clauses` only score, so that
totals and facets do not depend on a boost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import DenseBundle, LexicalBundle
from recommender.call_numbers import call_number_key
from recommender.search.analysis import AnalysedQuery
from recommender.search.request import Filters, Preferred, Sort
from recommender.text.characters import HANGUL, fold_latin
from recommender.text.normalization import title_bigrams, title_key
from recommender.text.typing_keys import typed_key

Clause = dict[str, Any]

SCORED_BY_BIGRAMS = ("people_bigrams",)
SCORED_BY_TOKENS = ("title", "people", "subjects", "description", "publisher")

SORTS: dict[Sort, list[Clause]] = {
    Sort.NEWEST: [{"year": {"order": "desc"}}, {"id": {"order": "asc"}}],
    Sort.OLDEST: [{"year": {"order": "asc"}}, {"id": {"order": "asc"}}],
    Sort.TITLE: [{"title_sort": {"order": "asc"}}, {"id": {"order": "asc"}}],
}

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
    """Which books match: enough of the words anywhere, or enough of the bigrams in the title, or exactly.

    The bigrams are there for "나의라임오랜지나무": no morpheme of it is in the catalogue, most of its bigrams are.
    """
    wanted = minimums or Minimums(lexical.all_minimum, lexical.title_bigrams_minimum)
    alternatives = [exact_clause(query, boost=0.0)]
    if query.tokens.match:
        words = _match("all", query.tokens.match, boost=lexical.boosts["all"])
        words["match"]["all"]["minimum_should_match"] = wanted.words
        alternatives.append(words)
    if query.bigrams:
        bigrams = _match("title_bigrams", query.bigrams, boost=lexical.boosts["title_bigrams"])
        bigrams["match"]["title_bigrams"]["minimum_should_match"] = wanted.title_bigrams
        alternatives.append(bigrams)
    if query.may_be_a_name:
        written = {"terms": {"author_keys": [query.title_key]}}
        alternatives.append({"constant_score": {"filter": written, "boost": 0.0}})
    return {"bool": {"should": alternatives, "minimum_should_match": 1}}


def weight_clauses(query: AnalysedQuery, lexical: LexicalBundle) -> list[Clause]:
    """What makes one match better than another: the fields that hold the words."""
    by_tokens = [_match(field, query.tokens.score, boost=lexical.boosts[field]) for field in SCORED_BY_TOKENS]
    by_bigrams = [_match(field, query.bigrams, boost=lexical.boosts[field]) for field in SCORED_BY_BIGRAMS]
    return (by_tokens if query.tokens.score else []) + (by_bigrams if query.bigrams else [])


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
        "sort": [{"copies": {"order": "desc"}}, {"id": {"order": "asc"}}],
    }


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


def author_body(names: Sequence[str], query: AnalysedQuery, filters: Filters, *, size: int) -> Clause:
    """The books of the authors that a query names; of the one whose whole name it may be, where it names none."""
    written = [person_clause(name) for name in names] or [{"terms": {"author_keys": [query.title_key]}}]
    return {
        "query": {"bool": {"filter": [_any_of(written), *filter_clauses(filters)]}},
        "size": size,
        "sort": [{"copies": {"order": "desc"}}, {"id": {"order": "asc"}}],
    }


def person_clause(name: str) -> Clause:
    """Books with somebody of this name, or of whose name this is a part, however it is spaced: 하루키, 무라카미하루키.

    Two letters are a whole name: 한강 is not 조한강.
    """
    key = title_key(name)
    exact: Clause = {"terms": {"author_keys": [key]}}
    if not HANGUL.search(name):
        return _any_of([exact, _all_of("people", fold_latin(name).split())])
    if len(key) < 3:  # noqa: PLR2004
        return _any_of([exact, _all_of("people", [key])])
    return _any_of([exact, _all_of("people_bigrams", title_bigrams(name))])


def title_clause(text: str) -> Clause:
    """Books of which a text is a title, or the beginning of one from any of its words on."""
    forms: list[Clause] = [{"terms": {"title_keys": [title_key(text)]}}]
    if key := typed_key(text):
        forms.append({"prefix": {"suggest": key}})
    return _any_of(forms)


def preference_clauses(preferred: Preferred) -> list[Clause]:
    """One point for each thing preferred that a record says of itself; what it leaves open keeps nothing out."""
    wished: list[Clause] = [
        {"terms": {field: list(values)}}
        for field, values in (("audience", preferred.audiences), ("depth", preferred.depths))
        if values
    ]
    if pages := _bounds(preferred.pages_from, preferred.pages_to):
        wished.append({"range": {"pages": pages}})
    return [{"constant_score": {"filter": wish, "boost": PREFERENCE_BOOST}} for wish in wished]


def filter_clauses(filters: Filters) -> list[Clause]:
    """What a hit must be, as clauses that do not score."""
    clauses = [*_value_clauses(filters), *_word_clauses(filters)]
    if banned := _banned_clauses(filters):
        clauses.append({"bool": {"must_not": banned}})
    return clauses + (filter_clauses(filters.also) if filters.also else [])


def _value_clauses(filters: Filters) -> Iterator[Clause]:
    for field, values in (
        ("kdc", filters.kdc),
        ("language", filters.languages),
        ("audience", filters.audiences),
        ("form", filters.forms),
    ):
        if values:
            yield {"terms": {field: list(values)}}
    for field, first, last in (
        ("year", filters.year_from, filters.year_to),
        ("pages", filters.pages_from, filters.pages_to),
        ("copies", filters.copies_from, None),
    ):
        if bounds := _bounds(first, last):
            yield {"range": {field: bounds}}
    if filters.available is not None:
        yield {"term": {"available": filters.available}}


def _word_clauses(filters: Filters) -> Iterator[Clause]:
    yield from map(person_clause, filters.people)
    for words in filters.title_words:
        yield _any_of([_all_of("title", _tokens(words, filters)), _in_title(words)])
    for words in filters.publishers:
        yield _all_of("publisher", _tokens(words, filters))
    for words in filters.subjects:
        yield _all_of("subjects", _tokens(words, filters))
    for words in filters.phrases:
        yield _any_of([_all_of("all", _tokens(words, filters)), _in_title(words)])
    for number in filters.call_numbers:
        yield {"prefix": {"call_number": call_number_key(number)}}


def _banned_clauses(filters: Filters) -> list[Clause]:
    banned: list[Clause] = [
        {"terms": {field: list(values)}}
        for field, values in (
            ("form", filters.without_forms),
            ("kdc", filters.without_kdc),
            ("audience", filters.without_audiences),
        )
        if values
    ]
    banned += map(person_clause, filters.without_people)
    banned += [
        _all_of(field, _tokens(words, filters)) for words in filters.without_words for field in ("title", "subjects")
    ]
    return banned


def _tokens(words: str, filters: Filters) -> Sequence[str]:
    return filters.tokens.get(words) or fold_latin(words).split()


def _in_title(words: str) -> Clause:
    return _all_of("title_bigrams", title_bigrams(words))


def _bounds(first: int | None, last: int | None) -> dict[str, int]:
    return {bound: value for bound, value in (("gte", first), ("lte", last)) if value is not None}


def _all_of(field: str, words: Sequence[str]) -> Clause:
    return {"match": {field: {"query": " ".join(words), "operator": "and"}}}


def _any_of(clauses: Sequence[Clause]) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _match(field: str, words: Sequence[str], *, boost: float) -> Clause:
    return {"match": {field: {"query": " ".join(words), "boost": boost}}}
