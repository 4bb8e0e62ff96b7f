"""The calm notice above the books: when it is shown, in which language, and what a browser may keep of it."""

from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from tests.fakes import FakeLibrary

KOREAN = {"Accept-Language": "ko"}
ENGLISH = {"Accept-Language": "en"}


class _Notes(HTMLParser):
    """The elements with role="note", and the links to telephones."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[dict[str, str | None]] = []
        self.telephones: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (its shape)
        attributes = dict(attrs)
        if attributes.get("role") == "note":
            self.notes.append(attributes)
        if (attributes.get("href") or "").startswith("tel:"):
            self.telephones.append(attributes["href"] or "")


def notes_of(page: str) -> _Notes:
    parser = _Notes()
    parser.feed(page)
    return parser


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (KOREAN, ("자살예방 상담전화", "청소년전화", "매일 24시간", "119")),
        (ENGLISH, ("Suicide prevention counselling line", "Youth line", "Day and night", "119")),
    ],
)
def test_both_pages_show_the_lines_above_the_books(
    client: FlaskClient, headers: dict[str, str], words: tuple[str, ...]
) -> None:
    pages = (
        client.post("/recommend", data={"question": "죽고 싶어요"}, headers=headers).text,
        client.get("/search?q=죽고 싶어요", headers=headers).text,
    )
    for page in pages:
        found = notes_of(page)
        assert found.telephones == ["tel:109", "tel:1388"]
        assert found.notes == [{"class": "help-lines", "role": "note", "aria-labelledby": "help-lines"}]
        assert all(word in page for word in words)
    assert pages[0].index('role="note"') < pages[0].index('class="recommendations"')


def test_books_are_shown_all_the_same(client: FlaskClient) -> None:
    assert "데미안" in client.post("/recommend", data={"question": "죽고 싶어요"}).text


def test_own_words_about_a_mood_count_and_so_do_questions_that_cannot_be_answered(client: FlaskClient) -> None:
    assert 'role="note"' in client.post("/recommend", data={"mood_text": "살기 싫어요"}).text
    unknown = client.post("/recommend", data={"question": "사라지고 싶어요", "reader_id": "모르는 사람"})
    assert unknown.status_code == 404
    assert 'role="note"' in unknown.text


@pytest.mark.parametrize("text", ["데미안", "자살론", "배고파 죽겠어요", "dying to read a classic", ""])
def test_other_questions_show_none(client: FlaskClient, text: str) -> None:
    assert 'role="note"' not in client.get(f"/search?q={text}").text
    assert 'role="note"' not in client.post("/recommend", data={"question": text or "우주"}).text


def test_the_endpoint_answers_with_a_notice_and_the_lines(client: FlaskClient, library: FakeLibrary) -> None:
    lines = [("109", "Suicide prevention counselling line"), ("1388", "Youth line")]
    search = client.get("/api/v1/search?q=I want to die&lang=en").get_json()
    assert search["notice"] == "help_lines"
    assert [(line["number"], line["name"]) for line in search["help_lines"]] == lines

    library.recommend.notice = "help_lines"
    recommended = client.post("/api/v1/recommendations?lang=en", json={"question": "I want to die"}).get_json()
    assert recommended["notice"] == "help_lines"
    assert recommended["help_lines"] == search["help_lines"]
    assert recommended["recommendations"]


def test_the_answers_of_such_a_question_are_not_kept_by_browsers(client: FlaskClient) -> None:
    assert client.post("/recommend", data={"question": "죽고 싶어요"}).headers["Cache-Control"] == "no-store"
