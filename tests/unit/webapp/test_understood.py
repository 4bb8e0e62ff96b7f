"""What a query was understood to say, on the page and in the answer of the endpoint."""

import re

import pytest
from flask.testing import FlaskClient

from recommender.search.request import Filters, Preferred
from recommender.search.routing.kinds import QueryKind, QueryLanguage
from recommender.search.routing.values import Route, RouteCode, Understood
from tests.fakes import FakeLibrary
from webapp.labels.routes import route_text

ENGLISH = {"Accept-Language": "en"}
KOREAN = {"Accept-Language": "ko"}

NO_COMICS = Understood(
    text="만화 말고 30권 있는 데미안",
    words="데미안",
    kind=QueryKind.KEYWORDS,
    language=QueryLanguage.KOREAN,
    limits=Filters(without_forms=("comic",), copies_from=30),
    routes=(
        Route(RouteCode.WITHOUT, "만화 말고", 0, 5, "만화"),
        Route(RouteCode.COPIES, "30권 있는", 6, 12, "30"),
    ),
)
ADDRESS = "/search?q=만화+말고+30권+있는+데미안"


def links(page: str, name: str) -> list[str]:
    """Addresses of the links of one class."""
    return re.findall(rf'<a class="{name}" href="([^"]+)"', page)


def test_each_phrase_is_a_chip_that_can_be_lifted(client: FlaskClient, library: FakeLibrary) -> None:
    library.search.understood = NO_COMICS
    page = client.get(f"{ADDRESS}&page=2", headers=KOREAN).text

    assert "이렇게 이해했어요" in page
    assert "제외: 만화" in page
    assert "30권 이상 있는 책" in page
    assert "“만화 말고” 없이 찾기" in page
    lifted = [client.get(address.replace("&amp;", "&")).request.args for address in links(page, "chip")]
    assert [arguments["q"] for arguments in lifted] == ["30권 있는 데미안", "만화 말고 데미안"]
    assert all("page" not in arguments for arguments in lifted)


def test_a_search_as_typed_is_one_link_away_and_back(client: FlaskClient, library: FakeLibrary) -> None:
    library.search.understood = NO_COMICS
    (address,) = links(client.get(ADDRESS, headers=KOREAN).text, "chip chip-clear")
    page = client.get(address.replace("&amp;", "&"), headers=KOREAN).text
    (back,) = links(page, "chip chip-clear")

    assert not library.search.asked[-1].understand
    assert "입력한 낱말을 그대로 찾았습니다" in page
    assert "제외: 만화" not in page
    client.get(back.replace("&amp;", "&"))
    assert library.search.asked[-1].understand


def test_a_title_is_stated_and_there_is_nothing_to_lift(client: FlaskClient, library: FakeLibrary) -> None:
    title = Route(RouteCode.TITLE, "시험은 빼고", 0, 6, "시험은 빼고")
    library.search.understood = Understood("시험은 빼고", "시험은 빼고", routes=(title,))
    page = client.get("/search?q=시험은+빼고", headers=ENGLISH).text

    assert "a title, so nothing in it was interpreted" in page
    assert links(page, "chip") == links(page, "chip chip-clear") == []


def test_a_restriction_alone_counts_works_not_words(client: FlaskClient, library: FakeLibrary) -> None:
    alone = Route(RouteCode.WITHOUT, "만화 말고", 0, 5, "만화")
    library.search.understood = Understood("만화 말고", "", limits=Filters(without_forms=("comic",)), routes=(alone,))
    page = client.get("/search?q=만화+말고", headers=ENGLISH).text

    assert "match the words" not in page
    assert "without: 만화" in page


def test_an_ordinary_search_says_nothing_of_it(client: FlaskClient) -> None:
    page = client.get("/search?q=데미안", headers=ENGLISH).text
    assert "Understood as" not in page
    assert "Search as typed" not in page


def test_the_endpoint_tells_every_route(client: FlaskClient, library: FakeLibrary) -> None:
    library.search.understood = NO_COMICS
    answer = client.get(f"/api/v1{ADDRESS}", headers=KOREAN).get_json()

    assert answer["kind"] == "keywords"
    assert answer["words"] == "데미안"
    assert answer["understood"] == [
        {"code": "without", "phrase": "만화 말고", "value": "만화", "text": "제외: 만화"},
        {"code": "copies", "phrase": "30권 있는", "value": "30", "text": "30권 이상 있는 책"},
    ]


