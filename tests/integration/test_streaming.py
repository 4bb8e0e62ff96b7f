"""Answers word by word, over real connections to the real server: what comes when, and what happens to those who leave."""

import http.client
import json
import re
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest

from recommender.generation.base import GeneratorState
from recommender.generation.openai import OpenAIGenerator
from recommender.library import Library
from tests import serving
from tests.chat_server import Body, ChatServer, running
from tests.live_library import LiveLibrary, eventually, live_library, opened_library
from tests.live_library import serving as served
from tests.writers import SENTENCES, GatedGenerator
from webapp.streaming import MAX_HELD

QUESTION = {"question": "로봇과 친구가 되는 이야기", "size": 2}
TIMEOUT_S = 30


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with opened_library(tmp_path_factory.mktemp("library")) as library:
        yield library


@pytest.fixture
def generator() -> Iterator[GatedGenerator]:
    made = GatedGenerator(may_write=threading.Event())
    yield made
    made.may_write.set()


@pytest.fixture
def library(small: Library, generator: GatedGenerator) -> LiveLibrary:
    return live_library(small, generator)


@pytest.fixture
def url(library: LiveLibrary) -> Iterator[str]:
    with served(library) as address:
        yield address


@contextmanager
def stream(url: str, path: str = "/api/v1/recommendations", body: object = None) -> Iterator[http.client.HTTPResponse]:
    """An open stream; leaving the block closes the connection, whatever is still to come."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=TIMEOUT_S)
    headers = {"Accept": "text/event-stream", "Content-Type": "application/json"}
    connection.request("POST" if body else "GET", path, json.dumps(body) if body else None, headers)
    try:
        with connection.getresponse() as response:  # which holds the socket, too
            yield response
    finally:
        connection.close()


def next_event(response: http.client.HTTPResponse) -> tuple[str, dict[str, object]]:
    """Waits for one; comments are passed over."""
    name = ""
    while line := response.readline().decode():
        if line.startswith("event: "):
            name = line[7:].strip()
        elif line.startswith("data: "):
            return name, json.loads(line[6:])
    return "", {}


def all_events(response: http.client.HTTPResponse) -> list[tuple[str, dict[str, object]]]:
    found = []
    while (event := next_event(response))[0]:
        found.append(event)
    return found


def ask_page(url: str) -> str:
    """The page that answers the form."""
    form = urllib.parse.urlencode(QUESTION).encode()
    with urllib.request.urlopen(f"{url}/recommend", form, timeout=TIMEOUT_S) as response:
        page: str = response.read().decode()
    return page


def test_the_books_arrive_before_the_first_word_is_written(url: str, generator: GatedGenerator) -> None:
    with stream(url, body=QUESTION) as response:
        assert response.headers.get_content_type() == "text/event-stream"
        name, books = next_event(response)
        assert name == "books"
        assert [each["generated_by"] for each in books["recommendations"]] == ["composed", "composed"]  # type: ignore[attr-defined]
        assert generator.sentences == 0
        generator.may_write.set()
        rest = all_events(response)
    names = [name for name, _data in rest]
    assert names == ["sentence"] * 4 + ["book"] + ["sentence"] * 4 + ["book", "done"]
    assert [data["text"] for _name, data in rest[:2]] == list(SENTENCES)
    done = rest[-1][1]
    assert [each["generated_by"] for each in done["recommendations"]] == ["gated", "gated"]  # type: ignore[attr-defined]
    assert done["notice"] == ""


def test_a_stream_may_be_given_a_limit(url: str, library: LiveLibrary, generator: GatedGenerator) -> None:
    with stream(url, body={**QUESTION, "wait_seconds": 1}) as response:
        names = [name for name, _data in all_events(response)]
    assert names == ["books", "notice", "done"]
    assert eventually(lambda: library.answers.state().writing == 0)
    assert generator.sentences == 0


def test_a_client_that_leaves_ends_the_writing(url: str, library: LiveLibrary, generator: GatedGenerator) -> None:
    with stream(url, body=QUESTION) as response:
        next_event(response)
        assert library.answers.state().writing == 1
    assert eventually(lambda: library.answers.state().writing == 0)
    assert generator.sentences == 0


def test_a_client_that_waits_for_one_document_and_leaves_ends_the_writing(url: str, library: LiveLibrary) -> None:
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=TIMEOUT_S)
    connection.request("POST", "/api/v1/recommendations", json.dumps(QUESTION), {"Content-Type": "application/json"})
    assert eventually(lambda: library.answers.state().writing == 1)
    connection.close()
    assert eventually(lambda: library.answers.state().writing == 0)


def test_a_page_whose_reader_leaves_is_given_some_seconds_and_then_up(
    url: str, library: LiveLibrary, generator: GatedGenerator
) -> None:
    path = re.findall(r'data-events="([^"]+)"', ask_page(url))[0]
    with stream(url, path) as response:
        assert response.readline() == b"retry: 2000\n"
    assert library.answers.state().writing == 1  # a browser that lost its connection comes back

    def is_given_up() -> bool:
        library.clock.ahead += 1.0
        return library.answers.state().writing == 0

    assert eventually(is_given_up)
    assert generator.sentences == 0


def test_many_open_streams_leave_the_library_answering(url: str, generator: GatedGenerator) -> None:
    path = re.findall(r'data-events="([^"]+)"', ask_page(url))[0]
    with ExitStack() as streams:
        for _ in range(MAX_HELD):
            assert streams.enter_context(stream(url, path)).readline() == b"retry: 2000\n"
        with stream(url, path) as one_too_many:
            assert all_events(one_too_many) == []  # it is told to come again, and holds no thread
        assert serving.ask(f"{url}/api/v1/search?q=%EC%95%84%EB%AA%AC%EB%93%9C").body["total"] == 1
        assert generator.sentences == 0
        generator.may_write.set()
        with stream(url, path) as late:
            assert eventually(lambda: generator.sentences == 8)
            assert late.status == 200

    def is_done() -> bool:  # while places are still held for those who left, a stream ends with what there is
        with stream(url, path) as after_all:
            return [name for name, _data in all_events(after_all)][-1:] == ["done"]

    assert eventually(is_done)


def test_of_many_askers_each_gets_books_while_the_model_writes_for_one(
    url: str, library: LiveLibrary, generator: GatedGenerator
) -> None:
    with ThreadPoolExecutor(30) as pool:
        pages = list(pool.map(lambda _: ask_page(url), range(30)))
    assert generator.sentences == 0  # all of them were answered before the first word
    assert [page.count('<li class="recommendation">') for page in pages] == [2] * 30
    written = sum("data-events" in page for page in pages)
    busy = sum("다른 질문에 답하느라 바빠" in page for page in pages)
    state = library.answers.state()
    assert (state.writing, state.waiting) == (1, 6)
    assert (written, busy) == (7, 23)


def test_a_page_without_a_script_completes_by_asking_again(url: str, generator: GatedGenerator) -> None:
    path = re.findall(r'http-equiv="refresh" content="2;url=([^"]+)"', ask_page(url))[0]

    def page() -> str:
        with urllib.request.urlopen(f"{url}{path}", timeout=TIMEOUT_S) as response:
            text: str = response.read().decode()
        return text

    assert 'http-equiv="refresh"' in page()
    generator.may_write.set()
    assert eventually(lambda: 'http-equiv="refresh"' not in page())
    assert page().count("gated 모델이 도서관 목록을 바탕으로 쓴 글") == 2
    assert str(QUESTION["question"]) in page()  # the form is still filled in


@pytest.fixture
def hanging() -> Iterator[ChatServer]:
    """A chat server that takes every question and answers none before the test ends."""
    let = threading.Event()

    def hang(_body: Body) -> str:
        let.wait(60)
        return "1"

    with running(ChatServer(hang)) as server:
        yield server
        let.set()


def test_a_chat_server_that_hangs_keeps_nobody_waiting_for_books(small: Library, hanging: ChatServer) -> None:
    library = live_library(small, OpenAIGenerator(hanging.url, model="tiny-chat"))
    with served(library) as url:
        page = ask_page(url)
        assert page.count('<li class="recommendation">') == 2
        assert "언어 모델이 이 책들에 대해 쓰고 있습니다" in page
        composed = serving.ask(f"{url}/api/v1/recommendations", {**QUESTION, "wait_seconds": 1}).body
        assert (len(composed["recommendations"]), composed["notice"]) == (2, "generator_late")

        library.clock.ahead += 60.0  # the server has been silent for longer than it may
        page = ask_page(url)
        assert page.count('<li class="recommendation">') == 2
        assert "언어 모델이 답하지 않아 추천 이유를 도서관 목록의 사실로 지었습니다" in page
        assert "부터 언어 모델이 답하지 않아" in page
        health = serving.ask(f"{url}/api/v1/health").body["generator"]
        assert health["state"] == GeneratorState.UNAVAILABLE
        assert health["failing_for"] >= 0


def test_a_chat_server_that_is_gone_is_asked_no_more_for_a_while(small: Library) -> None:
    with running(ChatServer(lambda _: "")) as gone:
        address = gone.url
    library = live_library(small, OpenAIGenerator(address, model="gone"), choice_seconds=5.0)
    with served(library) as url:
        notices = [serving.ask(f"{url}/api/v1/recommendations", QUESTION).body["notice"] for _ in range(3)]
        assert notices == ["generator_unavailable"] * 3
        assert library.answers.state().generator is GeneratorState.UNAVAILABLE
        assert "언어 모델이 답하지 않아 추천 이유를 도서관 목록의 사실로 지었습니다" in ask_page(url)
