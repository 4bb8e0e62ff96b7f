"""Signing in as staff, and saying how a book feels."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from recommender.appeal.applying import Codes, appraised
from recommender.errors import InputError
from recommender.models import AppealFacet, Book, Depth, Effect, Mood, Pace
from tests.fakes import FakeLibrary, fake_library
from tests.unit.webapp.conftest import cosmos, demian
from webapp.application import create_app
from webapp.params.appeal import correction_from_form
from webapp.staff import MOST_FAILURES, SESSION_SECONDS, WAIT_SECONDS, FailedTries, Staff

PASSWORD = "도서관 문"  # noqa: S105 (of a library that lives for a test)
MOOD, PACE, DEPTH = AppealFacet.MOOD, AppealFacet.PACE, AppealFacet.DEPTH


@pytest.fixture
def guarded() -> FakeLibrary:
    library = fake_library(demian(), cosmos())
    return replace(library, settings=replace(library.settings, staff_password=PASSWORD))


@pytest.fixture
def guarded_app(guarded: FakeLibrary) -> Flask:
    app = create_app(guarded)
    app.testing = False
    return app


@pytest.fixture
def signed_in(guarded_app: Flask) -> FlaskClient:
    client = guarded_app.test_client()
    assert client.post("/staff", data={"password": PASSWORD, "book": "demian"}).status_code == 303
    return client


def form_token(client: FlaskClient) -> str:
    found = re.search(r'name="form_token" value="(\w+)"', client.get("/books/demian").text)
    return found[1] if found else ""


def test_without_a_password_nothing_can_be_edited_and_the_page_says_which_setting_changes_that(
    client: FlaskClient,
) -> None:
    assert "/staff" not in client.get("/books/demian").text
    assert "SEOGA_STAFF_PASSWORD" in client.get("/staff").text
    assert client.post("/staff", data={"password": ""}).status_code == 403
    assert client.post("/staff/appeal/demian", data={"mood": "warm"}).status_code == 403


def test_signing_in_leads_back_to_the_book_with_a_cookie_that_no_script_and_no_other_site_gets(
    guarded_app: Flask,
) -> None:
    client = guarded_app.test_client()
    answer = client.post("/staff", data={"password": PASSWORD, "book": "demian"}, base_url="https://library.example")
    assert answer.headers["Location"] == "/books/demian#appeal"
    attributes = set(answer.headers["Set-Cookie"].split("; ")[1:])
    assert {"Secure", "HttpOnly", "SameSite=Strict", f"Max-Age={SESSION_SECONDS}", "Path=/"} <= attributes


def test_what_a_librarian_ticks_is_in_the_book_and_says_who_said_it(
    signed_in: FlaskClient, guarded: FakeLibrary
) -> None:
    ticked = {"form_token": form_token(signed_in), "mood": ["warm", "hopeful"], "depth": "deep"}
    answer = signed_in.post("/staff/appeal/demian", data=ticked)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/books/demian?saved=1#appeal")
    book = guarded.search.books["demian"]
    assert (book.moods, book.depth, book.corrected) == ((Mood.WARM, Mood.HOPEFUL), Depth.DEEP, (MOOD, DEPTH))
    assert "사서가 확인" in signed_in.get("/books/demian", headers={"Accept-Language": "ko"}).text

    signed_in.post("/staff/appeal/demian", data={"form_token": form_token(signed_in), "clear": "1"})
    assert guarded.search.books["demian"] == demian()


@pytest.mark.parametrize("token", ["", "0" * 64, "토큰"])
def test_a_form_that_was_not_made_for_the_session_changes_nothing(
    signed_in: FlaskClient, guarded: FakeLibrary, token: str
) -> None:
    answer = signed_in.post("/staff/appeal/demian", data={"form_token": token, "mood": "warm"})
    assert answer.status_code == 403
    assert guarded.search.books["demian"] == demian()


def test_whoever_signed_out_has_no_form_any_more(signed_in: FlaskClient) -> None:
    assert signed_in.post("/staff/leave", data={"form_token": form_token(signed_in)}).status_code == 303
    assert not form_token(signed_in)


def test_an_unknown_mood_is_an_error_that_names_it(signed_in: FlaskClient, guarded: FakeLibrary) -> None:
    answer = signed_in.post("/staff/appeal/demian", data={"form_token": form_token(signed_in), "mood": "gloomy"})
    assert answer.status_code == 400
    assert "gloomy" in answer.text
    assert guarded.search.books["demian"] == demian()


def test_after_too_many_wrong_passwords_even_the_right_one_has_to_wait(guarded_app: Flask) -> None:
    client = guarded_app.test_client()
    for _ in range(MOST_FAILURES):
        assert client.post("/staff", data={"password": "열려라"}).status_code == 403
    answer = client.post("/staff", data={"password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= WAIT_SECONDS
    elsewhere = client.post("/staff", data={"password": PASSWORD}, environ_base={"REMOTE_ADDR": "10.0.0.7"})
    assert elsewhere.status_code == 303


def test_waiting_ends() -> None:
    now = 1000.0
    tries = FailedTries(lambda: now)
    for _ in range(MOST_FAILURES):
        assert tries.wait("a") == 0
        tries.failed("a")
    assert tries.wait("a") == WAIT_SECONDS
    now += WAIT_SECONDS
    assert tries.wait("a") == 0


def test_a_session_ends_by_itself_and_with_the_password() -> None:
    now = 1000.0
    staff = Staff(PASSWORD, b"secret", lambda: now)
    session = staff.session(PASSWORD) or ""
    assert staff.knows(session)
    assert not Staff("another", b"secret", lambda: now).knows(session)
    assert not Staff(PASSWORD, b"another", lambda: now).knows(session)
    later = session.replace(str(1000 + SESSION_SECONDS), str(1000 + 2 * SESSION_SECONDS))
    assert not staff.knows(later)
    now += SESSION_SECONDS
    assert not staff.knows(session)


@pytest.mark.parametrize("session", ["", "x", "...", "1.2.3", "9999999999.nonce.", "끝.가.나"])
def test_what_is_no_session_is_known_as_none(session: str) -> None:
    assert not Staff(PASSWORD, b"secret", lambda: 0.0).knows(session)


def test_nobody_signs_in_with_an_empty_password() -> None:
    assert Staff("", b"secret", lambda: 0.0).session("") is None


BOOK = Book(id="b", title="아몬드", moods=(Mood.SAD, Mood.HONEST), depth=Depth.IMMERSIVE)


@pytest.mark.parametrize(
    ("ticked", "said"),
    [
        pytest.param([("mood", "sad"), ("mood", "honest"), ("depth", "immersive")], {}, id="as the record has it"),
        pytest.param([("mood", "sad"), ("depth", "immersive")], {MOOD: (Mood.SAD,)}, id="one tick taken away"),
        pytest.param([("depth", "immersive")], {MOOD: ()}, id="every tick taken away"),
        pytest.param(
            [("mood", "sad"), ("mood", "honest"), ("depth", "none"), ("pace", "none")],
            {PACE: (), DEPTH: ()},
            id="none of these, also where the record says nothing",
        ),
        pytest.param(
            [("mood", "honest"), ("mood", "sad"), ("effect", "empathy"), ("pace", "fast"), ("depth", "immersive")],
            {AppealFacet.EFFECT: (Effect.EMPATHY,), PACE: (Pace.FAST,)},
            id="new ticks",
        ),
    ],
)
def test_a_form_says_what_differs_from_the_record(ticked: list[tuple[str, str]], said: Codes) -> None:
    assert correction_from_form(MultiDict(ticked), BOOK) == said
    corrected = appraised(BOOK, {MOOD: (Mood.WARM,), DEPTH: ()}, ())
    assert correction_from_form(MultiDict(ticked), corrected) == said


@pytest.mark.parametrize("ticked", [[("pace", "slow"), ("pace", "fast")], [("mood", "none"), ("mood", "sad")]])
def test_a_form_that_contradicts_itself_is_refused(ticked: list[tuple[str, str]]) -> None:
    with pytest.raises(InputError, match="choose"):
        correction_from_form(MultiDict(ticked), BOOK)
