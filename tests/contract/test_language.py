"""Bodies outside the language, and what the small print of those inside it means, on both engines."""

from typing import Any

import pytest

from recommender.engine.base import Action, Engine, Operation, Search
from recommender.engine.schema import load_schema
from recommender.errors import UnsupportedClauseError
from tests.contract import catalogue

INDEX = "books"
Body = dict[str, Any]

BOOKS: dict[str, Body] = {
    "b1": {"title": "데미안", "year": 1919, "moods": ["thoughtful", "sad"], "available": True, "loans": 5},
    "b2": {"title": "데미안 성장 소설", "year": 2001, "moods": ["hopeful"], "available": False, "loans": 0},
    "b3": {"title": "데미안 데미안", "moods": [], "available": True, "language": "ko"},
    "b4": {"title": "성장 소설 읽기", "year": 2001, "moods": ["sad", "warm"], "available": None, "loans": 12},
    "b5": {},
}
UNIT = catalogue.vector(["데미안"]).tolist()


@pytest.fixture(scope="module")
def books(shared_engine: Engine) -> Engine:
    """An engine with five books, that nobody changes."""
    return _with_books(shared_engine)


@pytest.fixture
def own_books(engine: Engine) -> Engine:
    """An engine with five books."""
    return _with_books(engine)


def _with_books(engine: Engine) -> Engine:
    engine.create_index(INDEX, catalogue.schema())
    engine.bulk(INDEX, [Operation(Action.CREATE, book_id, book) for book_id, book in BOOKS.items()], refresh=True)
    return engine


