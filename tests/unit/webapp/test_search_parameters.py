import pytest
from flask import Flask, url_for
from werkzeug.datastructures import MultiDict

from recommender.errors import TooLargeError
from recommender.search.request import Filters, Mode, SearchRequest, Sort
from webapp.params.kinds import ParameterError
from webapp.params.search import search_arguments, search_request

READ = [
    ("", SearchRequest()),
    ("q=++데미안+", SearchRequest(query="데미안")),
    ("q=데미안%00%0A헤세", SearchRequest(query="데미안 헤세")),  # control characters become spaces
    ("q=데미안&page=&size=&year_from=&mode=&sort=&available=", SearchRequest(query="데미안")),  # an untouched form
    ("kdc=8&kdc=813.7,1", SearchRequest(filters=Filters(kdc=("8", "813.7", "1")))),  # repeated, and with commas
    ("kdc=8&kdc=8", SearchRequest(filters=Filters(kdc=("8",)))),
    ("year_from=1999&year_to=1999", SearchRequest(filters=Filters(year_from=1999, year_to=1999))),
    ("language=ko,en&audience=teens&form=comic", SearchRequest(
        filters=Filters(languages=("ko", "en"), audiences=("teens",), forms=("comic",)))),
    ("available=true", SearchRequest(filters=Filters(available=True))),
    ("available=on", SearchRequest(filters=Filters(available=True))),  # a checkbox without a value
    ("available=false", SearchRequest(filters=Filters(available=False))),
    ("mode=lexical&sort=newest", SearchRequest(mode=Mode.LEXICAL, sort=Sort.NEWEST)),
    ("page=100&size=100", SearchRequest(page=100, size=100)),  # the last book of the window
    ("as_typed=1", SearchRequest(understand=False)),
    ("as_typed=false", SearchRequest()),
    ("copies_from=30&pages_from=100&pages_to=200", SearchRequest(
        filters=Filters(copies_from=30, pages_from=100, pages_to=200))),
    ("author=한강&author=김영하&title=소년&publisher=창비&subject=우정&without=만화,전쟁", SearchRequest(
        filters=Filters(people=("한강", "김영하"), title_words=("소년",), publishers=("창비",), subjects=("우정",),
                        without_words=("만화", "전쟁")))),
    ("utm_source=newsletter", SearchRequest()),
]  # fmt: skip


@pytest.mark.parametrize(("address", "wanted"), READ)
def test_reads_a_request_from_an_address(app: Flask, address: str, wanted: SearchRequest) -> None:
    with app.test_request_context(f"/search?{address}") as context:
        assert search_request(context.request.args) == wanted


@pytest.mark.parametrize("wanted", [request for _address, request in READ])
def test_a_request_survives_its_own_address(app: Flask, wanted: SearchRequest) -> None:
    with app.test_request_context("/"):
        address = url_for("pages.search", **search_arguments(wanted))
    with app.test_request_context(address) as context:
        assert search_request(context.request.args) == wanted


WRONG = [
    ("size=-1", "size", "-1", "from 1 to 100"),
    ("size=101", "size", "101", "from 1 to 100"),
    ("page=0", "page", "0", "from 1 to 10000"),
    ("page=٣", "page", "٣", "from 1 to 10000"),  # a digit, but of another script
    ("page=99999999999999999999", "page", "99999999999999999999", "from 1 to 10000"),
    ("page=501", "page", "501", "a page up to 500"),
    ("page=10000", "page", "10000", "a page up to 500"),
    ("year_from=abc", "year_from", "abc", "from 1 to 2999"),
    ("year_from=2020&year_to=2010", "year_from", "2020", "exchange them"),
    ("copies_from=0", "copies_from", "0", "from 1 to 999"),
    ("pages_from=300&pages_to=200", "pages_from", "300", "exchange them"),
    ("without=" + "가" * 101, "without", "가가가", "at most 100 characters"),
    ("mode=magic", "mode", "magic", "lexical, dense, hybrid"),
    ("sort=random", "sort", "random", "relevance, newest, oldest, title"),
    ("language=xx", "language", "xx", "such as ko, en or ja"),
    ("language=korean", "language", "korean", "such as ko, en or ja"),
    ("kdc=문학", "kdc", "문학", "such as 8, 81 or 813.7"),
    ("kdc=8134", "kdc", "8134", "such as 8, 81 or 813.7"),
    ("audience=pets", "audience", "pets", "preschool, children, teens, adults"),
    ("form=scroll", "form", "scroll", "book, comic, picture_book"),
    ("available=maybe", "available", "maybe", "true or false"),
]


@pytest.mark.parametrize(("address", "parameter", "value", "right"), WRONG)
def test_names_the_parameter_its_value_and_what_would_be_right(
    app: Flask, address: str, parameter: str, value: str, right: str
) -> None:
    with (
        app.test_request_context(f"/search?{address}&lang=en") as context,
        pytest.raises(ParameterError) as caught,
    ):
        search_request(context.request.args)
    assert caught.value.parameter == parameter
    assert value in str(caught.value)
    assert right in str(caught.value)


def test_a_query_of_2000_characters_is_read_and_a_longer_one_is_too_large(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        assert len(search_request(MultiDict({"q": "가" * 2000})).query) == 2000
        with pytest.raises(TooLargeError, match="2,001 characters; at most 2,000"):
            search_request(MultiDict({"q": "가" * 2001}))


def test_a_wrong_value_is_repeated_only_in_part(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(ParameterError) as caught:
        search_request(MultiDict({"mode": "x" * 5000}))
    assert len(str(caught.value)) < 300
