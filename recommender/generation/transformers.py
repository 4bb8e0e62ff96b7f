"""Any causal language model in this process, by name or folder, through the transformers library."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

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
from recommender.generation.chat import chat_text
from recommender.generation.debiasing import debiased
from recommender.generation.labels import Labels, Tokens
from recommender.generation.local.decoder import Decoder, greedy, sampling
from recommender.generation.local.loading import LoadedModel, NumberFormat, load
from recommender.generation.local.rows import GrowingText
from recommender.generation.weights import Weights

MOST_ROWS = 24
"""Texts written at once: eight books' with both texts. More would take memory and, on a few cores, gain no time."""

SEPARATORS = (",", "\n", ";")
"""What may follow a number in a list; the first that is one token, and no part of a number, says that it has ended."""


class TransformersGenerator:
    """A model that is loaded when it is first needed and then kept.

    Args:
        model: a name on the model hub (`NAME` or, at one commit, `NAME@REVISION`), or a folder with the weights and a
            tokenizer; `MODEL+ADAPTER` adds what `python -m training lora` learned.
        number_format: what its weights are kept as.
        reuse: whether what prompts have in common is run once; without it is slower, which is measured by it.
        most_rows: how many texts are written at once.
    """

    at_once = 1
    """Two generations would only share the same cores."""

    def __init__(
        self,
        model: str,
        *,
        number_format: NumberFormat = NumberFormat.AUTO,
        reuse: bool = True,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self.name = model
        self._weights = Weights.of(model)
        self._number_format = number_format
        self._reuse = reuse
        self._most_rows = most_rows
        self._lock = threading.Lock()  # one generation at a time: two would only share the same cores
        self._loaded: LoadedModel | None = None
        self._decoder: Decoder | None = None
        self._failure = ""
        self._loading = False

    @property
    def state(self) -> GeneratorState:
        """Whether the model is in memory."""
        if self._failure:
            return GeneratorState.UNAVAILABLE
        if self._decoder is not None:
            return GeneratorState.READY
        return GeneratorState.LOADING if self._loading else GeneratorState.NOT_LOADED

    @property
    def info(self) -> ModelInfo:
        """What is in memory."""
        return self._loaded.info if self._loaded else ModelInfo(self.name)

    def start_loading(self) -> None:
        """Load in a thread of its own; a failure is kept in the state, and told to whoever asks."""
        if self.state is GeneratorState.NOT_LOADED:
            self._loading = True
            threading.Thread(target=self._load_quietly, name="load-model", daemon=True).start()

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        """How likely the model holds each number, without what it prefers in the number itself."""
        with self._lock, self._running() as (loaded, decoder):
            return tuple(self._choose(task, loaded, decoder) for task in tasks)

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:
        """All texts in as few batches as memory allows."""
        said = self.stream(tasks, max_tokens=max_tokens, temperature=temperature, cancelled=not_cancelled)
        return tuple(sorted((each for each in said if isinstance(each, Written)), key=lambda written: written.task))

    def stream(
        self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float, cancelled: Cancelled
    ) -> Iterator[Piece | Written]:
        """The words of all texts as they come, a token of each at a time."""
        if not tasks:
            return
        with self._lock, self._running() as (loaded, decoder):
            prompts = [self._tokens_of(task.prompt, loaded) for task in tasks]
            try:
                for first in range(0, len(tasks), self._most_rows):
                    places = range(first, min(first + self._most_rows, len(tasks)))
                    part = _Writing(self.name, loaded, tasks, places)
                    self._check_window([prompts[place] for place in part.places], max_tokens, decoder)
                    yield from part.run(
                        decoder, prompts, max_tokens=max_tokens, temperature=temperature, cancelled=cancelled
                    )
            finally:  # of the question and the reader nothing stays behind, of the system's words all
                decoder.forget(self._tokens_of(Prompt(tasks[0].prompt.system, ""), loaded))

    def _choose(self, task: ChoiceTask, loaded: LoadedModel, decoder: Decoder) -> Choice:
        labels = _labels(loaded, task.candidates)
        prompts = [task.prompt, *(listing.prompt for listing in task.listings), *([task.blank] if task.blank else [])]
        answers = [self._label_scores(prompt, labels, loaded, decoder) for prompt in prompts]
        likely = [scores for scores, _ in answers]
        expected = likely.pop() if task.blank else (0.0,) * task.candidates
        orders = [tuple(range(task.candidates)), *(listing.order for listing in task.listings)]
        without_blank = [[score - prior for score, prior in zip(scores, expected, strict=True)] for scores in likely]
        return Choice(
            debiased(without_blank, orders),
            prompt_tokens=sum(length for _, length in answers),
            completion_tokens=len(answers),
        )

    def _label_scores(
        self, prompt: Prompt, labels: Labels, loaded: LoadedModel, decoder: Decoder
    ) -> tuple[tuple[float, ...], int]:
        """The log-probability of each number as the answer to a prompt, and the prompt's tokens."""
        tokens = self._tokens_of(prompt, loaded)
        self._check_window([tokens], max(map(len, labels.labels)), decoder)
        beginnings = labels.beginnings()
        scores = zip(beginnings, decoder.scores_after(tokens, beginnings), strict=True)
        admitted = {
            beginning: {token: logits[token] for token in labels.admitted(beginning)} for beginning, logits in scores
        }
        return labels.log_probabilities(admitted), len(tokens)

    def _check_window(self, prompts: Sequence[Sequence[int]], max_tokens: int, decoder: Decoder) -> None:
        length = max(map(len, prompts))
        if decoder.window and length + max_tokens > decoder.window:
            raise GeneratorError(
                f"generator {self.name}: {length} tokens of prompt and {max_tokens} of answer do not fit into its window "
                f"of {decoder.window}; ask with a smaller num_candidates, or choose a model with a larger window"
            )

    @contextmanager
    def _running(self) -> Iterator[tuple[LoadedModel, Decoder]]:
        """The model, loaded; what torch raises while it runs, for want of memory above all, is a `GeneratorError`."""
        loaded, decoder = self._load()
        try:
            yield loaded, decoder
        except (RuntimeError, MemoryError) as error:
            decoder.forget()
            reason = str(error).strip().partition("\n")[0] or type(error).__name__
            raise GeneratorError(f"generator {self.name}: {reason}; choose a smaller model") from error

    def _load_quietly(self) -> None:
        with self._lock, suppress(GeneratorError):
            self._load()

    def _load(self) -> tuple[LoadedModel, Decoder]:
        if self._loaded is not None and self._decoder is not None:
            return self._loaded, self._decoder
        if self._failure:  # a model that is not there would be looked for again at every question
            raise GeneratorError(f"generator {self.name}: {self._failure}, and start again")
        try:
            loaded = load(self.name, self._weights, self._number_format)
        except GeneratorError as error:
            self._failure = str(error)
            raise GeneratorError(f"generator {self.name}: {self._failure}") from error
        decoder = Decoder(loaded.model, pad=min(loaded.ends, default=0), reuse=self._reuse)
        self._loaded, self._decoder = loaded, decoder
        return loaded, decoder

    def _tokens_of(self, prompt: Prompt, loaded: LoadedModel) -> list[int]:
        return _encoded(loaded, chat_text(loaded.tokenizer, prompt))


class _Writing:
    """The texts of one batch."""

    def __init__(self, name: str, loaded: LoadedModel, tasks: Sequence[WritingTask], places: range) -> None:
        self.places = places
        self._name = name
        self._loaded = loaded
        self._tasks = tasks
        self._texts = {place: GrowingText(self._decoded, tasks[place].is_done) for place in places}

    def run(
        self,
        decoder: Decoder,
        prompts: Sequence[Sequence[int]],
        *,
        max_tokens: int,
        temperature: float,
        cancelled: Cancelled,
    ) -> Iterator[Piece | Written]:
        """Continue all of them together until each is finished."""
        pick = sampling(temperature) if temperature > 0 else greedy
        batch = decoder.begin([prompts[place] for place in self.places], max_tokens=max_tokens)
        while batch.rows and not cancelled():
            finished = set()
            for row, token in batch.next_tokens(pick):
                place = self.places[row]
                if words := self._add(place, token):
                    yield Piece(place, words)
                if self._is_finished(place, token, max_tokens):
                    finished.add(row)
                    yield self._written(place, len(prompts[place]))
            batch.drop(finished)

    def _add(self, place: int, token: int) -> str:
        return "" if token in self._loaded.ends else self._texts[place].add(token)

    def _is_finished(self, place: int, token: int, max_tokens: int) -> bool:
        text = self._texts[place]
        return token in self._loaded.ends or len(text.tokens) >= max_tokens or text.says_enough()

    def _written(self, place: int, prompt_tokens: int) -> Written:
        tokens = self._texts[place].tokens
        words = self._decoded(tokens).strip()
        return Written(
            words or self._tasks[place].fallback,
            by=self._name if words else COMPOSED,
            prompt_tokens=prompt_tokens,
            completion_tokens=len(tokens),
            task=place,
        )

    def _decoded(self, tokens: list[int]) -> str:
        text: str = self._loaded.tokenizer.decode(tokens, skip_special_tokens=True)
        return text


def _labels(loaded: LoadedModel, candidates: int) -> Labels:
    """The numbers of the candidates, and what follows one in an answer."""
    numbers: list[Tokens] = [tuple(_encoded(loaded, str(number))) for number in range(1, candidates + 1)]
    used = {token for number in numbers for token in number}
    separators = [_encoded(loaded, separator) for separator in SEPARATORS]
    single = [tokens[0] for tokens in separators if len(tokens) == 1 and tokens[0] not in used]
    ends = (*single, *sorted(loaded.ends))
    if not ends:
        raise GeneratorError(f"the tokenizer of {loaded.info.name} has no end and no comma; choose another model")
    return Labels(numbers, end=ends[0])


def _encoded(loaded: LoadedModel, text: str) -> list[int]:
    tokens: list[int] = loaded.tokenizer.encode(text, add_special_tokens=False)
    return tokens