def _match(text: str, **options: Any) -> Body:
    return {"match": {"title": {"query": text, **options}}}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"retriever": {}}, "retriever"),
        ({"query": {"match_all": {}}, "highlight": {}}, "highlight"),
        ({"query": {"match_all": {}}, "post_filter": {"term": {"available": True}}}, "post_filter"),
        ({"query": {"match_all": {}}, "track_total_hits": False}, "track_total_hits"),
        ({"query": {"match_all": {}}, "size": -1}, "size"),
        ({"query": {"match_all": {}}, "from": 10_000, "size": 1}, "Result window is too large"),
        ({"query": {"match_all": {}}, "_source": ["shelf"]}, "shelf"),
        (
            {"query": {"match_all": {}}, "docvalue_fields": "loans"},
            "docvalue_fields: it is a list of fields, not 'loans'",
        ),
        (
            {"query": {"match_all": {}}, "docvalue_fields": ["moods"]},
            "docvalue_fields on moods: the field is of type keyword",
        ),
        ({"knn": {"field": "vector", "query_vector": UNIT, "k": 2}, "docvalue_fields": ["shelf"]}, "no field 'shelf'"),
        ({"query": {"multi_match": {"query": "데미안", "fields": ["title"]}}}, "multi_match"),
        ({"query": {"match_all": {}, "match": {}}}, "exactly one key"),
        ({"query": {"match_phrase": {"title": "데미안"}}}, "match_phrase"),
        ({"query": {"script_score": {}}}, "script_score"),
        ({"query": {"match": {"title": "데미안"}}}, "title"),
        ({"query": _match("데미안", fuzziness="AUTO")}, "fuzziness"),
        ({"query": _match("데미안", minimum_should_match="most")}, "most"),
        ({"query": _match("데미안", operator="and", minimum_should_match=1)}, "operator"),
        ({"query": _match("데미안\u3000성장")}, r"U\+3000"),
        ({"query": {"match": {"kdc": {"query": "813"}}}}, "kdc.*keyword"),
        ({"query": {"match": {"shelf": {"query": "3"}}}}, "shelf"),
        ({"query": {"term": {"available": True}}}, "term.*filter"),
        ({"query": {"bool": {"should": [{"terms": {"kdc": ["813"]}}]}}}, "terms.*filter"),
        ({"query": {"bool": {"boost": 2}}}, "boost"),
        ({"query": {"bool": {"filter": [{"term": {"title": "데미안"}}]}}}, "title.*text"),
        ({"query": {"bool": {"filter": [{"term": {"year": "2001"}}]}}}, "year.*'2001'"),
        ({"query": {"bool": {"filter": [{"term": {"available": 1}}]}}}, "available.*1"),
        ({"query": {"bool": {"filter": [{"range": {"kdc": {"gte": "800"}}}]}}}, "range.*kdc"),
        ({"query": {"bool": {"filter": [{"range": {"year": {"from": 2001}}}]}}}, "from"),
        ({"query": {"bool": {"filter": [{"wildcard": {"kdc": "8*"}}]}}}, "wildcard"),
        ({"query": {"bool": {"filter": [{"exists": {"field": "title"}}]}}}, "exists.*title"),
        ({"query": {"bool": {"must_not": [{"geo_distance": {}}]}}}, "geo_distance"),
        ({"aggs": {"works": {"cardinality": {"field": "kdc"}}}}, "works.*cardinality"),
        ({"aggs": {"kdc": {"terms": {"field": "kdc"}, "aggs": {}}}}, "kdc"),
        ({"aggs": {"kdc": {"terms": {"field": "kdc", "order": [{"_count": "desc"}, {"_key": "desc"}]}}}}, "order"),
        ({"aggs": {"kdc": {"terms": {"field": "title"}}}}, "title"),
        ({"aggs": {"year": {"histogram": {"field": "year", "interval": 0}}}}, "interval"),
        ({"sort": [{"title": "asc"}]}, "title"),
        ({"sort": [{"_score": "desc"}]}, "_score"),
        ({"sort": [{"year": "asc"}, {"loans": "asc"}]}, "loans"),
        ({"sort": [{"year": {"order": "asc", "missing": "_first"}}]}, "missing"),
        ({"knn": {"field": "vector", "query_vector": UNIT, "k": 5}, "query": {"match_all": {}}}, "query"),
        ({"knn": {"field": "vector", "query_vector": UNIT, "k": 5}, "aggs": {}}, "aggs"),
        ({"knn": {"field": "title", "query_vector": UNIT, "k": 5}}, "title"),
        ({"knn": {"field": "vector", "query_vector": [1.0], "k": 5}}, "shape"),
        ({"knn": {"field": "vector", "query_vector": [1.0] * catalogue.DIMS, "k": 5}}, "length 1"),
        ({"knn": {"field": "vector", "query_vector": UNIT, "k": 5, "num_candidates": 4}}, "num_candidates"),
        ({"knn": {"field": "vector", "query_vector": UNIT, "k": 0}}, "k"),
        ({"knn": {"field": "vector", "query_vector": UNIT, "k": 5, "boost": 2}}, "boost"),
        ({"knn": {"field": "vector", "query_vector": UNIT, "k": 5, "filter": {"fuzzy": {}}}}, "fuzzy"),
    ],
)
def test_a_body_outside_the_language_names_its_clause(books: Engine, body: Body, named: str) -> None:
    with pytest.raises(UnsupportedClauseError, match=named):
        books.msearch([Search(INDEX, {"query": {"match_all": {}}}), Search(INDEX, body)])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # A match finds documents with any of its words, unless it says how many.
        (_match("데미안"), {"b1", "b2", "b3"}),
        (_match("성장 데미안"), {"b1", "b2", "b3", "b4"}),
        (_match("성장 데미안", operator="and"), {"b2"}),
        (_match("성장 소설 데미안", minimum_should_match=2), {"b2", "b4"}),
        (_match("성장 소설 데미안", minimum_should_match=9), set()),
        (_match("성장 소설 데미안", minimum_should_match="200%"), set()),
        (_match("성장 소설 데미안", minimum_should_match="-9"), {"b1", "b2", "b3", "b4"}),
        (_match("읽기", minimum_should_match=9), {"b4"}),
        ({"bool": {"should": [_match("성장"), _match("데미안")], "minimum_should_match": 3}}, set()),
        ({"bool": {"must": [_match("성장")], "should": [_match("데미안")], "minimum_should_match": 2}}, set()),
        (_match("성장 소설 데미안", minimum_should_match="67%"), {"b2", "b4"}),
        (_match("성장 소설 데미안", minimum_should_match="-1"), {"b2", "b4"}),
        (_match("성장 소설 데미안", minimum_should_match="0%"), {"b1", "b2", "b3", "b4"}),
        (_match("성장 소설 데미안", minimum_should_match="3<50%"), {"b2"}),
        (_match("성장 소설 읽기 데미안", minimum_should_match="3<50%"), {"b2", "b4"}),
        (_match("데미안 데미안", minimum_should_match=2), {"b1", "b2", "b3"}),
        (_match("없는낱말"), set()),
        (_match(""), set()),
        (_match("  "), set()),
        (_match("∅"), {"b5"}),
        # A bool of optional clauses only needs one of them; beside a required one it needs none.
        ({"bool": {}}, set(BOOKS)),
        ({"bool": {"filter": []}}, set(BOOKS)),
        ({"bool": {"should": [_match("읽기"), _match("없는낱말")]}}, {"b4"}),
        ({"bool": {"must": _match("성장"), "should": [_match("없는낱말")]}}, {"b2", "b4"}),
        ({"bool": {"filter": {"term": {"available": True}}, "should": [_match("없는낱말")]}}, {"b1", "b3"}),
        (
            {"bool": {"filter": {"term": {"available": True}}, "should": [_match("성장")], "minimum_should_match": 1}},
            set(),
        ),
        (
            {"bool": {"should": [_match("성장"), _match("소설"), _match("데미안")], "minimum_should_match": "-1"}},
            {"b2", "b4"},
        ),
        ({"bool": {"should": [_match("데미안"), _match("읽기")], "minimum_should_match": 0}}, {"b1", "b2", "b3", "b4"}),
        ({"bool": {"must_not": [_match("데미안")]}}, {"b4", "b5"}),
        ({"bool": {"must": [_match("데미안")], "must_not": {"range": {"year": {"lt": 2000}}}}}, {"b2", "b3"}),
        # Filters: a field may hold several values, one, or none.
        ({"bool": {"filter": [{"term": {"moods": "sad"}}]}}, {"b1", "b4"}),
        ({"bool": {"filter": [{"terms": {"moods": ["hopeful", "warm", "none"]}}]}}, {"b2", "b4"}),
        ({"bool": {"filter": [{"terms": {"moods": []}}]}}, set()),
        ({"bool": {"filter": [{"term": {"available": False}}]}}, {"b2"}),
        ({"bool": {"filter": [{"range": {"year": {"gte": 1919, "lt": 2001}}}]}}, {"b1"}),
        ({"bool": {"filter": [{"range": {"year": {"gt": 1919, "lte": 2001}}}]}}, {"b2", "b4"}),
        ({"bool": {"filter": [{"range": {"loans": {"lte": 0}}}]}}, {"b2"}),
        ({"bool": {"filter": [{"exists": {"field": "moods"}}]}}, {"b1", "b2", "b4"}),
        ({"bool": {"must_not": [{"exists": {"field": "year"}}]}}, {"b3", "b5"}),
        ({"bool": {"filter": [{"exists": {"field": "available"}}]}}, {"b1", "b2", "b3"}),
        ({"bool": {"filter": [{"prefix": {"moods": "t"}}]}}, {"b1"}),
        ({"bool": {"filter": [{"prefix": {"moods": ""}}]}}, {"b1", "b2", "b4"}),
        ({"bool": {"filter": [{"ids": {"values": ["b5", "b1", "b9"]}}]}}, {"b1", "b5"}),
        ({"bool": {"filter": [{"ids": {"values": []}}]}}, set()),
        ({"bool": {"filter": [{"term": {"id": "b3"}}]}}, {"b3"}),
        ({"bool": {"filter": [_match("성장 데미안", operator="and")]}}, {"b2"}),
        (
            {"bool": {"filter": [{"bool": {"should": [{"term": {"moods": "warm"}}, {"term": {"loans": 5}}]}}]}},
            {"b1", "b4"},
        ),
        ({"bool": {"filter": [{"constant_score": {"filter": {"term": {"loans": 5}}}}]}}, {"b1"}),
    ],
)
def test_a_query_finds(books: Engine, query: Body, expected: set[str]) -> None:
    (found,) = books.msearch([Search(INDEX, {"query": query})])

    assert {hit.id for hit in found.hits} == expected
    assert found.total == len(expected)
    assert books.count(INDEX, query) == len(expected)
    assert [document.id for document in books.scan(INDEX, query)] == sorted(expected)


