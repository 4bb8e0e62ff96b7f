"""Any server that speaks the OpenAI chat interface: vLLM, Ollama, llama.cpp, `transformers serve`."""

import importlib
import math
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from recommender.errors import GeneratorError
from recommender.generation.base import (
    COMPOSED,
    Cancelled,
    Choice,
    ChoiceTask,
    GeneratorState,
    ModelInfo,
    Piece,
    Prompt,
    WritingTask,
    Written,
    not_cancelled,
)
from recommender.generation.speaking import Say, as_they_speak

if TYPE_CHECKING:
    from openai import OpenAI, Stream
    from openai.types import CompletionUsage
    from openai.types.chat import ChatCompletion, ChatCompletionChunk

TIMEOUT_S = 120.0
"""A small model on two cores needs about ten seconds for one reason."""

MAX_CHOICE_TOKENS = 120

MAX_AT_ONCE = 20
"""Requests under way at once: ten books with two texts each."""

Extras = Mapping[str, Any]

Task = TypeVar("Task")
Answer = TypeVar("Answer")

WITHOUT_THINKING: Extras = {"chat_template_kwargs": {"enable_thinking": False}}
"""Models that can think aloud are asked not to: a reader waits for the answer alone."""


STREAMED: Extras = {"stream_options": {"include_usage": True}, **WITHOUT_THINKING}
"""Asked for in a stream: how many tokens it took."""


