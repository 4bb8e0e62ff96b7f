from dataclasses import replace

import numpy as np

from recommender.bundle import DenseBundle, LexicalBundle
from recommender.search.analysis import AnalysedQuery
from recommender.search.filtering import filter_clauses
from recommender.search.queries import knn_body, lexical_query, pinned_body
from recommender.search.request import Filters
from recommender.text.morphemes import QueryTokens

LEXICAL = LexicalBundle(
    boosts={
        "all": 0.5,
        "title": 4.0,
        "title_bigrams": 1.5,
        "title_phrases": 4.0,
        "title_slips": 40.0,
        "people": 3.0,
        "people_bigrams": 0.8,
        "subjects": 1.5,
        "description": 1.0,
        "publisher": 0.5,
    },
    all_minimum="2<70%",
    title_bigrams_minimum="75%",
    misspelt_title_minimum="50%",
    sound_boost=30.0,
)
DEMIAN = AnalysedQuery(
    text="헤세 데미안",
    tokens=QueryTokens(match=("헤세", "데미안"), score=("헤세", "데미안"), words=("헤세", "데미안")),
    bigrams=("헤세", "세데", "데미", "미안"),
    title_key="헤세데미안",
    call_number="헤세데미안",
    isbns=(),
    slips=("aa11", "bb22"),
)
NOTHING = AnalysedQuery("", QueryTokens((), (), ()), (), "", "", ())


def test_the_whole_lexical_query() -> None:
    filters = Filters(kdc=("853",), available=True)

    assert lexical_query(DEMIAN, filters, LEXICAL) == {
        "bool": {
            "must": [
                {
                    "bool": {
                        "should": [
                            {
                                "constant_score": {
                                    "filter": {
                                        "bool": {
                                            "should": [
                                                {"terms": {"title_keys": ["헤세데미안"]}},
                                                {"terms": {"call_number": ["헤세데미안"]}},
                                            ],
                                            "minimum_should_match": 1,
                                        }
                                    },
                                    "boost": 0.0,
                                }
                            },
                            {"match": {"all": {"query": "헤세 데미안", "boost": 0.5, "minimum_should_match": "2<70%"}}},
                            {
                                "match": {
                                    "title_bigrams": {
                                        "query": "헤세 세데 데미 미안",
                                        "boost": 1.5,
                                        "minimum_should_match": "75%",
                                    }
                                }
                            },
                            {
                                "constant_score": {
                                    "filter": {"match": {"title_slips": {"query": "aa11 bb22"}}},
                                    "boost": 40.0,
                                }
                            },
                            {"constant_score": {"filter": {"terms": {"people_keys": ["헤세데미안"]}}, "boost": 0.0}},
                        ],
                        "minimum_should_match": 1,
                    }
                }
            ],
            "should": [
                {"match": {"title": {"query": "헤세 데미안", "boost": 4.0}}},
                {"match": {"people": {"query": "헤세 데미안", "boost": 3.0}}},
                {"match": {"subjects": {"query": "헤세 데미안", "boost": 1.5}}},
                {"match": {"description": {"query": "헤세 데미안", "boost": 1.0}}},
                {"match": {"publisher": {"query": "헤세 데미안", "boost": 0.5}}},
                {"match": {"people_bigrams": {"query": "헤세 세데 데미 미안", "boost": 0.8}}},
                {"match": {"title_phrases": {"query": "헤세데미안", "boost": 4.0}}},
            ],
            "filter": [{"terms": {"kdc": ["853"]}}, {"term": {"available": True}}],
        }
    }


def test_an_empty_query_browses_what_the_filters_leave() -> None:
    assert lexical_query(NOTHING, Filters(languages=("en",)), LEXICAL) == {
        "bool": {"must": [{"match_all": {}}], "filter": [{"terms": {"language": ["en"]}}]}
    }


def test_pins_are_exact_and_obey_the_filters() -> None:
    isbn = replace(
        NOTHING, title_key="9788937460449", call_number="9788937460449", isbns=("9788937460449", "8937460440")
    )

    assert pinned_body(isbn, Filters(audiences=("teens",))) == {
        "query": {
            "bool": {
                "filter": [
                    {
                        "bool": {
                            "should": [
                                {"terms": {"title_keys": ["9788937460449"]}},
                                {"terms": {"call_number": ["9788937460449"]}},
                                {"terms": {"isbn": ["9788937460449", "8937460440"]}},
                            ],
                            "minimum_should_match": 1,
                        }
                    },
                    {"terms": {"audience": ["teens"]}},
                ]
            }
        },
        "size": 10,
        "sort": [{"copies": {"order": "desc"}}, {"id": {"order": "asc"}}],
    }


def test_the_dense_leg_carries_the_same_filter() -> None:
    vector = np.array([1.0, 0.0], dtype=np.float32)
    dense = DenseBundle(num_candidates=50, minimum_similarity=0.2, share_of_best=0.7)

    assert knn_body(vector, Filters(year_from=2010, year_to=2019), dense, depth=100) == {
        "knn": {
            "field": "vector",
            "query_vector": vector,
            "k": 100,
            "num_candidates": 100,  # never fewer than what is asked for
            "filter": [{"range": {"year": {"gte": 2010, "lte": 2019}}}],
        },
        "size": 100,
    }


def test_filters_one_clause_each() -> None:
    everything = Filters(
        kdc=("8", "9"), year_from=2020, languages=("ko",), audiences=("teens",), forms=("comic",), available=False
    )

    assert filter_clauses(everything) == [
        {"terms": {"kdc": ["8", "9"]}},
        {"terms": {"language": ["ko"]}},
        {"terms": {"audience": ["teens"]}},
        {"terms": {"form": ["comic"]}},
        {"range": {"year": {"gte": 2020}}},
        {"term": {"available": False}},
    ]
    assert filter_clauses(Filters()) == []
