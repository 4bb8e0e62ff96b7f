"""What passes and what does not; tests/contract/test_language.py shows what it means on both engines."""

from typing import Any

import numpy as np
import pytest

from recommender.engine.base import Schema
from recommender.engine.language import Sort, clauses, instant_milliseconds, sort_of, validate_body, validate_query
from recommender.engine.schema import books_schema, load_schema
from recommender.errors import UnsupportedClauseError

SCHEMA = books_schema(encoder="bundled", dims=3, analyzer="kiwi", expected_books=1_000)

APPLICATION = {
    "query": {
        "bool": {
            "must": [
                {
                    "bool": {
                        "should": [
                            {"constant_score": {"filter": {"terms": {"title_keys": ["데미안"]}}, "boost": 0.0}},
                            {"match": {"all": {"query": "데미안 헤세", "minimum_should_match": "2<75%", "boost": 1}}},
                        ],
                        "minimum_should_match": 1,
                    }
                }
            ],
            "should": [{"match": {"title": {"query": "데미안 헤세", "boost": 5.0}}}],
            "filter": [{"term": {"available": True}}, {"range": {"year": {"gte": 1990, "lte": 2026}}}],
            "must_not": {"ids": {"values": ["b000001"]}},
        }
    },
    "from": 20,
    "size": 20,
    "track_total_hits": True,
    "_source": ["title"],
    "aggs": {
        "kdc_main": {"terms": {"field": "kdc_main", "size": 10, "order": {"_key": "asc"}}},
        "decades": {"histogram": {"field": "year", "interval": 10, "min_doc_count": 1}},
        "loans": {"stats": {"field": "loans"}},
    },
}


@pytest.mark.parametrize(
    "body",
    [
        {},
        APPLICATION,
        {
            "query": {"match_all": {}},
            "sort": [{"year": {"order": "desc", "missing": "_last"}}, {"id": {"order": "asc"}}],
        },
        {"knn": {"field": "vector", "query_vector": [0.0, 0.6, 0.8], "k": 5}},
        {
            "knn": {
                "field": "vector",
                "query_vector": np.array([0.0, 0.6, 0.8]),
                "k": 5,
                "num_candidates": 9,
                "filter": [],
            }
        },
        {"from": 9_990, "size": 10},
    ],
)
def test_a_body_of_the_language_passes(body: dict[str, Any]) -> None:
    validate_body(body, SCHEMA)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {"suggest": {}},
            (
                "a body: 'suggest' is not in the language; "
                "it takes _source, aggs, docvalue_fields, from, query, size, sort, track_total_hits"
            ),
        ),
        ({"query": []}, "a query: it holds exactly one key, not []"),
        ({"query": {"term": {"kdc": "813"}}}, "term: it stands in filter context only; put it under bool.filter"),
        ({"query": {"match": {"kdc": {"query": "813"}}}}, "match on kdc: the field is of type keyword; it takes text"),
        (
            {"query": {"match": {"title": {"query": "가" * 256}}}},
            "match on title: a token is at most 255 characters long",
        ),
        (
            {"query": {"match": {"title": {"query": "책", "boost": -1}}}},
            "match on title: boost is a number from 0, not -1",
        ),
        ({"query": {"constant_score": {}}}, "constant_score: 'filter' is missing"),
        ({"query": {"bool": {"filter": [{"exists": {}}]}}}, "exists: 'field' is missing"),
        ({"query": {"bool": {"filter": [{"ids": {"values": "b1"}}]}}}, "ids: values is a list of strings"),
        (
            {"query": {"bool": {"filter": [{"terms": {"kdc": "813"}}]}}},
            "terms on kdc: it takes a list of values, not '813'",
        ),
        (
            {"query": {"bool": {"filter": [{"range": {"year": {}}}]}}},
            "range on year: it takes at least one of gte, gt, lte, lt",
        ),
        (
            {"query": {"bool": {"filter": [{"range": {"year": {"gte": 3_000_000_000}}}]}}},
            "range on year: 3000000000 is no whole number of 32 bits",
        ),
        ({"sort": []}, "sort: it is a list of one field and then id, not []"),
        ({"sort": [{"year": "up"}]}, "sort on year: the order is asc or desc, not 'up'"),
        ({"_source": "title"}, "_source: it is true, false or a list of fields, not 'title'"),
        ({"knn": []}, "knn: it is one object, not a list"),
        ({"knn": {"field": "vector", "k": 5}}, "knn: 'query_vector' is missing"),
        (
            {"knn": {"field": "vector", "query_vector": [float("nan"), 0.0, 1.0], "k": 5}},
            "knn: the query vector has to be of length 1; normalise it",
        ),
        ({"aggs": {"kdc": {"terms": {"size": 5}}}}, "aggregation kdc: 'field' is missing"),
        ({"aggs": {"kdc": {"terms": {"field": "kdc", "size": 0}}}}, "terms aggregation: size is 1 to 10000, not 0"),
    ],
)
def test_a_message_names_the_clause_and_what_it_takes(body: dict[str, Any], message: str) -> None:
    with pytest.raises(UnsupportedClauseError) as raised:
        validate_body(body, SCHEMA)

    assert str(raised.value) == message


def test_filter_context_knows_more_clauses_than_scoring_context() -> None:
    clause = {"bool": {"must": [{"prefix": {"title_sort": "데미"}}]}}

    validate_query(clause, SCHEMA, scoring=False)
    with pytest.raises(UnsupportedClauseError, match="prefix"):
        validate_query(clause, SCHEMA, scoring=True)


def test_a_date_is_asked_for_as_a_whole_instant() -> None:
    generations = load_schema("generations")

    validate_query({"range": {"started_at": {"gte": "2026-11-20T09:30:00+09:00"}}}, generations, scoring=False)
    for short in ("2026-11-20", "2026-11-20T09:30:00", "now-1d", 1_795_216_149_412):
        with pytest.raises(UnsupportedClauseError, match="whole instant with its offset"):
            validate_query({"range": {"started_at": {"gte": short}}}, generations, scoring=False)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, None),
        ({"sort": ["title_sort"]}, Sort("title_sort")),
        ({"sort": [{"year": "desc"}]}, Sort("year", descending=True)),
        ({"sort": [{"year": {"order": "desc", "missing": "_last"}}, "id"]}, Sort("year", descending=True)),
        ({"sort": [{"year": {}}]}, Sort("year")),
    ],
)
def test_sort_of(body: dict[str, Any], expected: Sort | None) -> None:
    assert sort_of(body) == expected


def test_a_single_clause_may_stand_without_its_list() -> None:
    assert clauses({"match_all": {}}) == [{"match_all": {}}]
    assert clauses([{"match_all": {}}]) == [{"match_all": {}}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01", 0),
        ("1970-01-01T00:00:01", 1_000),
        ("1970-01-01T00:00:00.250Z", 250),
        ("1970-01-01T09:00:00+09:00", 0),
        ("1969-12-31T23:59:59.999Z", -1),
    ],
)
def test_instant_milliseconds(text: str, expected: int) -> None:
    assert instant_milliseconds(text) == expected


def test_nothing_of_a_schema_is_needed_but_its_properties() -> None:
    tiny = Schema(settings={}, mappings={"properties": {"id": {"type": "keyword"}, "title": {"type": "text"}}})

    validate_body({"query": {"match": {"title": {"query": "데미안"}}}}, tiny)
