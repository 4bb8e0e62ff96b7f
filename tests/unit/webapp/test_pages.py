import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from recommender.generation.base import GeneratorState
from recommender.generation.queueing import QueueState
from recommender.models import Book, CallNumber, Holding, HoldingStatus, Person
from recommender.recommend.values import Cost, Intake, Question, ServedFrom
from tests.fakes import ClosedSearch, EmptySearch, FakeLibrary, fake_library
from tests.unit.webapp.conftest import demian
from webapp.pages.home import half_remembered

KOREAN = {"Accept-Language": "ko"}
ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize(
    ("title", "remembered"),
    [
        ("불편한 편의점", "불편한편"),
        ("나미야 잡화점의 기적", "나미야잡화점"),
        ("그 많던 싱아는 누가 다 먹었을까", "그많던싱아는누가다"),
        ("The Old Man and the Sea", "TheOldManand"),
    ],
)
def test_a_title_is_remembered_by_half(title: str, remembered: str) -> None:
    assert half_remembered(title) == remembered


def test_home_has_one_box_three_examples_and_the_classes(client: FlaskClient) -> None:
    page = client.get("/", headers=KOREAN).text
    assert page.count('type="search"') == 1
    assert len(re.findall(r'class="example-query"', page)) == 3
    assert "지금 빌릴 수 있는 책만" in page
    assert "전체 3종 보기" in page
    assert 'href="/search?kdc=4"' in page
    assert 'href="/search?kdc=8"' in page
    assert 'href="/search?kdc=1"' not in page  # a class without a book