@pytest.mark.parametrize(
    ("query", "scores"),
    [
        ({"match_all": {}}, {"b1": 1.0, "b2": 1.0, "b3": 1.0, "b4": 1.0, "b5": 1.0}),
        ({"bool": {}}, {"b1": 1.0, "b2": 1.0, "b3": 1.0, "b4": 1.0, "b5": 1.0}),
        ({"bool": {"filter": [{"term": {"available": True}}]}}, {"b1": 0.0, "b3": 0.0}),
        ({"bool": {"must": [{"match_all": {}}], "filter": [{"term": {"available": True}}]}}, {"b1": 1.0, "b3": 1.0}),
        ({"constant_score": {"filter": {"term": {"moods": "sad"}}, "boost": 2.5}}, {"b1": 2.5, "b4": 2.5}),
        ({"constant_score": {"filter": {"term": {"moods": "sad"}}, "boost": 0.0}}, {"b1": 0.0, "b4": 0.0}),
        (
            {
                "bool": {
                    "must": [{"constant_score": {"filter": {"exists": {"field": "year"}}}}],
                    "should": [{"constant_score": {"filter": {"term": {"loans": 12}}, "boost": 3.0}}],
                }
            },
            {"b4": 4.0, "b1": 1.0, "b2": 1.0},
        ),
    ],
)
def test_clauses_that_do_not_weigh_words_score(books: Engine, query: Body, scores: dict[str, float]) -> None:
    (found,) = books.msearch([Search(INDEX, {"query": query})])

    assert [(hit.id, hit.score) for hit in found.hits] == list(scores.items())


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ([{"year": "asc"}], ["b1", "b2", "b4", "b3", "b5"]),
        ([{"year": {"order": "desc"}}, {"id": {"order": "asc"}}], ["b2", "b4", "b1", "b3", "b5"]),
        (["year", "id"], ["b1", "b2", "b4", "b3", "b5"]),
        ([{"loans": {"order": "asc", "missing": "_last"}}, "id"], ["b2", "b1", "b4", "b3", "b5"]),
        ([{"id": "desc"}], ["b5", "b4", "b3", "b2", "b1"]),
        ([{"available": "asc"}], ["b2", "b1", "b3", "b4", "b5"]),
        ([{"language": "asc"}], ["b3", "b1", "b2", "b4", "b5"]),
        ([{"moods": "asc"}], ["b2", "b1", "b4", "b3", "b5"]),  # of several values the smallest counts,
        ([{"moods": "desc"}], ["b4", "b1", "b2", "b3", "b5"]),  # or the largest
    ],
)
def test_a_sort_puts_what_lacks_the_field_last_and_ties_by_id(
    books: Engine, sort: list[Any], expected: list[str]
) -> None:
    (found,) = books.msearch([Search(INDEX, {"query": {"match_all": {}}, "sort": sort})])

    assert [hit.id for hit in found.hits] == expected
    assert {hit.score for hit in found.hits} == {None}


