"""Recommending: from a question and a reader to explained books that the library holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recommender.bundle import Bundle
from recommender.clock import Stopwatch
from recommender.encoding.base import Encoder
from recommender.engine.base import Engine
from recommender.errors import InputError
from recommender.generation.base import Generator
from recommender.generation.composed import ComposedGenerator
from recommender.readers.store import ReaderStore
from recommender.recommend.asking import AskedWord, asked_words, telling_text
from recommender.recommend.candidates import ASKED_SOURCES, Candidates, Excluded, Wanted, find_candidates
from recommender.recommend.enrichment import enrich
from recommender.recommend.explaining import Inquiry, explain
from recommender.recommend.hints import hints
from recommender.recommend.intake import Answer, answers
from recommender.recommend.reader import ReaderContext, read_context, taste_vector
from recommender.recommend.safety import COMFORT, HELP_LINES, Danger, danger_in, without_danger
from recommender.recommend.understanding import read_question
from recommender.recommend.values import EnrichedQuestion, Question, Recommendations, TermSource
from recommender.search.known import LiveCatalogue
from recommender.search.service import BOOKS, SearchService
from recommender.text.hangul import is_syllable
from recommender.text.morphemes import Analyzer
from recommender.text.normalization import normalize, title_key


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was found for a question, and how the question speaks of danger."""

    inquiry: Inquiry
    danger: Danger

    @property
    def candidates(self) -> tuple[str, ...]:
        """Ids, best first."""
        return tuple(document.id for document in self.inquiry.candidates.documents)


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
        watch = Stopwatch()
        asked = self._ask(question, watch)
        # What somebody in danger reads is not left to a model, and what they wrote is sent to no server.
        generator = ComposedGenerator() if asked.danger else self._generator
        answer = explain(asked.inquiry, generator, self._bundle.recommend.generation, self._analyzer, watch)
        return Recommendations(
            question=question,
            enriched=asked.inquiry.enriched,
            recommendations=answer.recommendations,
            candidates=asked.candidates,
            usage=answer.usage,
            timings=watch.timings,
            bundle=self._bundle.version,
            notice=HELP_LINES if asked.danger else answer.notice,
        )

    def candidates(self, question: Question) -> tuple[str, ...]:
        """Ids of the books that a generator would choose from, best first; none is asked, and no reason is made.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `recommend`.
        """
        return self._ask(question, Stopwatch()).candidates

    def _ask(self, question: Question, watch: Stopwatch) -> _Asked:
        """Everything that the program does before a generator is needed."""
        text = normalize(question.text)
        if not (text or not question.intake.is_empty() or question.reader_id):
            raise InputError("ask something, answer one of the five questions, or name a reader")
        self._search.check_index()
        text, said, danger = _heard(question)
        with watch.stage("reader"):
            read = read_question(text, question.filters, self._analyzer, LiveCatalogue(self._engine, BOOKS))
            answered = said if danger is Danger.MEANT else (*hints(read.text), *said)
            asked = asked_words(read.text, self._analyzer)
            context = self._context(question, text, asked, answered)
            enriched = enrich(text, answered, context, self._bundle.recommend.enrichment, language=question.language)
        with watch.stage("candidates"):
            wanted = self._wanted(replace(question, filters=read.filters), enriched, asked, answered, context)
            excluded = replace(self._excluded(context, wanted, text), gentle_only=danger is Danger.MEANT)
            candidates = self._find(wanted, excluded, question)
            if not candidates.documents and question.reader_id:
                wanted = self._unasked(wanted)
                candidates = self._find(wanted, excluded, question)
        return _Asked(Inquiry(question, enriched, context, wanted, candidates), danger)

    def _context(
        self, question: Question, text: str, asked: Sequence[AskedWord], answered: Sequence[Answer]
    ) -> ReaderContext:
        meant = [word for answer in answered if answer.meaning for word in answer.meaning.terms(question.language)]
        tokens = [token for word in asked for token in word.tokens]
        tokens += [token for word in meant for token in self._tokens(word)]
        return read_context(
            question.reader_id,
            " ".join((text, *meant)).strip(),
            tuple(dict.fromkeys(tokens)),
            readers=self._readers,
            search=self._search,
            encoder=self._encoder,
            limits=self._bundle.recommend.enrichment,
        )

    def _wanted(
        self,
        question: Question,
        enriched: EnrichedQuestion,
        asked: tuple[AskedWord, ...],
        answered: tuple[Answer, ...],
        context: ReaderContext,
    ) -> Wanted:
        meaning = _meaning_of(enriched, asked)
        authors = context.preferences.authors if context.preferences else ()
        return Wanted(
            asked=asked,
            terms=tuple((term, self._tokens(term.text)) for term in enriched.terms),
            vector=self._encoder.encode_queries([meaning])[0] if meaning else None,
            taste=taste_vector(context, self._encoder),
            answers=answered,
            filters=question.filters,
            authors=authors,
            language=_first_language(question, enriched.text),
        )

    def _find(self, wanted: Wanted, excluded: Excluded, question: Question) -> Candidates:
        return find_candidates(self._engine, wanted, excluded, self._bundle, count=question.num_candidates)

    def _unasked(self, wanted: Wanted) -> Wanted:
        """What the reader likes alone: for a question to which the library holds nothing."""
        likes = tuple(pair for pair in wanted.terms if pair[0].source not in ASKED_SOURCES)
        meaning = ", ".join(term.text for term, _ in likes)
        vector = self._encoder.encode_queries([meaning])[0] if meaning else None
        return replace(wanted, asked=(), answers=(), terms=likes, vector=vector)

    def _excluded(self, context: ReaderContext, wanted: Wanted, text: str) -> Excluded:
        """What the reader has read or does not want; but who asks for an author or a topic today wants it today."""
        preferences = context.preferences
        asked = {token for word in wanted.asked for token in word.tokens}
        topics = [self._tokens(topic) for topic in (preferences.avoid_topics if preferences else ())]
        authors = preferences.disliked_authors if preferences else ()
        return Excluded(
            book_ids=tuple(entry.book_id for entry in context.history if entry.book_id),
            title_keys=tuple(title_key(entry.title) for entry in context.history if entry.title and not entry.book_id),
            authors=tuple(author for author in authors if not (text and title_key(author) in title_key(text))),
            topics=tuple(topic for topic in topics if topic and not set(topic) & asked),
        )

    def _tokens(self, text: str) -> tuple[str, ...]:
        return self._analyzer.query_tokens(text).match


