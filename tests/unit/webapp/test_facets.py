import pytest

from recommender.search.request import Filters, SearchRequest
from webapp.pages.facets import toggled

TOGGLED = [
    (Filters(), "kdc", "8", Filters(kdc=("8",))),
    (Filters(kdc=("8",)), "kdc", "1", Filters(kdc=("8", "1"))),  # values of one facet are alternatives
    (Filters(kdc=("8", "1")), "kdc", "8", Filters(kdc=("1",))),
    (Filters(kdc=("813", "84", "1")), "kdc", "8", Filters(kdc=("1",))),  # a class takes its divisions with it
    (Filters(kdc=("8", "813")), "kdc", "813", Filters(kdc=("8",))),
    (Filters(audiences=("teens",)), "audience", "children", Filters(audiences=("teens", "children"))),
    (Filters(forms=("comic",)), "form", "comic", Filters()),
    (Filters(languages=("ko",)), "language", "ko", Filters()),
    (Filters(), "available", "true", Filters(available=True)),
    (Filters(available=True), "available", "true", Filters()),
    (Filters(available=True), "available", "false", Filters(available=False)),
    (Filters(), "decade", "2010", Filters(year_from=2010, year_to=2019)),
    (Filters(year_from=2010, year_to=2019), "decade", "2010", Filters()),
    (Filters(year_from=1987), "decade", "2010", Filters(year_from=2010, year_to=2019)),
]


@pytest.mark.parametrize(("filters", "facet", "value", "wanted"), TOGGLED)
def test_a_value_is_selected_or_lifted_and_the_first_page_shown(
    filters: Filters, facet: str, value: str, wanted: Filters
) -> None:
    request = SearchRequest(query="사랑", filters=filters, page=4, size=50)
    assert toggled(request, facet, value) == SearchRequest(query="사랑", filters=wanted, page=1, size=50)
