"""How long explained books take: the product's way beside one prompt that asks for JSON, with the same model."""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from evaluation.bench.random_model import save_random_model
from evaluation.bench.single_prompt import ask, frame_tokens, is_well_formed, json_prompt
from evaluation.bench.timing import Clock
from evaluation.temporary import live_books
from recommender.bundle import GenerationBundle
from recommender.clock import Stopwatch
from recommender.generation.base import Prompt
from recommender.generation.local.loading import NumberFormat
from recommender.generation.transformers import TransformersGenerator
from recommender.recommend.explaining import explain
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.unfinished import UnfinishedAnswer
from recommender.recommend.updates import Explanation
from recommender.recommend.values import MAX_RECOMMENDATIONS, Question
from recommender.records import book_from_record, content_text

if TYPE_CHECKING:
    from recommender.library import Library

QUESTION = "불안해서 잠이 오지 않는 밤에 읽을 책"

RANDOM = "random:"

USUAL_FORMAT = NumberFormat.BFLOAT16
"""As transformers loads small models: the format of their files."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """What is compared.

    Args:
        model: a folder or a name on the hub, or `random:SHAPE` with a shape of `random_model.SHAPES`.
        tokens: written of each text, two texts a book, by both ways.
        runs: timed answers of each way, in turns.
        candidates: that both ways choose from.
        size: books in an answer.
        number_format: of the product's weights; the single prompt, and the product step by step, have `USUAL_FORMAT`.
        cpu_time: count the processor's time, all threads together, instead of the clock's: on a machine that is busy, with
            one thread (OMP_NUM_THREADS=1), it is what the clock would say on an idle one.
    """

    model: str
    tokens: int
    runs: int
    candidates: int
    size: int
    number_format: NumberFormat
    cpu_time: bool = False


@dataclass(frozen=True, slots=True)
class WayFigures:
    """One way of answering."""

    name: str
    seconds: tuple[float, ...]
    prompt_tokens: int
    completion_tokens: int
    well_formed: int  # of the runs

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All ways, the single prompt first, and the prompts that both were given."""

    ways: tuple[WayFigures, ...]
    single: Prompt
    ours: tuple[Prompt, ...]
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class _Run:
    prompt_tokens: int
    completion_tokens: int
    is_well_formed: bool


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """What many answers of a random model were worth."""

    answers: int
    texts: int
    malformed: int
    invented: int


@contextmanager
def model_folder(model: str, texts: Sequence[str]) -> Iterator[str]:
    """The model's own name or folder, or a random one's that is gone afterwards.

    Raises:
        InputError: there is no such random shape.
    """
    if not model.startswith(RANDOM):
        yield model
        return
    with TemporaryDirectory(prefix="seoga-random-model-") as folder:
        save_random_model(Path(folder), model.removeprefix(RANDOM), texts)
        yield folder


def compare(library: "Library", options: Comparing, *, report: Callable[[str], None]) -> Comparison:
    """Time every way over the same question and candidates, in turns, so that what else the machine does meets all alike.

    Raises:
        InputError: there is no such random shape.
        GeneratorError: the model cannot be loaded.
    """
    question = Question(text=QUESTION, num_candidates=options.candidates, size=options.size)
    (inquiry,) = library.recommend.prepare([question])
    tuned = replace(library.bundle.recommend.generation, max_tokens=options.tokens, temperature=0.0)
    with model_folder(options.model, _texts(library)) as folder:
        single = _SinglePrompt(folder, inquiry, options)
        ways: dict[str, Callable[[], _Run]] = {"one prompt, JSON, generate()": single.run}
        for name, how in _ways(folder, options).items():
            ways[name] = _ours(how, inquiry, tuned, library)
        one_listing = replace(tuned, choice_listings=1)
        ways["ours, one listing"] = _ours(_generator(folder, options.number_format), inquiry, one_listing, library)
        clock = time.process_time if options.cpu_time else time.perf_counter
        figures = _time(ways, options.runs, clock, report)
        return Comparison(figures, single.prompt, _our_prompts(inquiry, tuned, library), single.memory_bytes)


def judge_answers(library: "Library", model: str, answers: int, *, report: Callable[[str], None]) -> AnswerFigures:
    """Have a model answer often, each time to another question, and count what is not as it has to be."""
    chance = random.Random(1)
    words = [title for text in _texts(library) for title in text.split()[:3]]
    held = {book.id for book in live_books(library)}
    malformed = invented = texts = 0
    with model_folder(model, _texts(library)) as folder:
        generator = TransformersGenerator(folder)
        tuned = replace(library.bundle.recommend.generation, max_tokens=12, temperature=1.5)
        for number in range(1, answers + 1):
            question = Question(
                text=" ".join(chance.sample(words, 3)) or "책", language=chance.choice(["ko", "en"]),
                num_candidates=chance.randint(1, 12), size=chance.randint(1, 4),
            )  # fmt: skip
            (inquiry,) = library.recommend.prepare([question])
            answer = explain(inquiry, generator, tuned, library.analyzer, Stopwatch())
            texts += 2 * len(answer.recommendations)
            malformed += not _is_whole(answer, inquiry)
            invented += any(item.book.id not in held for item in answer.recommendations)
            if number % 100 == 0:
                report(f"{number} answers, {malformed} malformed, {invented} with an invented book")
    return AnswerFigures(answers, texts, malformed, invented)


