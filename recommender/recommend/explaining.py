"""Letting a generator choose among candidates and write the reasons, with composed ones wherever it does not."""

import logging
from collections import abc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from recommender.bundle import GenerationBundle
from recommender.clock import Stopwatch
from recommender.errors import GeneratorError
from recommender.generation.base import Cancelled, Generator, GeneratorState, Piece, Written, not_cancelled
from recommender.generation.composed import ComposedGenerator
from recommender.recommend.grounding.sentences import Reader
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.unfinished import UnfinishedAnswer
from recommender.recommend.updates import (
    GENERATOR_LOADING,
    GENERATOR_UNAVAILABLE,
    Chosen,
    Explanation,
    Finished,
    Update,
)

Said = Piece | Written

log = logging.getLogger(__name__)


def explain(
    inquiry: Inquiry,
    generator: Generator,
    tuned: GenerationBundle,
    reader: Reader,
    watch: Stopwatch,
    *,
    cancelled: Cancelled = not_cancelled,
) -> Explanation:
    """Choose and write with the generator, or without it if it fails; `reader` takes what it writes apart to check it."""
    explanation = Explanation()
    for update in explain_steps(inquiry, generator, tuned, reader, watch, cancelled=cancelled):
        if isinstance(update, Finished):
            explanation = update.explanation
    return explanation


def explain_steps(
    inquiry: Inquiry,
    generator: Generator,
    tuned: GenerationBundle,
    reader: Reader,
    watch: Stopwatch,
    *,
    cancelled: Cancelled = not_cancelled,
) -> Iterator[Update]:
    """The same step by step: the books at once, then each sentence that may be shown, each book that is done, the whole.

    When `cancelled()` is true, nothing more is generated, and books that are not done keep their composed reasons.
    """
    if not inquiry.candidates.documents:
        yield Finished(Explanation())
        return
    answer = UnfinishedAnswer(inquiry, tuned, reader)
    with watch.stage("choice"):
        able = _choose([answer], generator)
    yield Chosen(answer.recommendations)
    yield from _write(answer, able, tuned, watch, cancelled)
    yield Finished(answer.explanation)


def explain_many(
    inquiries: Sequence[Inquiry], generator: Generator, tuned: GenerationBundle, reader: Reader, watch: Stopwatch
) -> tuple[Explanation, ...]:
    """The explanations of many inquiries, in their order; all texts are written in one batch."""
    answers = {
        place: UnfinishedAnswer(inquiry, tuned, reader)
        for place, inquiry in enumerate(inquiries)
        if inquiry.candidates.documents
    }
    with watch.stage("choice"):
        able = _choose(list(answers.values()), generator)
    with watch.stage("reasons"):
        _write_all(list(answers.values()), able, tuned)
    return tuple(answers[place].explanation if place in answers else Explanation() for place in range(len(inquiries)))


def _choose(answers: Sequence[UnfinishedAnswer], generator: Generator) -> Generator:
    """Let every answer choose its books; returns who can write about them, which is nobody where the choice failed."""
    generator = _at_hand(answers, generator)
    if generator.state is GeneratorState.NO_MODEL:
        return _retrieved(answers, generator)
    try:
        choices = generator.choose([answer.choice_task() for answer in answers])
    except GeneratorError as error:
        return _retrieved(answers, _stand_in(answers, error))
    for answer, choice in zip(answers, choices, strict=True):
        answer.choose(choice)
    return generator


def _retrieved(answers: Sequence[UnfinishedAnswer], generator: Generator) -> Generator:
    """Let every answer take the books that retrieval put first: prompts that nobody reads need not be written."""
    for answer in answers:
        answer.choose_first()
    return generator


def _at_hand(answers: Sequence[UnfinishedAnswer], generator: Generator) -> Generator:
    """The generator, unless one would have to wait for it."""
    if generator.state is not GeneratorState.LOADING:
        return generator
    for answer in answers:
        answer.notice = GENERATOR_LOADING
    return ComposedGenerator()


def _stand_in(answers: Sequence[UnfinishedAnswer], error: GeneratorError) -> Generator:
    log.warning("composed reasons stand in: %s", error)
    for answer in answers:
        answer.notice = GENERATOR_UNAVAILABLE
    return ComposedGenerator()


def _write(
    answer: UnfinishedAnswer, generator: Generator, tuned: GenerationBundle, watch: Stopwatch, cancelled: Cancelled
) -> Iterator[Update]:
    """What becomes known while the texts of one answer are written; nothing without a model, all is composed by then."""
    if generator.state is GeneratorState.NO_MODEL:
        return
    tasks = answer.writing_tasks()
    said = generator.stream(tasks, max_tokens=tuned.max_tokens, temperature=tuned.temperature, cancelled=cancelled)
    try:
        for word in _timed(said, watch, "reasons"):
            with watch.stage("checking"):
                updates = answer.hear(word)
            yield from updates
    except GeneratorError as error:
        _stand_in([answer], error)


def _write_all(answers: Sequence[UnfinishedAnswer], generator: Generator, tuned: GenerationBundle) -> None:
    """Write the texts of all answers in one batch."""
    if generator.state is GeneratorState.NO_MODEL:
        return
    tasks = [answer.writing_tasks() for answer in answers]
    owners = [(answer, place) for answer, own in zip(answers, tasks, strict=True) for place in range(len(own))]
    try:
        written = generator.write(
            list(chain.from_iterable(tasks)), max_tokens=tuned.max_tokens, temperature=tuned.temperature
        )
    except GeneratorError as error:
        _stand_in(answers, error)
        return
    for (answer, place), text in zip(owners, written, strict=True):
        answer.hear(replace(text, task=place))


def _timed(said: Iterator[Said], watch: Stopwatch, stage: str) -> Iterator[Said]:
    """The same, the time for each counted, but not what the caller does in between; closed with it."""
    try:
        while True:
            with watch.stage(stage):
                word = next(said, None)
            if word is None:
                return
            yield word
    finally:
        if isinstance(said, abc.Generator):
            said.close()
