"""Counting how the match set divides, each facet as if its own selection were lifted."""

from collections.abc import Mapping
from typing import Any

from recommender.engine.base import SearchResult
from recommender.search.request import Filters
from recommender.search.results import Facet, FacetValue

AGGREGATIONS: Mapping[str, Mapping[str, Any]] = {
    "kdc": {"terms": {"field": "kdc_main", "size": 10}},
    "decade": {"histogram": {"field": "year", "interval": 10, "min_doc_count": 1}},
    "language": {"terms": {"field": "language", "size": 10}},
    "audience": {"terms": {"field": "audience", "size": 4}},
    "form": {"terms": {"field": "form", "size": 6}},
    "available": {"terms": {"field": "available", "size": 2}},
}

FILTER_OF: Mapping[str, str] = {
    "kdc": "kdc",
    "decade": "year",
    "language": "languages",
    "audience": "audiences",
    "form": "forms",
    "available": "available",
}
"""Facet → the filter that selecting one of its values sets."""


def selected_facets(filters: Filters) -> list[str]:
    """The facets that carry a selection, so need a body of their own."""
    return [facet for facet, name in FILTER_OF.items() if filters.without(name) != filters]


def read_facet(name: str, result: SearchResult, filters: Filters) -> Facet:
    """One facet from an engine's answer; decades newest first, the rest by count."""
    buckets = result.aggregations[name]["buckets"]
    values = [_value(name, bucket, filters) for bucket in buckets if bucket["doc_count"]]
    if name == "decade":
        values.reverse()
    return Facet(name, tuple(values))


def _value(name: str, bucket: Mapping[str, Any], filters: Filters) -> FacetValue:
    key = bucket["key"]
    if name == "available":
        value = "true" if bucket.get("key_as_string", key) in ("true", True, 1) else "false"
    else:
        value = str(int(key)) if isinstance(key, float) else str(key)
    return FacetValue(value=value, count=bucket["doc_count"], selected=_is_selected(name, value, filters))


def _is_selected(name: str, value: str, filters: Filters) -> bool:
    if name == "decade":
        return filters.year_from == int(value) and filters.year_to == int(value) + 9
    if name == "available":
        return filters.available is (value == "true")
    if name == "kdc":
        return any(number.startswith(value) for number in filters.kdc)
    return value in getattr(filters, FILTER_OF[name])
