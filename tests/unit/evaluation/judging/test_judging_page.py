"""The page without JavaScript and without a browser: every button is a form."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from evaluation.judging.page.application import create_app
from evaluation.judging.page.sittings import Room
from evaluation.judging.page.wording import LANGUAGES, words
from evaluation.judging.storing import JudgementFile
from evaluation.judging.values import JudgedBook, JudgedQuestion, StoredAnswer
from tests.judged_answers import ANSWERS, KITCHEN

KOREAN = {"Accept-Language": "ko-KR,ko;q=0.9"}


@pytest.fixture
def file(tmp_path: Path) -> JudgementFile:
    return JudgementFile(tmp_path / "judgements.jsonl")


@pytest.fixture
def client(file: JudgementFile) -> FlaskClient:
    app = create_app(Room(ANSWERS, file, seed=1))
    app.testing = True
    return app.test_client()


def page_with(client: FlaskClient, text: str) -> tuple[str, str]:
    """Address and content of the judge's question that holds a text."""
    for number in (1, 2):
        address = f"/judges/사서1/questions/{number}"
        page = client.get(address, headers=KOREAN).get_data(as_text=True)
        if text in page:
            return address, page
    raise AssertionError(f"no question holds {text}")


def test_a_label_leads_to_the_first_open_question(client: FlaskClient) -> None:
    assert "별칭" in client.get("/", headers=KOREAN).get_data(as_text=True)
    seated = client.post("/judges", data={"judge": " 사서1 "})
    assert seated.status_code == 303
    went = client.get(seated.location)
    assert went.location.endswith("/questions/1")
    assert client.post("/judges", data={"judge": ""}).status_code == 400


def test_nothing_on_the_page_says_whose_the_answers_are(client: FlaskClient) -> None:
    _, page = page_with(client, KITCHEN.title)

    for secret in ("staged", "direct", "num_candidates", "900", "composed"):
        assert secret not in page
    assert "추천 가" in page
    assert "이 도서관에 없는 책입니다" in page
    assert "읽은 책: 아몬드 (5/5), 토지" in page


def test_a_button_is_a_grade_and_comes_back_to_its_book(client: FlaskClient, file: JudgementFile) -> None:
    address, page = page_with(client, KITCHEN.title)
    item = re.search(r'value="(\w+):4"', page[page.index("키친") :])
    assert item
    answered = client.post(address, data={"grade": f"{item[1]}:4"}, headers=KOREAN)

    assert answered.status_code == 303
    assert answered.location.endswith(f"#item-{item[1]}")
    graded = client.get(address, headers=KOREAN).get_data(as_text=True)
    assert graded.count('aria-pressed="true"') == 1
    assert "4점 잘 맞음" in graded
    assert [each.grade for each in file.judgements() if each.book == "kitchen"] == [4]
    client.post(f"{address}/undo", headers=KOREAN)
    assert 'aria-pressed="true"' not in client.get(address, headers=KOREAN).get_data(as_text=True)


def test_the_script_is_told_what_changed(client: FlaskClient) -> None:
    address, page = page_with(client, KITCHEN.title)
    item = re.search(r'value="(\w+):skip"', page[page.index("키친") :])
    assert item
    answered = client.post(
        address, data={"grade": f"{item[1]}:skip"}, headers={**KOREAN, "Accept": "application/json"}
    ).get_json()

    assert answered | {"address": ""} == {
        "item": item[1],
        "grade": None,
        "skipped": True,
        "given": "건너뜀",
        "judged": 1,
        "progress": "책 4권 가운데 1권 평가함",
        "message": "키친: 건너뛰었습니다. 저장했습니다.",
        "address": "",
    }


@pytest.mark.parametrize("given", ["", "x", "x:", "{item}:6", "{item}:-1", "{item}:four", "{item}:4.5"])
def test_what_is_no_grade_is_refused_and_not_kept(client: FlaskClient, file: JudgementFile, given: str) -> None:
    address, page = page_with(client, KITCHEN.title)
    item = re.search(r'value="(\w+):0"', page)
    assert item
    answered = client.post(address, data={"grade": given.format(item=item[1])})

    assert answered.status_code in (400, 404)
    assert not file.path.exists()


def test_another_site_cannot_judge(client: FlaskClient, file: JudgementFile) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/judges", data={"judge": "사서1"}, headers=headers).status_code == 403
    assert not file.path.exists()


def test_a_question_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/judges/사서1/questions/0").status_code == 404
    assert client.get("/judges/사서1/questions/3").status_code == 404


def test_the_language_is_the_browsers_until_another_is_chosen(client: FlaskClient) -> None:
    assert "Who is judging?" in client.get("/", headers={"Accept-Language": "en-GB"}).get_data(as_text=True)
    assert "누가 평가하나요?" in client.get("/?language=ko", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert "누가 평가하나요?" in client.get("/", headers={"Accept-Language": "en"}).get_data(as_text=True)  # kept


def test_both_languages_say_the_same_things() -> None:
    korean, english = map(words, LANGUAGES)

    assert korean.keys() == english.keys()
    holes = {name: re.findall(r"\{\w+\}", str(text)) for name, text in korean.items()}
    assert {name: sorted(found) for name, found in holes.items()} == {
        name: sorted(re.findall(r"\{\w+\}", str(text))) for name, text in english.items()
    }


def test_everything_that_is_said_escapes_what_was_recommended(file: JudgementFile) -> None:
    steering = JudgedBook("<script>alert(1)</script>", "b1", why="<img src=x>", description="</p><b>")
    answer = StoredAnswer("a", JudgedQuestion("<i>질문</i>"), (steering,))
    page = create_app(Room([answer], file, seed=1)).test_client().get("/judges/사서1/questions/1")
    text = page.get_data(as_text=True)

    for tag in ("<script>alert", "<img src=x>", "<i>질문", "</p><b>"):
        assert tag not in text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
