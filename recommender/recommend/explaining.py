"""Letting a generator choose among candidates and write the reasons, with composed ones wherever it does not."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from recommender.bundle import GenerationBundle
from recommender.clock import Stopwatch
from recommender.engine.base import Document
from recommender.errors import GeneratorError
from recommender.generation.base import COMPOSED, Choice, Generator, WritingTask, Written
from recommender.generation.composed import ComposedGenerator
from recommender.models import Book
from recommender.recommend.composing import compose_reasons, evidence_sentences
from recommender.recommend.evidence import gather
from recommender.recommend.grounding import facts_of
from recommender.recommend.grounding.sentences import Reader
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.prompting import Prompts
from recommender.recommend.reasons import Checking, asker_of, shown_reasons
from recommender.recommend.values import (
    EnrichedQuestion,
    Evidence,
    Reasons,
    ReasonSource,
    Recommendation,
    Usage,
)
from recommender.records import book_from_record
from recommender.search.results import LegRank

GENERATOR_UNAVAILABLE = "generator_unavailable"
"""Notice: the model did not answer, so the reasons are composed."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Pick:
    """One chosen book on its way to a recommendation."""

    book: Book
    evidence: tuple[Evidence, ...]
    composed: Reasons
    legs: tuple[LegRank, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the generator made of the candidates."""

    recommendations: tuple[Recommendation, ...] = ()
    usage: Usage = field(default_factory=Usage)
    notice: str = ""


def explain(
    inquiry: Inquiry, generator: Generator, tuned: GenerationBundle, reader: Reader, watch: Stopwatch
) -> Explanation:
    """Choose and write with the generator, or without it if it fails; `reader` takes what it writes apart to check it."""
    try:
        return _explain_with(generator, inquiry, tuned, reader, watch)
    except GeneratorError as error:
        log.warning("composed reasons stand in: %s", error)
        return replace(_explain_with(ComposedGenerator(), inquiry, tuned, reader, watch), notice=GENERATOR_UNAVAILABLE)


def _explain_with(
    generator: Generator, inquiry: Inquiry, tuned: GenerationBundle, reader: Reader, watch: Stopwatch
) -> Explanation:
    documents = inquiry.candidates.documents
    if not documents:
        return Explanation()
    question, enriched = inquiry.question, inquiry.enriched
    prompts = Prompts(tuned.prompt, question.language)
    books = [book_from_record(document.source["record"]) for document in documents]
    with watch.stage("choice"):
        prompt = prompts.choose(enriched, books, size=question.size)
        choice = generator.choose(prompt, candidates=len(books), size=question.size)
    with watch.stage("reasons"):
        picks = [
            _pick(inquiry, documents[number - 1], books[number - 1], position=position)
            for position, number in enumerate(choice.numbers)
        ]
        tasks = _tasks(picks, prompts, enriched, question.language)
        written = generator.write(tasks, max_tokens=tuned.max_tokens, temperature=tuned.temperature)
    with watch.stage("checking"):
        asker = asker_of(enriched, inquiry.context, inquiry.wanted.answers)
        checking = Checking(asker, prompts.own_words, reader, question.language)
        recommendations = _recommendations(picks, written, checking)
    return Explanation(recommendations, _usage(choice, written))


def _pick(inquiry: Inquiry, document: Document, book: Book, *, position: int) -> _Pick:
    legs = inquiry.candidates.fused.explain(book.id)
    evidence = gather(book, document.source, wanted=inquiry.wanted, context=inquiry.context, legs=legs)
    composed = compose_reasons(book, evidence, language=inquiry.question.language, position=position)
    return _Pick(book, evidence, composed, legs)


def _tasks(picks: Sequence[_Pick], prompts: Prompts, enriched: EnrichedQuestion, language: str) -> list[WritingTask]:
    """Two texts a book, why and help, in the order of the books."""
    tasks = []
    for pick in picks:
        facts = evidence_sentences(pick.book, pick.evidence, language=language)
        tasks.append(WritingTask(prompts.why(enriched, pick.book, facts), fallback=pick.composed.why))
        tasks.append(WritingTask(prompts.help(enriched, pick.book, facts), fallback=pick.composed.help))
    return tasks


def _recommendations(
    picks: Sequence[_Pick], written: Sequence[Written], checking: Checking
) -> tuple[Recommendation, ...]:
    return tuple(
        _recommendation(pick, (why, help_), checking)
        for pick, why, help_ in zip(picks, written[::2], written[1::2], strict=True)
    )


def _recommendation(pick: _Pick, written: tuple[Written, Written], checking: Checking) -> Recommendation:
    if all(text.by == COMPOSED for text in written):
        reasons = pick.composed
    else:
        facts = facts_of(pick.book, checking.asker, checking.reader, instructions=checking.instructions)
        reasons = shown_reasons(written, pick.composed, checking, facts)
    by_model = ReasonSource.MODEL in (reasons.why_source, reasons.help_source)
    name = next((text.by for text in written if text.by != COMPOSED), COMPOSED)
    return Recommendation(
        book=pick.book,
        reasons=reasons,
        evidence=pick.evidence,
        legs=pick.legs,
        generated_by=name if by_model else COMPOSED,
    )


def _usage(choice: Choice, written: Sequence[Written]) -> Usage:
    return sum(
        (Usage(text.prompt_tokens, text.completion_tokens) for text in written),
        start=Usage(choice.prompt_tokens, choice.completion_tokens),
    )