@pytest.mark.parametrize("sort", [{}, {"sort": [{"loans": {"order": "desc"}}, {"id": {"order": "asc"}}]}])
def test_columns_come_with_the_hits_they_belong_to(books: Engine, sort: Body) -> None:
    fields = ["available", "loans"]
    (found,) = books.msearch([Search(INDEX, {"query": _match("데미안 성장"), "docvalue_fields": fields, **sort})])

    assert len(found.ids) == 4
    assert dict(zip(found.ids, zip(*(found.columns[field] for field in fields), strict=True), strict=True)) == {
        "b1": (True, 5), "b2": (False, 0), "b3": (True, None), "b4": (None, 12),
    }  # fmt: skip
    assert [value for value in found.columns["available"] if value is not None and type(value) is not bool] == []


def test_no_columns_come_where_none_are_asked_for(books: Engine) -> None:
    (found,) = books.msearch([Search(INDEX, {"query": {"match_all": {}}})])

    assert found.columns == {}


def test_aggregations_have_elasticsearch_s_shape(books: Engine) -> None:
    aggregations = {
        "moods": {"terms": {"field": "moods", "size": 2}},
        "available": {"terms": {"field": "available"}},
        "years": {"terms": {"field": "year", "order": {"_key": "desc"}}},
        "none": {"terms": {"field": "isbn"}},
        "decades": {"histogram": {"field": "year", "interval": 50}},
        "loans": {"stats": {"field": "loans"}},
        "pages": {"stats": {"field": "pages"}},
    }

    (found,) = books.msearch([Search(INDEX, {"size": 0, "aggs": aggregations})])

    assert found.total == 5
    assert found.aggregations == {
        "moods": {
            "buckets": [{"key": "sad", "doc_count": 2}, {"key": "hopeful", "doc_count": 1}],
            "sum_other_doc_count": 2,
        },
        "available": {
            "buckets": [
                {"key": 1, "key_as_string": "true", "doc_count": 2},
                {"key": 0, "key_as_string": "false", "doc_count": 1},
            ],
            "sum_other_doc_count": 0,
        },
        "years": {"buckets": [{"key": 2001, "doc_count": 2}, {"key": 1919, "doc_count": 1}], "sum_other_doc_count": 0},
        "none": {"buckets": [], "sum_other_doc_count": 0},
        "decades": {
            "buckets": [
                {"key": 1900.0, "doc_count": 1},
                {"key": 1950.0, "doc_count": 0},
                {"key": 2000.0, "doc_count": 2},
            ]
        },
        "loans": {"count": 3, "min": 0.0, "max": 12.0, "avg": 17 / 3, "sum": 17.0},
        "pages": {"count": 0, "min": None, "max": None, "avg": None, "sum": 0.0},
    }


