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
from recommender.recommend.candidates import Candidates, Wanted
from recommender.recommend.composing import compose_reasons, evidence_sentences
from recommender.recommend.evidence import gather
from recommender.recommend.prompting import Prompts
from recommender.recommend.prose import tidy
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EnrichedQuestion, Evidence, Question, Reasons, Recommendation, Usage
from recommender.records import book_from_record
from recommender.search.results import LegRank

GENERATOR_UNAVAILABLE = "generator_unavailable"
"""Notice: the model did not answer, so the reasons are composed."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question with everything found for it."""

    question: Question
    enriched: EnrichedQuestion
    context: ReaderContext
    wanted: Wanted
    candidates: Candidates


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


def explain(inquiry: Inquiry, generator: Generator, tuned: GenerationBundle, watch: Stopwatch) -> Explanation:
    """Choose and write with the generator, or without it if it fails."""
    try:
        return _explain_with(generator, inquiry, tuned, watch)
    except GeneratorError as error:
        log.warning("composed reasons stand in: %s", error)
        return replace(_explain_with(ComposedGenerator(), inquiry, tuned, watch), notice=GENERATOR_UNAVAILABLE)


def _explain_with(generator: Generator, inquiry: Inquiry, tuned: GenerationBundle, watch: Stopwatch) -> Explanation:
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
    return _explanation(picks, written, choice, question.language)


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


def _explanation(picks: Sequence[_Pick], written: Sequence[Written], choice: Choice, language: str) -> Explanation:
    recommendations = tuple(
        _recommendation(pick, why, help_, language)
        for pick, why, help_ in zip(picks, written[::2], written[1::2], strict=True)
    )
    usage = sum(
        (Usage(text.prompt_tokens, text.completion_tokens) for text in written),
        start=Usage(choice.prompt_tokens, choice.completion_tokens),
    )
    return Explanation(recommendations, usage)


def _recommendation(pick: _Pick, why: Written, help_: Written, language: str) -> Recommendation:
    """What the model wrote where it is fit to be shown, else what was composed."""
    texts = [
        tidy(text.text, title=pick.book.title, language=language) if text.by != COMPOSED else ""
        for text in (why, help_)
    ]
    return Recommendation(
        book=pick.book,
        reasons=Reasons(why=texts[0] or pick.composed.why, help=texts[1] or pick.composed.help),
        evidence=pick.evidence,
        legs=pick.legs,
        generated_by=why.by if any(texts) else COMPOSED,
    )
