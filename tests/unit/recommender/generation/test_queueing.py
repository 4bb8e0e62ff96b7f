"""The queue before generators that are really slow, silent or gone: a model with random weights, and servers with sockets."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus

import pytest

from recommender.bundle import load_bundle
from recommender.errors import GeneratorBusyError, GeneratorError
from recommender.generation.base import Generator, GeneratorState, Prompt, WritingTask, Written, not_cancelled
from recommender.generation.openai import OpenAIGenerator
from recommender.generation.queueing import GenerationQueue, Place, QueueState
from recommender.generation.transformers import TransformersGenerator
from tests.chat_server import Body, ChatServer, running
from tests.tiny_models import save_llama

TUNED = replace(load_bundle().recommend.queue, waiting=2, turn_seconds=5.0, silence_seconds=5.0, rest_seconds=5.0)
TASK = WritingTask(Prompt("사서", "불안한 밤에 읽을 책을 권해 주세요."), fallback="지은 글")
LONG = 2_000


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class SlowServer(ChatServer):
    """Answers a question only when it is let to."""

    def __init__(self) -> None:
        super().__init__(self._wait)
        self.let = threading.Event()

    def _wait(self, _body: Body) -> str:
        self.let.wait(30)
        return "조용한 밤에 어울립니다."


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Generator:
    folder = tmp_path_factory.mktemp("llama")
    save_llama(folder)
    return TransformersGenerator(str(folder))


@pytest.fixture
def slow_server() -> Iterator[SlowServer]:
    with running(SlowServer()) as server:
        yield server  # type: ignore[misc]
        server.let.set()  # type: ignore[attr-defined]


def write(place: Place, *, max_tokens: int = 20, cancelled: Callable[[], bool] = not_cancelled) -> str:
    """What the generator writes for a place; it is given back afterwards."""
    with place:
        if not place.wait(cancelled):
            return ""
        written = place.generator.write([TASK], max_tokens=max_tokens, temperature=0.0)
    return written[0].text


def eventually(is_so: Callable[[], bool]) -> bool:
    """Whether something becomes true within some seconds."""
    end = time.monotonic() + 20
    while not is_so() and time.monotonic() < end:
        time.sleep(0.01)
    return is_so()


def test_a_model_in_this_process_writes_one_answer_at_a_time(llama: Generator) -> None:
    queue = GenerationQueue(llama, TUNED)
    first, second, third = queue.enter(), queue.enter(), queue.enter()
    assert [place.has_turn for place in (first, second, third)] == [True, False, False]
    assert replace(queue.state(), generator=GeneratorState.READY) == QueueState(GeneratorState.READY, 1, 2)
    with pytest.raises(GeneratorBusyError):
        queue.enter()
    with ThreadPoolExecutor() as pool:
        texts = list(pool.map(write, (third, second, first)))
    assert all(texts)
    assert queue.state() == QueueState(GeneratorState.READY)


def test_whoever_leaves_the_queue_frees_the_place(llama: Generator) -> None:
    queue = GenerationQueue(llama, TUNED)
    first, second, third = queue.enter(), queue.enter(), queue.enter()
    assert write(second, cancelled=lambda: True) == ""
    assert not third.has_turn
    queue.enter().__exit__(None, None, None)  # there is room again
    with first:
        pass
    assert third.has_turn


def test_a_cancelled_stream_ends_and_says_nothing_against_the_model(llama: Generator) -> None:
    queue = GenerationQueue(llama, TUNED)
    asked = itertools.count()
    with queue.enter() as place:
        assert place.wait(not_cancelled)
        said = place.generator.stream([TASK], max_tokens=LONG, temperature=0.0, cancelled=lambda: next(asked) > 5)
        assert not [each for each in said if isinstance(each, Written)]  # it was not finished
    assert next(asked) < LONG // 10
    assert queue.state().failing_for is None
    assert write(queue.enter())


def test_a_server_takes_several_answers_at_once(slow_server: SlowServer) -> None:
    generator = OpenAIGenerator(slow_server.url)
    queue = GenerationQueue(generator, TUNED)
    places = [queue.enter() for _ in range(generator.at_once + TUNED.waiting)]
    assert sum(place.has_turn for place in places) == generator.at_once
    with ThreadPoolExecutor(len(places)) as pool:
        texts = pool.map(write, places)
        assert eventually(lambda: len(slow_server.asked) == generator.at_once)
        slow_server.let.set()
        assert list(texts) == ["조용한 밤에 어울립니다."] * len(places)


def test_a_turn_that_does_not_come_in_time_is_not_waited_for(slow_server: SlowServer) -> None:
    queue = GenerationQueue(OpenAIGenerator(slow_server.url), replace(TUNED, turn_seconds=0.3, waiting=9))
    turns = [queue.enter() for _ in range(OpenAIGenerator.at_once)]
    with queue.enter() as late, pytest.raises(GeneratorBusyError, match=r"0\.3 s"):
        late.wait(not_cancelled)
    assert all(place.has_turn for place in turns)


def test_a_server_that_falls_silent_is_given_up_and_found_again(slow_server: SlowServer) -> None:
    clock = Clock()
    queue = GenerationQueue(OpenAIGenerator(slow_server.url), TUNED, clock=clock)
    silent = queue.enter()
    with ThreadPoolExecutor() as pool:
        text = pool.submit(write, silent)
        assert eventually(lambda: len(slow_server.asked) == 1)
        assert not silent.is_silent()

        clock.now += TUNED.silence_seconds
        assert silent.is_silent()
        with pytest.raises(GeneratorError, match="left alone"):
            queue.enter()
        clock.now += 1.0
        assert queue.state() == QueueState(GeneratorState.UNAVAILABLE, writing=1, failing_for=1.0)

        clock.now += TUNED.rest_seconds
        probe = queue.enter()
        with pytest.raises(GeneratorError, match="left alone"):
            queue.enter()  # one finds out for all
        slow_server.let.set()
        assert write(probe) == text.result()
    assert queue.state() == QueueState(GeneratorState.READY)


def test_whoever_waits_behind_a_silent_model_is_told(slow_server: SlowServer) -> None:
    clock = Clock()
    queue = GenerationQueue(OneAtATime(slow_server.url), TUNED, clock=clock)
    silent, behind = queue.enter(), queue.enter()
    with ThreadPoolExecutor() as pool:
        text = pool.submit(write, silent)
        told = pool.submit(write, behind)
        assert eventually(lambda: len(slow_server.asked) == 1)
        clock.now += TUNED.silence_seconds
        with pytest.raises(GeneratorError, match="left alone"):
            told.result()
        clock.now += TUNED.rest_seconds
        with pytest.raises(GeneratorError, match="left alone"):
            queue.enter()  # its only place is still taken by what hangs there
        slow_server.let.set()
        assert text.result()
    assert write(queue.enter())  # it came back by itself


class OneAtATime(OpenAIGenerator):
    """A server that is asked for one answer at a time."""

    at_once = 1


def test_a_server_that_is_gone_is_asked_twice_and_then_let_alone() -> None:
    with running(ChatServer(lambda _: "")) as server:
        url = server.url
    clock = Clock()
    queue = GenerationQueue(OpenAIGenerator(url, model="gone"), TUNED, clock=clock)
    for _ in range(2):
        with pytest.raises(GeneratorError, match="did not answer"):
            write(queue.enter())
    with pytest.raises(GeneratorError, match="left alone"):
        queue.enter()


def test_a_server_that_is_mended_is_found_by_the_first_who_asks_after_the_rest() -> None:
    clock = Clock()
    with running(ChatServer(lambda _: "괜찮아요.", broken=(HTTPStatus.BAD_GATEWAY, "restarting"))) as server:
        queue = GenerationQueue(OpenAIGenerator(server.url, model="tiny-chat"), TUNED, clock=clock)
        for _ in range(2):
            with pytest.raises(GeneratorError):
                write(queue.enter())
        server.broken = None
        with pytest.raises(GeneratorError, match="left alone"):
            queue.enter()
        clock.now += TUNED.rest_seconds
        assert write(queue.enter()) == "괜찮아요."
    assert queue.state() == QueueState(GeneratorState.READY)


def test_a_probe_that_is_cancelled_leaves_the_finding_out_to_the_next(slow_server: SlowServer) -> None:
    clock = Clock()
    queue = GenerationQueue(OpenAIGenerator(slow_server.url), TUNED, clock=clock)
    silent = queue.enter()
    with ThreadPoolExecutor() as pool:
        text = pool.submit(write, silent)
        assert eventually(lambda: len(slow_server.asked) == 1)
        clock.now += TUNED.silence_seconds
        assert silent.is_silent()
        clock.now += TUNED.rest_seconds
        assert write(queue.enter(), cancelled=lambda: True) == ""
        slow_server.let.set()
        assert write(queue.enter()) == text.result()
