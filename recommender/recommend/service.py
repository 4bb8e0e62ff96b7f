"""Recommending: from a question and a reader to explained books that the library holds."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from recommender.bundle import Bundle
from recommender.clock import Stopwatch
from recommender.encoding.base import Encoder
from recommender.engine.base import Document, Engine
from recommender.errors import GeneratorError, InputError
from recommender.generation.base import Choice, Generator, WritingTask, Written
from recommender.generation.composed import ComposedGenerator
from recommender.models import Book
from recommender.readers.store import ReaderStore
from recommender.recommend.candidates import Candidates, Excluded, Wanted, find_candidates
from recommender.recommend.composing import compose_reasons, evidence_sentences
from recommender.recommend.enrichment import enrich
from recommender.recommend.evidence import gather
from recommender.recommend.intake import Answer, answers
from recommender.recommend.prompting import Prompts
from recommender.recommend.reader import ReaderContext, read_context, taste_vector
from recommender.recommend.values import (
    EnrichedQuestion,
    Evidence,
    Question,
    Reasons,
    Recommendation,
    Recommendations,
    Usage,
)
from recommender.records import book_from_record
from recommender.search.results import LegRank
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer
from recommender.text.normalization import normalize, title_key

GENERATOR_UNAVAILABLE = "generator_unavailable"
"""Notice: the model did not answer, so the reasons are composed."""

log = logging.getLogger(__name__)


class RecommendService:
    """Candidates by the program, choice and prose by the generator, every fact from the record."""

    def __init__(
        self,
        *,
        engine: Engine,
        search: SearchService,
        readers: ReaderStore,
        analyzer: Analyzer,
        encoder: Encoder,
        generator: Generator,
        bundle: Bundle,
    ) -> None:
        self._engine = engine
        self._search = search
        self._readers = readers
        self._analyzer = analyzer
        self._encoder = encoder
        self._generator = generator
        self._bundle = bundle

    def recommend(self, question: Question) -> Recommendations:
        """At most `question.size` unread books of the catalogue, each with its reasons.

        If the generator fails, the books come all the same, with composed reasons and a notice.

        Raises:
            InputError: there is neither a question nor an answer nor a reader to go by.
            NotFoundError: nothing is known of the reader.
            SchemaMismatchError: the index was built with another mapping, encoder or analyser.
            IndexMissingError: nothing was loaded yet.
        """
        answered = answers(question.intake)
        text = normalize(question.text)
        if not (text or answered or question.reader_id):
            raise InputError("ask something, answer one of the five questions, or name a reader")
        self._search.check_index()
        watch = Stopwatch()
        with watch.stage("reader"):
            context = self._context(question, text, answered)
            enriched = enrich(text, answered, context, self._bundle.recommend.enrichment, language=question.language)
        with watch.stage("candidates"):
            wanted = self._wanted(question, enriched, answered, context)
            candidates = find_candidates(
                self._engine, wanted, self._excluded(context, wanted), self._bundle, count=question.num_candidates
            )
        inquiry = _Inquiry(question, enriched, context, wanted, candidates)
        answer = self._explain(inquiry, watch)
        return Recommendations(
            question=question,
            enriched=enriched,
            recommendations=answer.recommendations,
            candidates=tuple(document.id for document in candidates.documents),
            usage=answer.usage,
            timings=watch.timings,
            bundle=self._bundle.version,
            notice=answer.notice,
        )

    def _context(self, question: Question, text: str, answered: Sequence[Answer]) -> ReaderContext:
        said = " ".join((text, *(word for answer in answered if answer.meaning for word in answer.meaning.korean)))
        return read_context(
            question.reader_id,
            said.strip(),
            self._analyzer.query_tokens(said).match if said.strip() else (),
            readers=self._readers,
            search=self._search,
            encoder=self._encoder,
            limits=self._bundle.recommend.enrichment,
        )

    def _wanted(
        self, question: Question, enriched: EnrichedQuestion, answered: tuple[Answer, ...], context: ReaderContext
    ) -> Wanted:
        tokens = self._analyzer.query_tokens(enriched.text)
        whole = ". ".join(part for part in (enriched.text, ", ".join(term.text for term in enriched.terms)) if part)
        return Wanted(
            question_tokens=tokens.score,
            subject_tokens=tokens.match,
            term_tokens=tuple((term, self._analyzer.query_tokens(term.text).match) for term in enriched.terms),
            vector=self._encoder.encode_queries([whole])[0] if whole else None,
            taste=taste_vector(context, self._encoder),
            answers=answered,
            filters=question.filters,
        )

    def _excluded(self, context: ReaderContext, wanted: Wanted) -> Excluded:
        preferences = context.preferences
        topics = [
            self._analyzer.query_tokens(topic).match for topic in (preferences.avoid_topics if preferences else ())
        ]
        return Excluded(
            book_ids=tuple(entry.book_id for entry in context.history if entry.book_id),
            title_keys=tuple(title_key(entry.title) for entry in context.history if not entry.book_id),
            authors=preferences.disliked_authors if preferences else (),
            # A reader who asks about a topic today wants it today.
            topics=tuple(topic for topic in topics if topic and not set(topic) & set(wanted.subject_tokens)),
        )

    def _explain(self, inquiry: "_Inquiry", watch: Stopwatch) -> "_Answer":
        """Choose and write with the generator, or without it if it fails."""
        try:
            return self._explain_with(self._generator, inquiry, watch)
        except GeneratorError as error:
            log.warning("composed reasons stand in: %s", error)
            return replace(self._explain_with(ComposedGenerator(), inquiry, watch), notice=GENERATOR_UNAVAILABLE)

    def _explain_with(self, generator: Generator, inquiry: "_Inquiry", watch: Stopwatch) -> "_Answer":
        documents = inquiry.candidates.documents
        if not documents:
            return _Answer()
        tuned = self._bundle.recommend.generation
        question, enriched = inquiry.question, inquiry.enriched
        prompts = Prompts(tuned.prompt, question.language)
        books = [book_from_record(document.source["record"]) for document in documents]
        with watch.stage("choice"):
            prompt = prompts.choose(enriched, books, size=question.size)
            choice = generator.choose(prompt, candidates=len(books), size=question.size)
        with watch.stage("reasons"):
            picks = [_pick(inquiry, documents[number - 1], books[number - 1]) for number in choice.numbers]
            written = generator.write(
                _tasks(picks, prompts, enriched, question.language),
                max_tokens=tuned.max_tokens,
                temperature=tuned.temperature,
            )
        return _answer(picks, written, choice)


@dataclass(frozen=True, slots=True)
class _Inquiry:
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
class _Answer:
    """What the generator made of the candidates."""

    recommendations: tuple[Recommendation, ...] = ()
    usage: Usage = field(default_factory=Usage)
    notice: str = ""


def _pick(inquiry: _Inquiry, document: Document, book: Book) -> _Pick:
    legs = inquiry.candidates.fused.explain(book.id)
    evidence = gather(book, document.source, wanted=inquiry.wanted, context=inquiry.context, legs=legs)
    return _Pick(book, evidence, compose_reasons(book, evidence, language=inquiry.question.language), legs)


def _tasks(picks: Sequence[_Pick], prompts: Prompts, enriched: EnrichedQuestion, language: str) -> list[WritingTask]:
    """Two texts a book, why and help, in the order of the books."""
    tasks = []
    for pick in picks:
        facts = evidence_sentences(pick.book, pick.evidence, language=language)
        tasks.append(WritingTask(prompts.why(enriched, pick.book, facts), fallback=pick.composed.why))
        tasks.append(WritingTask(prompts.help(enriched, pick.book, facts), fallback=pick.composed.help))
    return tasks


def _answer(picks: Sequence[_Pick], written: Sequence[Written], choice: Choice) -> _Answer:
    recommendations = tuple(
        Recommendation(
            book=pick.book,
            reasons=Reasons(why=why.text, help=help_.text),
            evidence=pick.evidence,
            legs=pick.legs,
            generated_by=why.by,
        )
        for pick, why, help_ in zip(picks, written[::2], written[1::2], strict=True)
    )
    usage = sum(
        (Usage(text.prompt_tokens, text.completion_tokens) for text in written),
        start=Usage(choice.prompt_tokens, choice.completion_tokens),
    )
    return _Answer(recommendations, usage)
