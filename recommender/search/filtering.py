"""What a hit must and must not be, as clauses that do not score: every field of `Filters`, names and titles."""

from collections.abc import Iterator, Sequence
from typing import Any

from recommender.call_numbers import call_number_key
from recommender.search.request import Filters
from recommender.text.characters import HANGUL, fold_latin
from recommender.text.normalization import title_bigrams, title_key
from recommender.text.typing_keys import typed_key

Clause = dict[str, Any]

SHORTEST_PART_OF_A_NAME = 3
"""Letters; two are a whole name: 한강 is not 조한강."""


def filter_clauses(filters: Filters) -> list[Clause]:
    """What a hit must be, as clauses that do not score."""
    clauses = [*_value_clauses(filters), *_word_clauses(filters)]
    if banned := _banned_clauses(filters):
        clauses.append({"bool": {"must_not": banned}})
    return clauses + (filter_clauses(filters.also) if filters.also else [])


def person_clause(name: str, *, whole: bool = False) -> Clause:
    """Books with somebody of this name, or of whose name this is a part, however it is spaced: 하루키, 무라카미하루키."""
    key = title_key(name)
    exact: Clause = {"terms": {"people_keys": [key]}}
    if whole or len(key) < SHORTEST_PART_OF_A_NAME:
        return exact
    if not HANGUL.search(name):
        return any_of([exact, all_of("people", fold_latin(name).split())])
    return any_of([exact, all_of("people_bigrams", title_bigrams(name))])


def title_clause(text: str, *, whole: bool) -> Clause:
    """Books of which a text is a title, or unless it has to be the whole, the beginning of one from any of its words on."""
    exact: Clause = {"terms": {"title_keys": [title_key(text)]}}
    key = typed_key(text)
    return exact if whole or not key else any_of([exact, {"prefix": {"suggest": key}}])


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
        if within := bounds(first, last):
            yield {"range": {field: within}}
    if filters.available is not None:
        yield {"term": {"available": filters.available}}


def _word_clauses(filters: Filters) -> Iterator[Clause]:
    yield from map(person_clause, filters.people)
    for words in filters.title_words:
        yield any_of([all_of("title", _tokens(words, filters)), _in_title(words)])
    for words in filters.publishers:
        yield all_of("publisher", _tokens(words, filters))
    for words in filters.subjects:
        yield all_of("subjects", _tokens(words, filters))
    for words in filters.phrases:
        yield any_of([all_of("all", _tokens(words, filters)), _in_title(words)])
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
    banned += [all_of("publisher", _tokens(words, filters)) for words in filters.without_publishers]
    banned += [
        all_of(field, _tokens(words, filters)) for words in filters.without_words for field in ("title", "subjects")
    ]
    return banned


def _tokens(words: str, filters: Filters) -> Sequence[str]:
    return filters.tokens.get(words) or fold_latin(words).split()


def _in_title(words: str) -> Clause:
    return all_of("title_bigrams", title_bigrams(words))


def bounds(first: int | None, last: int | None) -> dict[str, int]:
    """Both ends of a range, without the one that is open."""
    return {bound: value for bound, value in (("gte", first), ("lte", last)) if value is not None}


def all_of(field: str, words: Sequence[str]) -> Clause:
    """Books of which one field holds every word."""
    return {"match": {field: {"query": " ".join(words), "operator": "and"}}}


def any_of(clauses: Sequence[Clause]) -> Clause:
    """Books to which at least one clause applies."""
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}
