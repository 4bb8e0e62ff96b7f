from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from recommender.bundle import Method
from recommender.errors import TooLargeError
from recommender.recommend.values import EditedQuestion, Intake, Question
from recommender.search.request import Filters
from webapp.params.kinds import ParameterError
from webapp.params.recommend import question_from_form, question_from_json

JSON = [
    ({"question": " 친구와 다퉜어요 "}, Question("친구와 다퉜어요", language="en")),
    ({"intake": {"mood": "tired", "mood_text": "회사 일로", "situation": "시험 전날"}}, Question(
        intake=Intake(mood="tired", mood_text="회사 일로", situation="시험 전날"), language="en")),
    ({"question": "책", "method": "direct"}, Question("책", method=Method.DIRECT, language="en")),
    ({"enriched": {"terms": [{"text": "바다"}], "traits": []}}, Question(
        edited=EditedQuestion(kept=frozenset(), added=("바다",)), language="en")),
    ({"reader_id": "이서연", "question": None}, Question(reader_id="이서연", language="en")),
    ({"question": "책", "size": 5, "num_candidates": 5, "language": "ko"}, Question(
        "책", size=5, num_candidates=5, language="ko")),
    ({"question": "책", "filters": {"kdc": "8", "audience": ["teens"], "available": True}}, Question(
        "책", filters=Filters(kdc=("8",), audiences=("teens",), available=True), language="en")),
    ({"question": "마음\ud83d"}, Question("마음?", language="en")),  # half of an emoji, as broken clients send it
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), JSON)
def test_reads_a_question_from_json(app: Flask, body: dict[str, Any], wanted: Question) -> None:
    with app.test_request_context("/"):
        assert question_from_json(body, language="en") == wanted


WRONG: list[tuple[object, str, str]] = [
    ([], "body", "a JSON object"),
    (None, "body", "a JSON object"),
    ("책", "body", "a JSON object"),
    ({}, "question", "Nothing is asked yet"),
    ({"question": "  "}, "question", "Nothing is asked yet"),
    ({"question": 7}, "question", "a text"),
    ({"question": "책", "size": "3"}, "size", "a whole number"),
    ({"question": "책", "size": True}, "size", "a whole number"),
    ({"question": "책", "size": 0}, "size", "from 1 to 10"),
    ({"question": "책", "size": 11}, "size", "from 1 to 10"),
    ({"question": "책", "num_candidates": 51}, "num_candidates", "from 1 to 50"),
    ({"question": "책", "size": 5, "num_candidates": 4}, "num_candidates", "at least the number of books wanted, 5"),
    ({"question": "책", "readerid": "a"}, "readerid", "did you mean “reader_id”"),
    ({"question": "책", "xyz": 1}, "xyz", "give some of question, intake"),
    ({"intake": {"moood": "tired"}}, "moood", "did you mean “mood”"),
    ({"intake": ["tired"]}, "intake", "a JSON object"),
    ({"question": "책", "filters": {"kdc": [8]}}, "kdc", "a list of codes"),
    ({"question": "책", "filters": {"available": "true"}}, "available", "true or false"),
    ({"question": "책", "language": "fr"}, "language", "ko or en"),
    ({"question": "책", "method": "magic"}, "method", "one of staged, direct"),
    ({"question": "책", "enriched": {"removed": ["calm"]}}, "enriched.removed", "ids as the answer gave them"),
]


@pytest.mark.parametrize(("body", "parameter", "right"), WRONG)
def test_names_the_field_and_what_would_be_right(app: Flask, body: object, parameter: str, right: str) -> None:
    with app.test_request_context("/?lang=en"), pytest.raises(ParameterError) as caught:
        question_from_json(body, language="en")
    assert caught.value.parameter == parameter
    assert right in str(caught.value)


@pytest.mark.parametrize(("value", "shown"), [
    ("3", '“"3"”'), (1.5, "“1.5”"), (True, "“true”"), ({"a": None}, '“{"a": null}”'), ("가" * 99, '“"' + "가" * 59 + "…”"),
])  # fmt: skip
def test_a_value_of_the_wrong_type_is_shown_as_the_json_that_was_sent(app: Flask, value: object, shown: str) -> None:
    with app.test_request_context("/?lang=en"), pytest.raises(ParameterError) as caught:
        question_from_json({"question": "책", "size": value}, language="en")
    assert str(caught.value) == f"“size” cannot be {shown}: give a whole number."


@pytest.mark.parametrize("body", [
    {"question": "가" * 2001},
    {"reader_id": "a" * 101},
    {"intake": {"mood": "a" * 201}},
])  # fmt: skip
def test_texts_beyond_their_limit_are_too_large(app: Flask, body: dict[str, Any]) -> None:
    with app.test_request_context("/"), pytest.raises(TooLargeError):
        question_from_json(body, language="ko")


def test_reads_a_question_from_the_form(app: Flask) -> None:
    form = MultiDict(
        [("question", ""), ("mood", "anxious"), ("effect", ""), ("focus", "light"), ("focus_text", "한 시간 안에"),
         ("reader_id", "이서연"), ("size", "5"), ("available", "true")]
    )  # fmt: skip
    with app.test_request_context("/"):
        assert question_from_form(form, language="ko") == Question(
            intake=Intake(mood="anxious", focus="light", focus_text="한 시간 안에"),
            reader_id="이서연",
            size=5,
            filters=Filters(available=True),
            language="ko",
        )
