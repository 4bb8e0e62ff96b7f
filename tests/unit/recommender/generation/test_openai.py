"""The client against a real socket; `tests/integration/test_transformers_serve.py` has a real model behind one."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http import HTTPStatus

import pytest

from recommender.errors import GeneratorError
from recommender.generation.base import (
    Choice,
    ChoiceTask,
    GeneratorState,
    Piece,
    Prompt,
    WritingTask,
    Written,
    not_cancelled,
)
from recommender.generation.openai import OpenAIGenerator, rank_scores, read_numbers
from tests.chat_server import Body, ChatServer, running

PROMPT = Prompt(system="당신은 사서입니다.", user="1. 데미안\n2. 어린 왕자\n3. 코스모스")


@pytest.fixture
def serve() -> Iterator[Callable[[ChatServer], ChatServer]]:
    with ExitStack() as stack:
        yield lambda server: stack.enter_context(running(server))


def echo(body: Body) -> str:
    return f"{body['messages'][-1]['content']}에 대한 답입니다."


def obey_schema(body: Body) -> str:
    """What a server that decodes by schema gives: the last numbers that the schema admits."""
    schema = body["response_format"]["json_schema"]["schema"]["properties"]["books"]
    return json.dumps({"books": schema["items"]["enum"][::-1][: schema["minItems"]]})


def asked(*, candidates: int, size: int) -> ChoiceTask:
    return ChoiceTask(PROMPT, None, candidates=candidates, size=size)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('{"books": [3, 1, 2]}', (3, 1, 2)),
        ("3, 1", (3, 1)),
        ("추천: 12번, 12번, 5번", (12, 5)),  # none twice
        ("0, 21, 999, 20", (20,)),  # no number that is no candidate
        ("잘 모르겠습니다.", ()),
        ("", ()),
        ("20241120", ()),  # a date is no list of books
    ],
)
def test_only_candidates_are_read_from_an_answer(text: str, numbers: tuple[int, ...]) -> None:
    assert read_numbers(text, candidates=20) == numbers


@pytest.mark.parametrize(
    ("numbers", "order"),
    [((3, 1), [3, 1, 2, 4]), ((), [1, 2, 3, 4]), ((4, 3, 2, 1), [4, 3, 2, 1])],
)
def test_those_named_come_before_the_others_which_are_equal(numbers: tuple[int, ...], order: list[int]) -> None:
    scores = rank_scores(numbers, candidates=4)

    assert sorted(range(1, 5), key=lambda number: -scores[number - 1]) == order
    assert len({scores[number - 1] for number in range(1, 5) if number not in numbers}) <= 1


def test_a_server_that_decodes_by_schema_is_held_to_the_candidates(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(obey_schema))

    (choice,) = OpenAIGenerator(server.url, model="tiny-chat").choose([asked(candidates=7, size=2)])

    assert choice == Choice(rank_scores((7, 6), candidates=7), prompt_tokens=9, completion_tokens=3)
    (body,) = server.asked
    assert body["temperature"] == 0.0
    assert body["chat_template_kwargs"] == {"enable_thinking": False}
    assert body["messages"] == [
        {"role": "system", "content": PROMPT.system},
        {"role": "user", "content": PROMPT.user},
    ]


@pytest.mark.parametrize(
    ("refuses", "tries"),
    [
        (frozenset({"chat_template_kwargs"}), 2),
        (frozenset({"response_format"}), 3),
        (frozenset({"chat_template_kwargs", "response_format"}), 3),
    ],
)
def test_what_a_server_refuses_is_left_out_and_not_sent_again(
    serve: Callable[[ChatServer], ChatServer], refuses: frozenset[str], tries: int
) -> None:
    server = serve(ChatServer(lambda _body: "2, 3", refuses=refuses))
    generator = OpenAIGenerator(server.url, model="tiny-chat")

    named = Choice(rank_scores((2, 3), candidates=3), prompt_tokens=9, completion_tokens=2)
    assert generator.choose([asked(candidates=3, size=2)]) == (named,)
    assert len(server.asked) == tries
    assert generator.choose([asked(candidates=3, size=2)]) == (named,)
    assert len(server.asked) == tries + 1
    assert generator.state is GeneratorState.READY


def test_texts_come_in_the_order_of_their_tasks(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(echo))
    tasks = [WritingTask(Prompt("사서", f"책 {number}"), fallback="-") for number in range(8)]

    written = OpenAIGenerator(server.url, model="tiny-chat").write(tasks, max_tokens=60, temperature=0.4)

    assert written == tuple(
        Written(f"책 {number}에 대한 답입니다.", by="tiny-chat", prompt_tokens=3, completion_tokens=4, task=number)
        for number in range(8)
    )
    assert {(body["max_tokens"], body["temperature"]) for body in server.asked} == {(60, 0.4)}


def test_nothing_said_leaves_the_composed_text(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(lambda _body: "  \n"))

    (written,) = OpenAIGenerator(server.url, model="m").write(
        [WritingTask(PROMPT, fallback="불안을 다룬 책입니다.")], max_tokens=9, temperature=0.0
    )

    assert (written.text, written.by) == ("불안을 다룬 책입니다.", "composed")


def test_without_a_name_the_first_model_is_taken(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(echo, models=("kanana-1.5-2.1b", "qwen3-0.6b")))
    generator = OpenAIGenerator(server.url, api_key="열쇠-아님".encode().hex())
    assert generator.state is GeneratorState.NOT_LOADED

    (written,) = generator.write([WritingTask(PROMPT, fallback="-")], max_tokens=9, temperature=0.0)

    assert written.by == generator.name == "kanana-1.5-2.1b"
    assert server.keys == {f"Bearer {'열쇠-아님'.encode().hex()}"}


@pytest.mark.parametrize(
    ("server", "reason"),
    [
        (ChatServer(echo, refuses=frozenset({"messages"})), "status 400 Bad Request"),
        (ChatServer(echo, broken=(HTTPStatus.NOT_FOUND, "<h1>nginx</h1>")), "status 404 Not Found"),
        (ChatServer(echo, broken=(HTTPStatus.OK, "<h1>It works!</h1>")), "no chat completion"),
        (ChatServer(echo, broken=(HTTPStatus.UNAUTHORIZED, "who are you?")), "status 401 Unauthorized"),
    ],
)
def test_a_server_that_does_not_answer_is_named_with_the_settings(
    serve: Callable[[ChatServer], ChatServer], server: ChatServer, reason: str
) -> None:
    serve(server)
    generator = OpenAIGenerator(server.url, model="tiny-chat")

    with pytest.raises(GeneratorError, match=rf"{server.url}.*tiny-chat.*{reason}.*SEOGA_OPENAI_URL"):
        generator.choose([asked(candidates=3, size=1)])
    assert generator.state is GeneratorState.UNAVAILABLE


def test_a_server_without_models_says_so(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(echo, models=()))

    with pytest.raises(GeneratorError, match="it names no model"):
        OpenAIGenerator(server.url).choose([asked(candidates=3, size=1)])


def test_a_server_that_comes_back_is_ready_again(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(echo, broken=(HTTPStatus.NOT_FOUND, "starting")))
    generator = OpenAIGenerator(server.url, model="tiny-chat")
    with pytest.raises(GeneratorError):
        generator.choose([asked(candidates=3, size=1)])

    server.broken = None

    assert generator.choose([asked(candidates=3, size=1)])
    assert generator.state is GeneratorState.READY


def test_nobody_listening_is_a_generator_error() -> None:
    with pytest.raises(GeneratorError, match=r"127\.0\.0\.1:9.*did not answer"):
        OpenAIGenerator("http://127.0.0.1:9/v1", model="m").write(
            [WritingTask(PROMPT, fallback="-")], max_tokens=9, temperature=0.0
        )


def test_words_come_as_the_server_sends_them(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(lambda _body: "밤에 읽기 좋은 책입니다."))
    generator = OpenAIGenerator(server.url, model="m")

    said = list(generator.stream([WritingTask(PROMPT, "-")], max_tokens=9, temperature=0.0, cancelled=not_cancelled))

    assert said == [
        *(Piece(0, words) for words in ("밤에", " 읽기", " 좋은", " 책입니다.")),
        Written("밤에 읽기 좋은 책입니다.", by="m", prompt_tokens=9, completion_tokens=4),
    ]


def test_a_text_that_says_enough_is_read_no_further(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(lambda _body: "좋습니다. " * 500))
    task = WritingTask(PROMPT, "-", is_done=lambda text: text.count(".") >= 2)

    (written,) = OpenAIGenerator(server.url, model="m").write([task], max_tokens=9, temperature=0.0)

    assert written.text == "좋습니다. 좋습니다."
    assert written.completion_tokens == 2  # those read: the count at the end never came


def test_a_server_that_counts_no_tokens_in_a_stream_is_believed_a_token_a_chunk(
    serve: Callable[[ChatServer], ChatServer],
) -> None:
    server = serve(ChatServer(lambda _body: "밤에 읽습니다.", refuses=frozenset({"stream_options"})))

    (written,) = OpenAIGenerator(server.url, model="m").write([WritingTask(PROMPT, "-")], max_tokens=9, temperature=0)

    assert (written.prompt_tokens, written.completion_tokens) == (0, 2)


def test_when_everybody_left_nothing_more_is_heard(serve: Callable[[ChatServer], ChatServer]) -> None:
    server = serve(ChatServer(lambda _body: "한 낱말 " * 2000))
    heard: list[Piece | Written] = []

    said = OpenAIGenerator(server.url, model="m").stream(
        [WritingTask(PROMPT, "-")] * 3, max_tokens=9, temperature=0.0, cancelled=lambda: len(heard) >= 4
    )
    heard.extend(said)

    assert len(heard) == 4
    assert all(isinstance(each, Piece) for each in heard)