def _is_whole(answer: Explanation, inquiry: Inquiry) -> bool:
    """As many different candidates as asked for, or all there are, each with both texts, and nothing failed."""
    chosen = [item.book.id for item in answer.recommendations]
    wanted = min(inquiry.question.size, len(inquiry.candidate_ids), MAX_RECOMMENDATIONS)
    return (
        len(set(chosen)) == len(chosen) == wanted
        and set(chosen) <= set(inquiry.candidate_ids)
        and all(item.reasons.why and item.reasons.help for item in answer.recommendations)
        and not answer.notice
    )


def _ways(folder: str, options: Comparing) -> Mapping[str, TransformersGenerator]:
    """From the slowest to what the product does, each with one more of its parts."""
    return {
        "ours, text by text": _generator(folder, USUAL_FORMAT, reuse=False, most_rows=1),
        "ours, one batch": _generator(folder, USUAL_FORMAT, reuse=False),
        "ours, shared beginnings once": _generator(folder, USUAL_FORMAT),
        f"ours, weights as {options.number_format}": _generator(folder, options.number_format),
    }


def _generator(folder: str, number_format: NumberFormat, **how: Any) -> TransformersGenerator:
    return TransformersGenerator(folder, number_format=number_format, **how)


def _ours(
    generator: TransformersGenerator, inquiry: Inquiry, tuned: GenerationBundle, library: "Library"
) -> Callable[[], _Run]:
    def run() -> _Run:
        answer = explain(inquiry, generator, tuned, library.analyzer, Stopwatch())
        return _Run(answer.usage.prompt_tokens, answer.usage.completion_tokens, _is_whole(answer, inquiry))

    return run


def _our_prompts(inquiry: Inquiry, tuned: GenerationBundle, library: "Library") -> tuple[Prompt, ...]:
    """The choice's, and the first book's two."""
    from recommender.generation.composed import ComposedGenerator

    answer = UnfinishedAnswer(inquiry, tuned, library.analyzer)
    task = answer.choice_task()
    answer.choose(ComposedGenerator().choose([task])[0])
    return (task.prompt, *(writing.prompt for writing in answer.writing_tasks()[:2]))


class _SinglePrompt:
    """The usual way, with a model of its own, just as transformers loads it."""

    def __init__(self, folder: str, inquiry: Inquiry, options: Comparing) -> None:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        books = [book_from_record(document.source["record"]) for document in inquiry.candidates.documents]
        self.prompt = json_prompt(inquiry.question.text, books, options.size)
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype="auto").eval()
        self._model = model.to("cuda" if torch.cuda.is_available() else "cpu")
        self.memory_bytes = int(model.get_memory_footprint())
        self._candidates = len(books)
        self._size = options.size
        texts = 2 * options.size * options.tokens
        self._tokens = texts + frame_tokens(self._tokenizer, options.size)

    def run(self) -> _Run:
        """One answer."""
        answer = ask(self._model, self._tokenizer, self.prompt, tokens=self._tokens)
        whole = is_well_formed(answer.text, candidates=self._candidates, size=self._size)
        return _Run(answer.prompt_tokens, answer.completion_tokens, whole)


def _time(
    ways: Mapping[str, Callable[[], _Run]], runs: int, clock: Clock, report: Callable[[str], None]
) -> tuple[WayFigures, ...]:
    times: dict[str, list[float]] = {name: [] for name in ways}
    made: dict[str, list[_Run]] = {name: [] for name in ways}
    for number in range(runs + 1):  # the first, in which models load, does not count
        for name, run in ways.items():
            start = clock()
            answer = run()
            seconds = clock() - start
            report(f"{'warm' if number == 0 else number}: {name}: {seconds:.2f} s")
            if number:
                times[name].append(seconds)
                made[name].append(answer)
    return tuple(
        WayFigures(
            name, tuple(times[name]), made[name][-1].prompt_tokens, made[name][-1].completion_tokens,
            sum(each.is_well_formed for each in made[name]),
        )
        for name in ways
    )  # fmt: skip


def _texts(library: "Library") -> list[str]:
    return [content_text(book) for book in live_books(library)]