class OpenAIGenerator:
    """A chat server at `url`.

    Args:
        url: where it is, up to and with `/v1`.
        model: the model's name there; empty takes the first that the server names.
        api_key: what it asks for; many local servers take anything.
    """

    at_once = 4
    """Answers of three books each that servers batch; what is more waits in the queue, where it can be told so."""

    def __init__(self, url: str, *, model: str = "", api_key: str = "") -> None:
        self.name = model or "openai"
        self._url = url
        self._model = model
        self._api_key = api_key or "none"
        self._connecting = threading.Lock()
        self._client: OpenAI | None = None
        self._refused: frozenset[str] = frozenset()  # extras that this server does not take
        self._failed = False

    @property
    def state(self) -> GeneratorState:
        """Whether it answered the last time it was asked."""
        if self._failed:
            return GeneratorState.UNAVAILABLE
        return GeneratorState.READY if self._client else GeneratorState.NOT_LOADED

    @property
    def info(self) -> ModelInfo:
        """The model's name and where it is."""
        return ModelInfo(self.name, device=self._url)

    def start_loading(self) -> None:
        """The server loads its model itself; the client's library, which takes a second, is imported beside everything else."""
        if "openai" not in sys.modules:
            threading.Thread(
                target=importlib.import_module, args=("openai",), name="import-openai", daemon=True
            ).start()

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        """Ask with a JSON schema that admits candidate numbers alone, where the server can decode by one.

        Whatever comes back, only numbers of candidates are taken from it, each once; those not named share the last place.
        """
        return tuple(self._at_once(self._choose, tasks))

    def _choose(self, task: ChoiceTask) -> Choice:
        size = min(task.size, task.candidates)
        extras = {**WITHOUT_THINKING, "response_format": _schema(task.candidates, size)}
        answer = self._ask(task.prompt, extras, max_tokens=MAX_CHOICE_TOKENS, temperature=0.0)
        text, usage = _text(answer), answer.usage
        return Choice(
            rank_scores(read_numbers(text, candidates=task.candidates), candidates=task.candidates),
            prompt_tokens=usage.prompt_tokens if usage else 0,
            completion_tokens=usage.completion_tokens if usage else 0,
        )

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:
        """One request a text, all at once: such servers batch what arrives together."""
        said = self.stream(tasks, max_tokens=max_tokens, temperature=temperature, cancelled=not_cancelled)
        return tuple(sorted((each for each in said if isinstance(each, Written)), key=lambda written: written.task))

    def stream(
        self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float, cancelled: Cancelled
    ) -> Iterator[Piece | Written]:
        """One request a text, all at once, each read word by word; a connection is closed when its text says enough."""
        if not tasks:
            return

        def speak(place: int, say: Say, over: threading.Event) -> None:
            text = _StreamedText(place, tasks[place])
            with self._ask(
                tasks[place].prompt, STREAMED, max_tokens=max_tokens, temperature=temperature, stream=True
            ) as chunks:
                for words in self._read(chunks, text):
                    if over.is_set():
                        return
                    say(Piece(place, words))
                    if tasks[place].is_done(text.words):
                        break
            say(text.written(self.name))

        yield from as_they_speak(speak, len(tasks), at_once=MAX_AT_ONCE, cancelled=cancelled)

    def _read(self, chunks: "Stream[ChatCompletionChunk]", text: "_StreamedText") -> Iterator[str]:
        """The words as they come."""
        arriving = iter(chunks)
        while True:
            try:
                chunk = next(arriving)
            except StopIteration:
                return
            except Exception as error:  # the client hands on what its transport raises, whichever that is
                raise self._failure(error) from error
            if words := text.add(chunk):
                yield words

    def _at_once(self, ask: Callable[[Task], Answer], tasks: Sequence[Task]) -> list[Answer]:
        if not tasks:
            return []
        with ThreadPoolExecutor(max_workers=min(len(tasks), MAX_AT_ONCE)) as pool:
            return list(pool.map(ask, tasks))

    def _ask(self, prompt: Prompt, extras: Extras, *, max_tokens: int, temperature: float, stream: bool = False) -> Any:
        """A chat completion, or with `stream` the stream of its chunks.

        Ask with all extras that the server takes; those it refuses are left out, now and from then on.

        Raises:
            GeneratorError: it cannot be reached, refuses the plain question too, or answers something else.
        """
        import openai

        wanted = {name: value for name, value in extras.items() if name not in self._refused}
        while True:
            try:
                answer = self._complete(prompt, wanted, max_tokens=max_tokens, temperature=temperature, stream=stream)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not wanted:
                    raise self._failure(error) from error
                wanted.pop(next(iter(wanted)))
            except openai.OpenAIError as error:
                raise self._failure(error) from error
            else:
                self._refused |= extras.keys() - wanted.keys()
                self._failed = False
                return answer

    def _complete(self, prompt: Prompt, extras: Extras, *, max_tokens: int, temperature: float, stream: bool) -> Any:
        from openai import Stream
        from openai.types.chat import ChatCompletion

        answer: Any = self._connect().chat.completions.create(
            model=self._model,
            messages=[{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
            max_tokens=max_tokens,
            temperature=temperature,
            extra_body=dict(extras),
            stream=stream,
        )
        if stream and isinstance(answer, Stream) and _is_event_stream(answer):
            return answer
        if not isinstance(answer, ChatCompletion) or not answer.choices:
            raise self._failure(ValueError("what came back is no chat completion"))
        return answer

    def _connect(self) -> "OpenAI":
        with self._connecting:
            if self._client is None:
                import openai

                client = openai.OpenAI(base_url=self._url, api_key=self._api_key, timeout=TIMEOUT_S, max_retries=1)
                if not self._model:
                    models = client.models.list().data
                    if not models:
                        raise self._failure(ValueError("it names no model"))
                    self._model = self.name = models[0].id
                self._client = client
            return self._client

    def _failure(self, error: Exception) -> GeneratorError:
        self._failed = True
        return GeneratorError(
            f"{self._url}: the model {self._model or '(the first one)'} did not answer ({_cause(error)}); "
            "check SEOGA_OPENAI_URL, SEOGA_OPENAI_MODEL and SEOGA_OPENAI_API_KEY"
        )


class _StreamedText:
    """One text that is read word by word."""

    def __init__(self, place: int, task: WritingTask) -> None:
        self.words = ""
        self._place = place
        self._fallback = task.fallback
        self._chunks = 0
        self._usage: CompletionUsage | None = None

    def add(self, chunk: "ChatCompletionChunk") -> str:
        """What a chunk says; the last one may only tell the tokens."""
        self._usage = chunk.usage or self._usage
        words = (chunk.choices[0].delta.content or "") if chunk.choices else ""
        self._chunks += bool(words)
        self.words += words
        return words

    def written(self, name: str) -> Written:
        """The whole; a server that does not count tokens, or was interrupted, has sent one a chunk."""
        text, usage = self.words.strip(), self._usage
        return Written(
            text or self._fallback,
            by=name if text else COMPOSED,
            prompt_tokens=usage.prompt_tokens if usage else 0,
            completion_tokens=usage.completion_tokens if usage else self._chunks,
            task=self._place,
        )


def _is_event_stream(answer: Any) -> bool:
    return str(answer.response.headers.get("content-type", "")).startswith("text/event-stream")


def _cause(error: Exception) -> str:
    """Why it failed, without what the server said of the request: that may hold the question, and goes into the log."""
    status = getattr(error, "status_code", None)
    return (
        f"status {int(status)} {HTTPStatus(status).phrase}"
        if status
        else f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    )


def read_numbers(text: str, *, candidates: int) -> tuple[int, ...]:
    """The numbers from 1 to `candidates` that a text names, in its order, none twice."""
    named = [int(digits) for digits in re.findall(r"\d{1,4}", text)]
    return tuple(dict.fromkeys(number for number in named if 1 <= number <= candidates))


def rank_scores(numbers: Sequence[int], *, candidates: int) -> tuple[float, ...]:
    """Scores for all candidates of which only the best are named, in their order: minus the logarithm of the place.

    Those not named share the place after the last; where none is named, all are equal.
    """
    places = {number: place for place, number in enumerate(numbers, 1)}
    return tuple(-math.log(places.get(number, len(numbers) + 1)) for number in range(1, candidates + 1))


def _schema(candidates: int, size: int) -> dict[str, Any]:
    """A response format that admits nothing but `{"books": [numbers]}`."""
    numbers = {
        "type": "array",
        "items": {"type": "integer", "enum": list(range(1, candidates + 1))},
        "minItems": size,
        "maxItems": size,
    }
    wanted = {"type": "object", "properties": {"books": numbers}, "required": ["books"], "additionalProperties": False}
    return {"type": "json_schema", "json_schema": {"name": "choice", "strict": True, "schema": wanted}}


def _text(answer: "ChatCompletion") -> str:
    return (answer.choices[0].message.content or "").strip()
