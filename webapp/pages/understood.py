"""What a query was understood to say, as chips: each with the address of the search without it."""

from dataclasses import dataclass, replace

from recommender.search.request import SearchRequest
from recommender.search.results import SearchResults
from recommender.search.routing.values import Route, RouteCode
from webapp.labels.routes import route_text
from webapp.pages.facets import search_url

STATED_ONLY = (RouteCode.TITLE, RouteCode.ISBN, RouteCode.CALL_NUMBER)
"""The whole text is meant: there is nothing to lift, and nothing was rewritten."""


@dataclass(frozen=True, slots=True)
class UnderstoodChip:
    """One phrase and what it was taken for; no address where the phrase is the whole search."""

    label: str
    phrase: str
    url: str | None


@dataclass(frozen=True, slots=True)
class UnderstoodQuery:
    """How a query was read, and the addresses to have it read otherwise."""

    chips: tuple[UnderstoodChip, ...] = ()
    as_typed_url: str | None = None  # None where the search is the same as typed
    again_url: str | None = None  # where it was searched as typed
    looks_for_words: bool = True  # False: the query restricts, and is nothing to look for


def understood_query(results: SearchResults) -> UnderstoodQuery:
    """What a page says of how it read the query."""
    asked, understood = results.request, results.understood
    if not asked.understand:
        return UnderstoodQuery(again_url=search_url(replace(asked, understand=True, page=1)))
    if understood is None:
        return UnderstoodQuery(looks_for_words=bool(asked.query))
    return UnderstoodQuery(
        chips=tuple(_chip(route, results, asked) for route in understood.routes),
        as_typed_url=search_url(replace(asked, understand=False, page=1)) if understood.changes_the_search else None,
        looks_for_words=bool(understood.words),
    )


def _chip(route: Route, results: SearchResults, asked: SearchRequest) -> UnderstoodChip:
    understood = results.understood
    whole = understood is not None and route.phrase == understood.text == understood.words
    if understood is None or whole or route.code in STATED_ONLY:
        return UnderstoodChip(route_text(route), route.phrase, None)
    lifted = replace(asked, query=understood.text_without(route), page=1)
    return UnderstoodChip(route_text(route), route.phrase, search_url(lifted))
