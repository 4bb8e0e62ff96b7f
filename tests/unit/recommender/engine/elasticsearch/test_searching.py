import base64

import numpy as np
import pytest

from recommender.engine.base import Hit, SearchResult
from recommender.engine.elasticsearch.searching import elasticsearch_body, encoded_vector, search_result, source_option
from recommender.engine.schema import books_schema

SCHEMA = books_schema(encoder="bundled", dims=2, analyzer="kiwi", expected_books=10)


def test_a_lexical_body_is_lean_and_ordered() -> None:
    query = {"match": {"title": {"query": "데미안"}}}

    assert elasticsearch_body({"query": query, "size": 200}, SCHEMA) == {
        "query": query,
        "size": 200,
        "track_total_hits": True,
        "sort": [{"_score": "desc"}, {"id": "asc"}],
        "_source": False,
        "stored_fields": "_none_",
    }


def test_a_sorted_body_ends_with_the_id() -> None:
    assert elasticsearch_body({"sort": [{"year": "desc"}], "_source": ["title"]}, SCHEMA) == {
        "track_total_hits": True,
        "sort": [{"year": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
        "_source": {"includes": ["title"]},
    }


def test_a_dense_body_is_rescored() -> None:
    knn = {"field": "vector", "query_vector": np.array([0.6, 0.8]), "k": 10, "filter": {"term": {"available": True}}}

    assert elasticsearch_body({"knn": knn}, SCHEMA)["knn"] == {
        "field": "vector",
        "query_vector": encoded_vector([0.6, 0.8]),
        "k": 10,
        "num_candidates": 10,
        "filter": {"term": {"available": True}},
        "rescore_vector": {"oversample": 2.0},
    }


def test_a_vector_keeps_every_bit() -> None:
    vector = np.array([0.1, -0.7, 1e-20], dtype=np.float32)

    read = np.frombuffer(base64.b64decode(encoded_vector(vector)), dtype=">f4")

    np.testing.assert_array_equal(read, vector)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (None, True),
        ([], False),
        (["title"], {"includes": ["title"]}),
        (["vector", "title"], {"includes": ["vector", "title"], "exclude_vectors": False}),
    ],
)
def test_source_option(source: list[str] | None, expected: object) -> None:
    assert source_option(source, SCHEMA) == expected


def test_hits_are_read_from_their_sort_values() -> None:
    answer = {
        "hits": {"total": {"value": 7, "relation": "eq"}, "hits": [{"_score": 1.5, "sort": [1.5, "b1"]}]},
        "aggregations": {"kdc": {"doc_count_error_upper_bound": 0, "sum_other_doc_count": 2, "buckets": []}},
    }

    assert search_result(answer, {}) == SearchResult(
        total=7,
        ids=("b1",),
        scores=(1.5,),
        aggregations={"kdc": {"sum_other_doc_count": 2, "buckets": []}},
    )


def test_a_sorted_hit_has_no_score() -> None:
    answer = {"hits": {"total": {"value": 1}, "hits": [{"sort": [2001, "b1"], "_source": {"title": "데미안"}}]}}

    found = search_result(answer, {"sort": ["year"], "_source": True})

    assert found.hits == (Hit("b1", None, {"title": "데미안"}),)


def test_dense_scores_are_rounded_before_ties_are_ordered() -> None:
    hits = [{"sort": [0.900004, "b2"]}, {"sort": [0.9, "b1"]}, {"sort": [0.8, "b0"]}]

    found = search_result({"hits": {"total": {"value": 3}, "hits": hits}}, {"knn": {}})

    assert found.hits == (Hit("b1", 0.9), Hit("b2", 0.9), Hit("b0", 0.8))