def _heard(question: Question) -> tuple[str, tuple[Answer, ...], Danger]:
    """The question's text, its answers, and how it speaks of danger.

    Where somebody means it, the dangerous words are not looked for: they would find the books that hurt. Comfort is.
    """
    text = normalize(question.text)
    said = answers(question.intake)
    danger = danger_in(text, *(answer.said for answer in said))
    if danger is Danger.MEANT:
        harmless = (answer for answer in said if danger_in(answer.said) is Danger.NONE)
        return without_danger(text), (COMFORT, *harmless), danger
    return text, said, danger


def _meaning_of(enriched: EnrichedQuestion, asked: Sequence[AskedWord]) -> str:
    """The text whose meaning candidates should be near to: the question, else the answers, else what the reader likes.

    The reader's likes are kept out of a question: its vector would be drawn away from it by every word added.
    """
    hinted = [term.text for term in enriched.terms if term.source is TermSource.QUESTION]
    answered = [term.text for term in enriched.terms if term.source is TermSource.INTAKE]
    if enriched.text:
        return ", ".join((telling_text(enriched.text, asked), *hinted))
    return ", ".join(answered) or ", ".join(term.text for term in enriched.terms)


def _first_language(question: Question, text: str) -> str:
    """Whoever asks in English can read English; a question with Korean words says nothing, those who write it may read both."""
    is_english = question.language == "en" and not any(is_syllable(character) for character in text)
    return "en" if is_english and not question.filters.languages else ""