@pytest.mark.parametrize(
    ("code", "value", "english", "korean"),
    [
        (RouteCode.ISBN, "9788937460449", "ISBN: 9788937460449", "ISBN: 9788937460449"),
        (RouteCode.CALL_NUMBER, "813.6 박14토", "call number: 813.6 박14토", "청구기호: 813.6 박14토"),
        (RouteCode.CLASS, "813", "class: 813 Korean literature", "주제: 813 한국문학"),
        (RouteCode.CLASS, "8", "class: Literature", "주제: 문학"),
        (RouteCode.PERSON, "한강", "books by 한강 first", "한강의 책 먼저"),
        (RouteCode.PEOPLE, "한강", "author: 한강", "지은이: 한강"),
        (RouteCode.YEARS, "2019", "2019", "2019"),
        (RouteCode.YEARS, "2010-", "from 2010", "2010년부터"),
        (RouteCode.YEARS, "-2015", "until 2015", "2015년까지"),
        (RouteCode.PAGES, "-200", "at most 200 pages", "200쪽 이하"),
        (RouteCode.PAGES, "100-200", "100 to 200 pages", "100~200쪽"),
        (RouteCode.LENGTH, "short", "short books first", "짧은 책 먼저"),
        (RouteCode.LEVEL, "demanding", "demanding books first", "깊이 있는 책 먼저"),
        (RouteCode.READER, "preschool,children", "books for Preschool, Children first", "유아, 어린이 책 먼저"),
        (RouteCode.WITHOUT, "textbook", "without: textbook", "제외: textbook"),
        (RouteCode.WITHOUT, "813", "without: 813 Korean literature", "제외: 813 한국문학"),
        (RouteCode.WITHOUT, "children", "without: Children", "제외: 어린이"),
        (RouteCode.LANGUAGE, "en", "language: English", "언어: 영어"),
        (RouteCode.FORM, "comic", "kind: Comic", "종류: 만화"),
    ],
)
def test_what_is_understood_is_said_in_both_languages(
    client: FlaskClient, code: RouteCode, value: str, english: str, korean: str
) -> None:
    route = Route(code, value, 0, len(value), value)
    with client.application.test_request_context("/?lang=en"):
        assert route_text(route) == english
    with client.application.test_request_context("/?lang=ko"):
        assert route_text(route) == korean


def test_every_code_has_its_words(client: FlaskClient) -> None:
    values = {RouteCode.AUDIENCE: "teens", RouteCode.READER: "teens", RouteCode.FORM: "comic", RouteCode.LANGUAGE: "ko"}
    with client.application.test_request_context("/"):
        assert all(route_text(Route(code, "x", 0, 1, values.get(code, "2010"))) for code in RouteCode)


def test_filters_of_words_and_numbers_are_chips_too(client: FlaskClient) -> None:
    page = client.get("/search?q=데미안&copies_from=2&pages_to=300&author=헤세&without=만화", headers=ENGLISH).text
    labels = re.findall(r'<a class="chip" href="[^"]+">([^<]+?) <span', page)

    assert labels == ["at least 2 copies", "at most 300 pages", "author: 헤세", "without: 만화"]


def test_a_preference_offers_the_search_as_typed(client: FlaskClient, library: FakeLibrary) -> None:
    route = Route(RouteCode.LEVEL, "입문", 4, 6, "easy")
    library.search.understood = Understood(
        "파이썬 입문", "파이썬 입문", preferred=Preferred(depths=("light",)), routes=(route,)
    )

    assert "Search as typed" in client.get("/search?q=파이썬+입문", headers=ENGLISH).text


@pytest.mark.parametrize(
    ("kind", "offered"), [(QueryKind.KEYWORDS, False), (QueryKind.QUESTION, True), (QueryKind.MOOD, True)]
)
def test_a_recommendation_is_offered_to_whoever_tells_what_they_are_after(
    client: FlaskClient, library: FakeLibrary, kind: QueryKind, *, offered: bool
) -> None:
    library.search.understood = Understood("데미안", "데미안", kind, QueryLanguage.KOREAN)

    assert ("세 권 추천받기" in client.get("/search?q=데미안", headers=KOREAN).text) is offered