def test_aggregations_count_what_the_query_matches_whatever_the_page(books: Engine) -> None:
    body = {"query": _match("데미안"), "from": 2, "size": 1, "aggs": {"moods": {"terms": {"field": "moods"}}}}

    (found,) = books.msearch([Search(INDEX, body)])

    assert found.total == 3
    assert len(found.hits) == 1
    assert found.aggregations["moods"]["buckets"] == [
        {"key": "hopeful", "doc_count": 1},
        {"key": "sad", "doc_count": 1},
        {"key": "thoughtful", "doc_count": 1},
    ]


def test_ten_hits_come_back_where_no_size_is_asked_for(own_books: Engine) -> None:
    own_books.bulk(INDEX, [Operation(Action.CREATE, f"n{n}", {"vector": UNIT}) for n in range(20)], refresh=True)
    knn = {"field": "vector", "query_vector": UNIT, "k": 15}

    lexical, dense = own_books.msearch([Search(INDEX, {}), Search(INDEX, {"knn": knn})])

    assert (lexical.total, len(lexical.hits)) == (25, 10)
    assert (dense.total, len(dense.hits)) == (15, 10)


def test_a_dense_search_finds_only_what_has_a_vector(own_books: Engine) -> None:
    own_books.bulk(INDEX, [Operation(Action.UPDATE, "b2", {"vector": UNIT})], refresh=True)
    opposite = [-value for value in UNIT]

    found = own_books.msearch(
        [Search(INDEX, {"knn": {"field": "vector", "query_vector": v, "k": 5}}) for v in (UNIT, opposite)]
    )

    assert [[(hit.id, hit.score) for hit in result.hits] for result in found] == [[("b2", 1.0)], [("b2", 0.0)]]
    assert [result.total for result in found] == [1, 1]


def test_a_dense_search_under_a_filter_that_nothing_passes_finds_nothing(books: Engine) -> None:
    knn = {"field": "vector", "query_vector": UNIT, "k": 5, "filter": {"term": {"kdc": "999"}}}

    (found,) = books.msearch([Search(INDEX, {"knn": knn})])

    assert (found.total, found.hits) == (0, ())


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"gte": "2026-11-20T00:00:00+09:00"}, ["g2", "g3"]),
        ({"lt": "2026-11-20T09:30:00+09:00", "gte": "2026-11-19T15:00:00Z"}, ["g2"]),
        ({"lte": "2026-11-20T00:30:00Z"}, ["g1", "g2", "g3"]),
    ],
)
def test_dates_are_compared_as_instants(engine: Engine, bounds: dict[str, str], expected: list[str]) -> None:
    engine.create_index("generations", load_schema("generations"))
    started = {"g1": "2026-11-19T23:59:59+09:00", "g2": "2026-11-20T08:00:00.500+09:00", "g3": "2026-11-20T00:30:00Z"}
    engine.bulk(
        "generations",
        [Operation(Action.CREATE, name, {"started_at": at}) for name, at in started.items()],
        refresh=True,
    )

    (found,) = engine.msearch(
        [
            Search(
                "generations",
                {"query": {"bool": {"filter": [{"range": {"started_at": bounds}}]}}, "sort": [{"started_at": "asc"}]},
            )
        ]
    )

    assert [hit.id for hit in found.hits] == expected
    with pytest.raises(UnsupportedClauseError, match="whole instant"):
        engine.count("generations", {"range": {"started_at": {"lte": "2026-11-20"}}})
