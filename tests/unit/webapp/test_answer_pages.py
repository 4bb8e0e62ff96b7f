"""The page of an answer while a model writes about its books, without a model: what a browser is told, and when."""

import json
import re
from contextlib import ExitStack
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from recommender.recommend.answering import GENERATOR_BUSY, LiveAnswer
from recommender.recommend.updates import Chosen, Explained, Explanation, ReasonPart, SentenceWritten
from recommender.recommend.values import Question, Reasons, ReasonSource, Recommendations
from tests.fakes import FakeLibrary

QUESTION = "친구 관계가 힘들 때 읽을 책"


@pytest.fixture
def whole(library: FakeLibrary) -> Recommendations:
    return library.recommend.recommend(Question(text=QUESTION))


@pytest.fixture
def unfinished(library: FakeLibrary, whole: Recommendations) -> LiveAnswer:
    def sum_up(explanation: Explanation, _timings: object) -> Recommendations:
        return replace(whole, recommendations=explanation.recommendations, notice=explanation.notice)

    answer = LiveAnswer(sum_up)
    answer.publish(Chosen(whole.recommendations), {})
    library.answers.unfinished = answer
    return answer


def by_model(whole: Recommendations) -> Explained:
    """The first book, as a model has explained it."""
    reasons = Reasons("모델이 <쓴> 이유.", "모델이 쓴 도움.", ReasonSource.MODEL, ReasonSource.MODEL)
    return Explained(replace(whole.recommendations[0], reasons=reasons, generated_by="Qwen/Qwen3-0.6B"))


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    found = re.findall(r"event: (\w+)\ndata: (.*)\n", text)
    return [(name, json.loads(data)) for name, data in found]


@pytest.mark.usefixtures("unfinished")
def test_the_page_says_where_the_rest_comes_from_with_and_without_a_script(client: FlaskClient) -> None:
    page = client.post("/recommend?lang=en", data={"question": QUESTION})
    assert page.status_code == 200
    assert 'data-events="/recommend/answers/a-token/events"' in page.text
    refresh = '<noscript><meta http-equiv="refresh" content="2;url=/recommend/answers/a-token"></noscript>'
    assert refresh in page.text
    assert page.text.count("composed from the catalogue, until the model has written") == 3
    assert QUESTION in page.text  # in the form


def test_without_a_script_the_page_asks_for_itself_until_the_answer_is_whole(
    client: FlaskClient, unfinished: LiveAnswer, whole: Recommendations
) -> None:
    client.post("/recommend", data={"question": QUESTION, "mood": "tired"})
    unfinished.publish(SentenceWritten("demian", ReasonPart.WHY, "반만 쓴 문장."), {})
    unfinished.publish(by_model(whole), {})
    page = client.get("/recommend/answers/a-token?lang=en")
    assert page.headers["Cache-Control"] == "no-store"
    assert 'content="4;url=/recommend/answers/a-token"' in page.text
    assert "모델이 &lt;쓴&gt; 이유." in page.text
    assert "반만 쓴 문장." not in page.text
    assert page.text.count("until the model has written") == 2
    assert re.search(r'name="mood" value="tired" checked', page.text)  # the form can be changed and sent again

    unfinished.finish("")
    page = client.get("/recommend/answers/a-token?lang=en")
    assert 'http-equiv="refresh"' not in page.text
    assert "data-events" not in page.text
    assert "written by Qwen/Qwen3-0.6B" in page.text


@pytest.mark.usefixtures("unfinished")
def test_the_form_is_kept_without_the_reader_and_says_so(client: FlaskClient, library: FakeLibrary) -> None:
    posted = client.post("/recommend?lang=en", data={"question": QUESTION, "mood": "tired", "reader_id": "jimin"})
    assert 'name="reader_id" type="text" maxlength="100" autocomplete="off" value="jimin"' in posted.text
    assert "A reader's number is not kept" not in posted.text
    page = client.get("/recommend/answers/a-token?lang=en")
    assert "jimin" not in page.text
    assert "A reader's number is not kept with an answer: enter it again if it is to count." in page.text
    assert dict(library.answers.find("a-token").form) == {"question": [QUESTION], "mood": ["tired"]}


def test_an_answer_that_is_not_kept_any_more_offers_the_form(client: FlaskClient) -> None:
    page = client.get("/recommend/answers/gone?lang=en")
    assert page.status_code == 404
    assert "not kept any more" in page.text
    assert '<form class="ask-form"' in page.text


def test_events_of_one_are_refused_in_a_way_that_a_browser_does_not_repeat(client: FlaskClient) -> None:
    assert client.get("/recommend/answers/gone/events").status_code == 404


def test_the_page_gets_each_sentence_and_each_book_and_the_end(
    client: FlaskClient, unfinished: LiveAnswer, whole: Recommendations
) -> None:
    client.post("/recommend", data={"question": QUESTION})
    unfinished.publish(SentenceWritten("demian", ReasonPart.WHY, "모델이 <쓴> 이유."), {})
    unfinished.publish(by_model(whole), {})
    unfinished.finish(GENERATOR_BUSY)
    response = client.get("/recommend/answers/a-token/events?lang=en")
    assert (response.mimetype, response.headers["Cache-Control"]) == ("text/event-stream", "no-store")
    told = events(response.text)
    assert [name for name, _data in told] == ["sentence", "book", "done"]
    assert told[0][1] == {"book": "demian", "part": "why", "text": "모델이 <쓴> 이유."}
    assert "모델이 &lt;쓴&gt; 이유." in str(told[1][1]["html"])
    assert "busy with other questions" in str(told[2][1]["state"])


def test_a_browser_that_comes_back_gets_what_it_lacks(
    client: FlaskClient, unfinished: LiveAnswer, whole: Recommendations
) -> None:
    client.post("/recommend", data={"question": QUESTION})
    unfinished.publish(by_model(whole), {})
    unfinished.finish("")
    response = client.get("/recommend/answers/a-token/events", headers={"Last-Event-ID": "2"})
    assert [name for name, _data in events(response.text)] == ["done"]


def test_where_too_many_wait_a_browser_gets_what_there_is_and_asks_again(
    app: Flask, client: FlaskClient, unfinished: LiveAnswer, whole: Recommendations
) -> None:
    client.post("/recommend", data={"question": QUESTION})
    unfinished.publish(by_model(whole), {})
    with ExitStack() as others:
        while others.enter_context(app.extensions["held_connections"].hold()):
            pass
        text = client.get("/recommend/answers/a-token/events").text
    assert text.startswith("retry: 2000\n\n")
    assert [name for name, _data in events(text)] == ["book"]
    assert not unfinished.is_finished