def test_home_takes_its_first_example_from_the_shelf(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    page = client_of(fake_library(replace(demian(), title="나미야 잡화점의 기적"))).get("/").text
    assert "나미야잡화점</span>" in page


def test_search_shows_the_hit_its_reason_its_numbers_and_where_it_stands(client: FlaskClient) -> None:
    page = client.get("/search?q=데미안", headers=KOREAN).text
    assert '<a href="/books/demian"><mark>데미안</mark></a>' in page
    assert "853 헤53ㄷ" in page
    assert "2권 중 1권 있음" in page
    assert "제목에 “데미안” 있음" in page
    assert "7.500" in page  # for staff
    assert "코스모스" not in page


def test_a_facet_links_to_the_search_with_its_value(client: FlaskClient) -> None:
    page = client.get("/search", headers=ENGLISH).text
    assert 'href="/search?kdc=8"' in page
    assert ">Natural sciences</span>" in page
    chosen = client.get("/search?kdc=8", headers=ENGLISH).text
    assert 'aria-current="true"' in chosen
    assert 'class="chip" href="/search"' in chosen


def test_each_form_keeps_what_the_others_ask(client: FlaskClient) -> None:
    page = client.get("/search?q=데미안&kdc=8&year_from=1990&available=true&sort=title&page=2&slip=cosmos").text
    kept = [
        set(re.findall(r'<input type="hidden" name="(\w+)"', form))
        for form in re.findall(r"<form.*?</form>", page, re.DOTALL)
    ]
    assert kept == [
        {"slip", "kdc", "year_from", "sort"},  # the one box
        {"slip", "q", "kdc", "available", "sort"},  # the years
        {"slip", "q", "kdc", "year_from", "available"},  # the order
    ]


def test_a_search_without_a_hit_says_what_to_do(client: FlaskClient) -> None:
    page = client.get("/search?q=없는책", headers=ENGLISH).text
    assert "Nothing was found" in page
    assert "Try fewer or other words" in page


def test_filters_that_leave_nothing_are_lifted_and_that_is_said(client: FlaskClient) -> None:
    page = client.get("/search?q=코스모스&available=true", headers=ENGLISH).text
    assert "Nothing matches exactly." in page
    assert "found without them" in page
    assert 'href="/books/cosmos"' in page


def test_a_page_after_the_last_leads_back(client: FlaskClient) -> None:
    response = client.get("/search?q=데미안&page=7", headers=ENGLISH)
    assert response.status_code == 200
    assert "There is no page 7" in response.text
    assert "This search has 1 page." in response.text


def test_pages_are_linked_around_the_present_one(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    books = [Book(id=f"toji-{volume}", title=f"토지 {volume}", kdc="813.6") for volume in range(1, 101)]
    page = client_of(fake_library(*books)).get("/search?q=토지&size=5&page=10", headers=ENGLISH).text
    numbers = re.findall(r'visually-hidden">Page </span>(\d+)', page)
    assert numbers == ["1", "8", "9", "10", "11", "12", "20"]
    assert 'rel="prev" href="/search?q=%ED%86%A0%EC%A7%80&amp;page=9&amp;size=5"' in page


def test_no_page_is_linked_that_a_search_does_not_reach(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    books = [Book(id=str(number), title=f"이야기 {number}", kdc="813") for number in range(10_101)]
    client = client_of(fake_library(*books))
    page = client.get("/search?q=이야기&size=100&page=100", headers=ENGLISH).text
    assert re.findall(r'visually-hidden">Page </span>(\d+)', page) == ["1", "98", "99", "100"]
    assert 'rel="next"' not in page
    assert client.get("/api/v1/search?q=이야기&size=100").get_json()["pages"] == 100


def test_nobody_is_sent_to_a_copy_that_is_out(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    first, second = (
        Holding(status, call_number=CallNumber(f"843 도97셜ㅎ v.{volume}"), title=f"셜록 홈즈 전집. {volume}")
        for volume, status in ((2, HoldingStatus.ON_LOAN), (3, HoldingStatus.AVAILABLE))
    )
    holmes = Book(id="holmes", title="셜록 홈즈 전집", call_number="843 도97셜ㅎ v.2", holdings=(first, second))
    client = client_of(fake_library(holmes))
    shown = '<span class="visually-hidden">Call number:</span> 843 도97셜ㅎ v.3</span>'
    assert shown in client.get("/search", headers=ENGLISH).text
    slip = client.get("/slip?book=holmes").text
    assert 'class="slip-call">843 도97셜ㅎ v.3<' in slip
    assert "셜록 홈즈 전집. 3" in slip


def test_what_a_book_holds_is_escaped(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    script = "<script>alert(1)</script>"
    bad = replace(demian(), title=script, description=script, people=(Person(script),), keywords=(script,))
    client = client_of(fake_library(bad))
    for address in ("/", "/search", f"/search?q={script}", "/books/demian", "/slip?book=demian", f"/nope{script}"):
        assert "<script>alert" not in client.get(address).text


def test_a_book_page_shows_copies_class_and_similar_books(client: FlaskClient) -> None:
    page = client.get("/books/demian", headers=KOREAN).text
    assert "<h1>데미안</h1>" in page
    assert "문학 › 독일문학" in page
    assert "소장 2권" in page
    assert "853 헤53ㄷ c.2" in page
    assert "대출 중" in page
    assert "EM0000001 · 2021. 3. 2." in page
    assert "전영애</a> <span" in page
    assert 'href="/slip?book=demian"' in page
    assert 'href="/books/toji/1"' in page  # similar


def test_a_former_id_redirects_to_the_book(client: FlaskClient) -> None:
    response = client.get("/books/demian-2015")
    assert (response.status_code, response.location) == (302, "/books/demian")


def test_the_slip_is_in_shelf_order_place_by_place(client: FlaskClient) -> None:
    page = client.get("/slip?book=cosmos&book=demian&book=toji/1&book=nope&book=demian", headers=KOREAN).text
    calls = re.findall(r'class="slip-call">([^<]+)<', page)
    assert calls == ["813.6 박14ㅌ v.1", "853 헤53ㄷ", "443 세69ㅋ"]  # floor 1 first, then floor 2
    assert "지금은 목록에 없는 책: nope" in page.replace("\n", " ")


def test_the_slip_travels_from_page_to_page(client: FlaskClient) -> None:
    page = client.get("/search?slip=cosmos", headers=ENGLISH).text
    assert 'href="/search?slip=cosmos&amp;slip=demian#hit-1"' in page
    assert '<input type="hidden" name="slip" value="cosmos">' in page
    assert "✓ On the slip" in page
    assert 'href="/slip?book=cosmos"' in page
    assert 'href="/slip?book=cosmos&amp;book=demian"' in client.get("/books/demian?slip=cosmos").text
    assert 'href="/search?slip=cosmos"' in client.get("/slip?book=cosmos").text


def test_a_slip_without_books_says_how_to_fill_it(client: FlaskClient) -> None:
    assert "There is no book on the slip yet" in client.get("/slip", headers=ENGLISH).text


def test_the_recommend_form_asks_the_five_questions(client: FlaskClient) -> None:
    page = client.get("/recommend", headers=ENGLISH).text
    assert page.count("<fieldset") == 5
    assert len(re.findall('type="radio"', page)) == 6 + 5 + 5 + 4 + 3 + 5  # and one "no answer" each
    assert "<code>make model</code>" in page
    assert 'method="post"' in page


def test_the_answer_has_reasons_evidence_and_who_wrote_them(client: FlaskClient, library: FakeLibrary) -> None:
    form = {"question": "밤에 읽을 책", "mood": "tired", "reader_id": "이서연", "size": "1"}
    response = client.post("/recommend", data=form, headers=ENGLISH)
    assert library.recommend.asked == [
        Question("밤에 읽을 책", Intake(mood="tired"), reader_id="이서연", size=1, language="en")
    ]
    page = response.text
    assert "One book for you" in page
    assert "「코스모스」은 조용히 마음을 살핍니다." in page
    assert "하루를 마치며 읽기 좋습니다." in page
    assert "A copy can be borrowed now: 443 세69ㅋ." in page
    assert "composed from the catalogue" in page
    assert "<cite>데미안</cite>" in page
    assert 'href="/slip?book=cosmos"' in page
    assert "이서연" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', page))
    assert 'value="이서연"' in page  # the form keeps what was typed
    assert response.headers["Cache-Control"] == "no-store"


MODEL_STATES = [
    (QueueState(GeneratorState.NO_MODEL), "make model"),
    (QueueState(GeneratorState.NOT_LOADED), "It has not answered yet"),
    (QueueState(GeneratorState.LOADING), "The language model is being loaded."),
    (QueueState(GeneratorState.READY), "it is ready"),
    (QueueState(GeneratorState.READY, writing=1), "The language model is writing an answer."),
    (QueueState(GeneratorState.READY, writing=1, waiting=1), "1 more answer waits for it"),
    (QueueState(GeneratorState.READY, writing=1, waiting=3), "3 more answers wait for it"),
    (QueueState(GeneratorState.UNAVAILABLE), "The language model does not answer"),
    (QueueState(GeneratorState.UNAVAILABLE, failing_for=60.0), "The language model has not answered since"),
]


@pytest.mark.parametrize(("state", "words"), MODEL_STATES)
def test_the_page_says_how_the_model_fares(
    client: FlaskClient, library: FakeLibrary, state: QueueState, words: str
) -> None:
    library.answers.model = state
    page = client.get("/recommend", headers=ENGLISH).text
    assert words in page
    assert ("make model" in page) == (state.generator is GeneratorState.NO_MODEL)


def test_where_nothing_is_found_the_page_says_what_to_try(client: FlaskClient, library: FakeLibrary) -> None:
    advice = "Try other words below, or fewer answers and limits."
    assert advice not in client.post("/recommend", data={"question": "책"}, headers=ENGLISH).text
    library.search.books.clear()
    assert advice in client.post("/recommend", data={"question": "책"}, headers=ENGLISH).text


def test_the_questions_come_before_how_the_model_fares(client: FlaskClient) -> None:
    page = client.get("/recommend", headers=ENGLISH).text
    assert page.index('name="question"') < page.index("Find books") < page.index("make model")


def test_it_is_said_which_model_wrote_the_reasons(client: FlaskClient, library: FakeLibrary) -> None:
    library.recommend.generated_by = "Qwen/Qwen3-0.6B"
    page = client.post("/recommend", data={"question": "밤에 읽을 책"}, headers=ENGLISH).text
    assert "written by Qwen/Qwen3-0.6B from the catalogue's record" in page
    assert "composed from the catalogue</p>" not in page


def test_it_is_said_when_the_model_did_not_answer(client: FlaskClient, library: FakeLibrary) -> None:
    library.recommend.notice = "generator_unavailable"
    page = client.post("/recommend", data={"question": "밤에 읽을 책"}, headers=ENGLISH).text
    assert "No language model answered" in page


KEPT = [
    (ServedFrom.FRESH, "en", ""),
    (ServedFrom.PRECOMPUTED, "en", "made for this reader before you asked, on Nov 21, 2026 12:05."),
    (ServedFrom.PRECOMPUTED, "ko", "이 이용자를 위해 미리 만들어 둔 추천입니다 (2026. 11. 21. 12:05)."),
    (ServedFrom.CACHE, "en", "The same was asked before: this is the answer of Nov 21, 2026 12:05."),
]


@pytest.mark.parametrize(("served_from", "language", "sentence"), KEPT)
def test_an_answer_that_was_kept_says_so_and_can_be_asked_for_anew(
    client: FlaskClient, library: FakeLibrary, served_from: ServedFrom, language: str, sentence: str
) -> None:
    fake = library.recommend
    fake.served_from, fake.created_at = served_from, datetime(2026, 11, 21, 3, 5, tzinfo=UTC)
    page = client.post(f"/recommend?lang={language}", data={"reader_id": "이서연"}).text

    assert sentence in page
    assert ('name="anew" value="true"' in page) is bool(sentence)
    assert 'form="ask-form"' not in page or 'id="ask-form"' in page
    client.post("/recommend", data={"reader_id": "이서연", "anew": "true"})
    assert [question.anew for question in fake.asked] == [False, True]


COSTS = [
    (Cost(seconds=0.01, watt_hours=0.00001), [], ["mWh", "elsewhere"]),
    (Cost(seconds=9.0, watt_hours=0.1625), ["162.5 mWh, estimated"], ["elsewhere"]),
    (Cost(seconds=9.0, watt_hours=0.1625, is_measured=True), ["162.5 mWh, measured"], []),
    (Cost(seconds=9.0, watt_hours=None, price=0.000465, currency="USD"), ["0.000465 USD"], ["mWh"]),
]


@pytest.mark.parametrize(("cost", "said", "unsaid"), COSTS)
def test_the_page_says_what_an_answer_cost(
    client: FlaskClient, library: FakeLibrary, cost: Cost, said: list[str], unsaid: list[str]
) -> None:
    library.recommend.cost = cost
    page = client.post("/recommend", data={"question": "밤에 읽을 책"}, headers=ENGLISH).text

    assert all(text in page for text in said)
    assert not any(text in page for text in unsaid)


FORM_ERRORS = [
    ({}, 400, "question", "Nothing is asked yet"),
    ({"question": "가" * 2001}, 413, "question", "2,001 characters"),
    ({"question": "책", "size": "99"}, 400, "size", "from 1 to 10"),
    ({"question": "책", "reader_id": "아무개"}, 404, "reader_id", "The library knows no reader by this name"),
    ({"question": "책", "kdc": "문학"}, 400, "kdc", "such as 8, 81"),
]


@pytest.mark.parametrize(("form", "status", "field", "text"), FORM_ERRORS)
def test_what_is_wrong_with_the_form_stands_beside_the_field(
    client: FlaskClient, form: dict[str, str], status: int, field: str, text: str
) -> None:
    response = client.post("/recommend", data=form, headers=ENGLISH)
    assert response.status_code == status
    message = re.search(f'id="{field}-error" role="alert">([^<]*)<', response.text)
    assert message
    assert text in message.group(1)


ERROR_PAGES = [
    ("/nope", 404, "Nothing stands in this place"),
    ("/books/nope", 404, "Nothing stands in this place"),
    ("/search?size=-1", 400, "“size” cannot be “-1”"),
    ("/search?page=10000", 400, "beyond the first 10,000 results"),
    ("/search?year_from=abc", 400, "“year_from” cannot be “abc”"),
    ("/search?q=" + "a" * 2001, 413, "at most 2,000 are read"),
]


@pytest.mark.parametrize(("address", "status", "text"), ERROR_PAGES)
def test_an_error_is_a_page_in_the_readers_language(client: FlaskClient, address: str, status: int, text: str) -> None:
    response = client.get(address, headers=ENGLISH)
    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    assert text in response.text
    assert "Traceback" not in response.text
    korean = client.get(address, headers=KOREAN)
    assert text not in korean.text
    assert '<html lang="ko">' in korean.text


def test_a_form_over_64_kilobytes_is_a_page_too(client: FlaskClient) -> None:
    response = client.post("/recommend", data={"question": "가" * 70_000}, headers=ENGLISH)
    assert response.status_code == 413
    assert "larger than 64 KB" in response.text


def test_an_empty_library_is_a_page_with_the_command(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    response = client_of(fake_library(search=EmptySearch)).get("/", headers=KOREAN)
    assert response.status_code == 503
    assert "python -m indexer books load" in response.text


def test_a_closed_engine_is_a_page_that_keeps_its_secrets(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    response = client_of(fake_library(search=ClosedSearch)).get("/search?q=책", headers=ENGLISH)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "elastic.internal" not in response.text


def test_an_unforeseen_error_is_a_page_without_a_trace(client: FlaskClient, library: FakeLibrary) -> None:
    library.search.books["broken"] = None  # type: ignore[assignment]
    response = client.get("/search?q=데미안", headers=ENGLISH)
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "Traceback" not in response.text
