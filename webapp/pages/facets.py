"""Facets and filters as a page shows them: every value is a link that selects it, or lifts it again."""

from dataclasses import dataclass, replace

from recommender.search.request import Filters, SearchRequest
from recommender.search.results import Facet
from recommender.search.routing.values import Route, RouteCode
from webapp.labels.facets import value_label
from webapp.labels.routes import copies_text, pages_text, route_text, years_text
from webapp.labels.words import AUDIENCES, AVAILABILITY, FACETS, FORMS, language_name
from webapp.pages.links import link
from webapp.params.search import search_arguments

SHOWN_FACETS = ("available", "kdc", "audience", "form", "language", "decade")

_LISTS = {"kdc": "kdc", "language": "languages", "audience": "audiences", "form": "forms"}
"""Facet → the filter whose values are alternatives."""

DECADE = 10


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value to click."""

    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet with its values."""

    name: str
    label: str
    values: tuple[FacetLink, ...]

    @property
    def has_selection(self) -> bool:
        """Whether any of its values is selected."""
        return any(value.selected for value in self.values)


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on, and the address without it."""

    label: str
    url: str


def search_url(request: SearchRequest) -> str:
    """The address of a search."""
    return link("search", **search_arguments(request))


def facet_groups(facets: tuple[Facet, ...], request: SearchRequest) -> list[FacetGroup]:
    """The facets worth showing, in the order shown: one with a single value that is not selected divides nothing."""
    by_name = {facet.name: facet for facet in facets}
    groups = [_group(by_name[name], request) for name in SHOWN_FACETS if name in by_name]
    return [group for group in groups if len(group.values) > 1 or group.has_selection]


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The search from its first page, with one value of a facet selected, or lifted if it was."""
    return replace(request, filters=_toggled(request.filters, facet, value), page=1)


def chips(request: SearchRequest) -> list[Chip]:
    """The filters that are on."""
    filters = request.filters
    found = [(value_label("kdc", value), "kdc", value) for value in filters.kdc]
    found += [(str(AUDIENCES[value]), "audience", value) for value in filters.audiences]
    found += [(str(FORMS[value]), "form", value) for value in filters.forms]
    found += [(language_name(value), "language", value) for value in filters.languages]
    if filters.available is not None:
        value = str(filters.available).lower()
        found.append((str(AVAILABILITY[value]), "available", value))
    made = [Chip(label, search_url(toggled(request, facet, value))) for label, facet, value in found]
    return made + _year_chips(request) + _number_chips(request) + _word_chips(request)


def _group(facet: Facet, request: SearchRequest) -> FacetGroup:
    links = tuple(
        FacetLink(
            label=value_label(facet.name, value.value),
            count=value.count,
            selected=value.selected,
            url=search_url(toggled(request, facet.name, value.value)),
        )
        for value in facet.values
    )
    return FacetGroup(facet.name, str(FACETS[facet.name]), links)


def _toggled(filters: Filters, facet: str, value: str) -> Filters:
    if facet == "available":
        wanted = value == "true"
        return replace(filters, available=None if filters.available is wanted else wanted)
    if facet == "decade":
        first, last = int(value), int(value) + DECADE - 1
        if (filters.year_from, filters.year_to) == (first, last):
            return filters.without("year")
        return replace(filters, year_from=first, year_to=last)
    values: tuple[str, ...] = getattr(filters, _LISTS[facet])
    kept = tuple(other for other in values if not _covers(facet, value, other))
    chosen = kept if len(kept) < len(values) else (*values, value)
    return replace(filters, **{_LISTS[facet]: chosen})  # type: ignore[arg-type]


def _covers(facet: str, value: str, other: str) -> bool:
    """Whether lifting a value lifts another: a class holds its divisions."""
    return other.startswith(value) if facet == "kdc" else other == value


def _year_chips(request: SearchRequest) -> list[Chip]:
    first, last = request.filters.year_from, request.filters.year_to
    if first is None and last is None:
        return []
    return [
        Chip(years_text(first, last), search_url(replace(request, filters=request.filters.without("year"), page=1)))
    ]


def _number_chips(request: SearchRequest) -> list[Chip]:
    filters, made = request.filters, []
    if filters.copies_from:
        made.append(Chip(copies_text(filters.copies_from), _url_with(request, replace(filters, copies_from=None))))
    if filters.pages_from or filters.pages_to:
        lifted = replace(filters, pages_from=None, pages_to=None)
        made.append(Chip(pages_text(filters.pages_from, filters.pages_to), _url_with(request, lifted)))
    return made


_WORDED = {
    "people": RouteCode.PEOPLE,
    "title_words": RouteCode.TITLE_WORDS,
    "publishers": RouteCode.PUBLISHER,
    "subjects": RouteCode.SUBJECT,
    "without_words": RouteCode.WITHOUT,
}
"""Filter of words → how its chip is worded: as if it had been typed."""


def _word_chips(request: SearchRequest) -> list[Chip]:
    made = []
    for name, code in _WORDED.items():
        values: tuple[str, ...] = getattr(request.filters, name)
        for value in values:
            kept = tuple(other for other in values if other != value)
            lifted = replace(request.filters, **{name: kept})  # type: ignore[arg-type]
            made.append(Chip(route_text(Route(code, value, 0, 0, value)), _url_with(request, lifted)))
    return made


def _url_with(request: SearchRequest, filters: Filters) -> str:
    return search_url(replace(request, filters=filters, page=1))
