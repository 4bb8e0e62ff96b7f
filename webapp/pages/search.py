"""The search page: hits with the reason for each, facets, chips, and the way to the next page."""

from dataclasses import replace
from functools import partial

from flask import render_template, request

from recommender.search.request import SearchRequest
from recommender.search.results import SearchResults
from recommender.search.routing.kinds import QueryKind
from webapp.current import library
from webapp.labels.help_lines import help_lines_beside
from webapp.labels.words import MODES, SORTS
from webapp.pages.blueprint import blueprint
from webapp.pages.facets import chips, facet_groups, search_url
from webapp.pages.understood import understood_query
from webapp.params.search import last_page, search_arguments, search_request

PAGE_LINKS = 2
"""Page numbers shown on each side of the present one."""

TELLING = (QueryKind.QUESTION, QueryKind.MOOD)
"""Queries that tell what somebody is after, so that a recommendation is offered too."""


@blueprint.get("/search")
def search() -> str:
    """Search, or browse what the filters leave."""
    asked = search_request(request.args)
    results = library().search.search(asked)
    return render_template(
        "search.html",
        asked=asked,
        results=results,
        help_lines=help_lines_beside(results),
        facets=facet_groups(results.facets, asked),
        chips=chips(asked),
        understood=understood_query(results),
        kept=partial(hidden_fields, asked),
        pages=[(number, search_url(replace(asked, page=number))) for number in page_numbers(results)],
        last_page=last_page(results),
        first_page_url=search_url(replace(asked, page=1)),
        unfiltered_url=search_url(SearchRequest(query=asked.query, mode=asked.mode, sort=asked.sort)),
        suggestion_url=search_url(replace(asked, query=results.suggestion or "", page=1)),
        reads_like_sentence=results.understood is not None and results.understood.kind in TELLING,
        sorts=SORTS,
        modes=MODES,
        url_of_page=lambda number: search_url(replace(asked, page=number)),
    )


def hidden_fields(asked: SearchRequest, *shown: str) -> list[tuple[str, str]]:
    """What a form that shows some parameters sends along unseen: all others of the search at hand, but not its page."""
    fields: list[tuple[str, str]] = []
    for name, value in search_arguments(replace(asked, page=1)).items():
        if name not in shown:
            fields += [(name, str(each)) for each in (value if isinstance(value, tuple) else (value,))]
    return fields


def page_numbers(results: SearchResults) -> list[int]:
    """The pages to link: the first, the last, and those around the present one."""
    present, last = results.request.page, last_page(results)
    around = range(max(1, present - PAGE_LINKS), min(last, present + PAGE_LINKS) + 1)
    return sorted({1, last, *around}) if last > 1 else []
