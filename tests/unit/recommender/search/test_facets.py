from recommender.engine.base import SearchResult
from recommender.search.facets import read_facet, selected_facets
from recommender.search.request import Filters
from recommender.search.results import Facet, FacetValue


def answer(name: str, *buckets: dict[str, object]) -> SearchResult:
    return SearchResult(total=9, aggregations={name: {"buckets": list(buckets)}})


def test_decades_come_newest_first_and_know_their_selection() -> None:
    found = answer(
        "decade", {"key": 2000.0, "doc_count": 3}, {"key": 2010.0, "doc_count": 0}, {"key": 2020.0, "doc_count": 6}
    )

    assert read_facet("decade", found, Filters(year_from=2000, year_to=2009)) == Facet(
        "decade", (FacetValue("2020", 6), FacetValue("2000", 3, selected=True))
    )


def test_booleans_read_alike_from_both_engines() -> None:
    elasticsearch = answer(
        "available",
        {"key": 1, "key_as_string": "true", "doc_count": 5},
        {"key": 0, "key_as_string": "false", "doc_count": 4},
    )

    assert read_facet("available", elasticsearch, Filters(available=True)) == Facet(
        "available", (FacetValue("true", 5, selected=True), FacetValue("false", 4))
    )


def test_a_class_is_selected_by_any_number_within_it() -> None:
    found = answer("kdc", {"key": "8", "doc_count": 7}, {"key": "1", "doc_count": 2})

    assert read_facet("kdc", found, Filters(kdc=("813",))) == Facet(
        "kdc", (FacetValue("8", 7, selected=True), FacetValue("1", 2))
    )


def test_only_facets_with_a_selection_need_a_body_of_their_own() -> None:
    assert selected_facets(Filters()) == []
    assert selected_facets(Filters(kdc=("8",), year_from=1990, available=False)) == ["kdc", "decade", "available"]
