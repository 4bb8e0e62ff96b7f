"""A model as a judge: it chooses among the six lines of the rubric, and cannot answer anything else.

Each book is asked about twice, with the worst grade first and with the best first, so that a model that likes the first
line, the last, or the digit 3 does not thereby like or dislike books. The grade is the expected value of what it thinks
likely, 3.4 rather than 3 where it wavers.
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from string import Template
from typing import Protocol

from evaluation.judging.items import Item
from evaluation.judging.rubric import Rubric, read_rubric
from evaluation.judging.values import HIGHEST, LOWEST, Judgement
from recommender.generation.base import Choice, ChoiceTask, Prompt
from recommender.generation.openai import rank_scores
from recommender.recommend.prompting import one_line, shortened, shortened_inside

BOOKS_AT_ONCE = 2
"""Books in one batch, two prompts each: more would only take memory, and a crash or Ctrl-C costs no more than these."""

LONGEST_QUESTION, LONGEST_READER, LONGEST_BOOK, LONGEST_REASONS = 600, 600, 600, 600
"""Characters in a prompt: with the rubric about 1,500 tokens, which fits into the window of any small model."""

NOTHING = "-"


class Chooser(Protocol):
    """The part of a generator that judges."""

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        """Say of each task's numbered lines how likely each is."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements of one book, and what they took."""

    judgements: tuple[Judgement, ...]
    tokens: int
    is_malformed: bool = False  # the model named no line; then there is no grade


class ModelJudge:
    """Judges books with a generator's model.

    Args:
        name: under which its judgements are kept.
        chooser: the generator.
        clock: seconds.
    """

    def __init__(self, name: str, chooser: Chooser, clock: Callable[[], float] = time.perf_counter) -> None:
        self.name = name
        self._chooser = chooser
        self._clock = clock

    def judge(self, items: Sequence[Item]) -> Iterator[Judged]:
        """A grade for each, a few at a time.

        Raises:
            GeneratorError: the model failed.
        """
        for start in range(0, len(items), BOOKS_AT_ONCE):
            batch = items[start : start + BOOKS_AT_ONCE]
            tasks = [task for item in batch for task in grading_tasks(item)]
            began = self._clock()
            choices = self._chooser.choose(tasks)
            seconds = (self._clock() - began) / len(batch)
            for item, upwards, downwards in zip(batch, choices[::2], choices[1::2], strict=True):
                yield self._judged(item, upwards, downwards, seconds)

    def _judged(self, item: Item, upwards: Choice, downwards: Choice, seconds: float) -> Judged:
        grade = expected_grade(upwards.scores, downwards.scores)
        rounded = None if grade is None else round(grade, 3)
        version = read_rubric(item.question.language).version
        judgements = item.judgements(self.name, rounded, seconds=seconds, rubric=version, skipped=grade is None)
        tokens = sum(each.prompt_tokens + each.completion_tokens for each in (upwards, downwards))
        return Judged(judgements, tokens, is_malformed=grade is None)


def expected_grade(upwards: Sequence[float], downwards: Sequence[float]) -> float | None:
    """The mean grade of what a model thinks likely; None where it said nothing in one of the two directions.

    Args:
        upwards: log-probabilities, up to a constant, of the grades from 0 to 5.
        downwards: the same as asked with the best grade first: of the grades from 5 to 0.
    """
    if _says_nothing(upwards) or _says_nothing(downwards):
        return None
    both = zip(_probabilities(upwards), _probabilities(downwards)[::-1], strict=True)
    return sum(grade * (one + other) / 2 for grade, (one, other) in enumerate(both, LOWEST))


def grading_tasks(item: Item) -> tuple[ChoiceTask, ChoiceTask]:
    """What is asked about one book: upwards and downwards."""
    rubric = read_rubric(item.question.language)
    anchors = [f"{grade.label}. {grade.anchor}" for grade in rubric.grades]
    return _task(rubric, item, anchors), _task(rubric, item, anchors[::-1])


def _task(rubric: Rubric, item: Item, lines: Sequence[str]) -> ChoiceTask:
    return ChoiceTask(
        prompt=_prompt(rubric, item, lines),
        blank=_prompt(rubric, item, [NOTHING] * len(lines)),
        candidates=HIGHEST - LOWEST + 1,
        size=1,
    )


def _prompt(rubric: Rubric, item: Item, lines: Sequence[str]) -> Prompt:
    question, book = item.question, item.book
    facts = (book.title, book.authors, book.published, ", ".join(book.keywords), book.description)
    filled = {
        "question": shortened_inside(one_line(rubric.asked(question)), LONGEST_QUESTION),
        "reader": shortened(one_line(" / ".join(rubric.known(question.reader))), LONGEST_READER),
        "book": shortened(one_line(" / ".join(filter(None, facts))), LONGEST_BOOK),
        "reasons": shortened(one_line(f"{book.why} {book.help}"), LONGEST_REASONS),
        "scale": "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)),
    }
    user = Template(rubric.user).substitute({name: text or NOTHING for name, text in filled.items()})
    return Prompt(system=rubric.system, user=user)


def _says_nothing(scores: Sequence[float]) -> bool:
    """A model that named no line leaves all as likely."""
    return len(set(scores)) < 2  # noqa: PLR2004 (one value throughout)


def _probabilities(scores: Sequence[float]) -> list[float]:
    """How likely each line is; a server says no more than which it names, and the others then have none."""
    named = _named(scores)
    shares = [math.exp(score - max(scores)) if number in named else 0.0 for number, score in enumerate(scores, 1)]
    return [share / sum(shares) for share in shares]


def _named(scores: Sequence[float]) -> Sequence[int]:
    """The numbers that a server named, where the scores are a server's; else all."""
    numbers = range(1, len(scores) + 1)
    best_first = sorted(numbers, key=lambda number: -scores[number - 1])
    named = [number for number in best_first if scores[number - 1] > min(scores)]
    return named if rank_scores(named, candidates=len(scores)) == tuple(scores) else numbers
