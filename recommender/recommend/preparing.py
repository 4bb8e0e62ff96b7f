"""Everything that the program does before a generator is needed, for many questions in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recommender.bundle import Bundle
from recommender.clock import Stopwatch
from recommender.encoding.base import Encoder
from recommender.engine.base import Engine
from recommender.errors import InputError
from recommender.readers.store import ReaderStore
from recommender.recommend.asking import AskedWord, asked_words, telling_text
from recommender.recommend.candidates import ASKED_SOURCES, Candidates, Excluded, Hunt, Wanted, find_all
from recommender.recommend.enrichment import enrich
from recommender.recommend.hints import hints
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.intake import Answer, answers
from recommender.recommend.reader import ReaderContext, read_context, taste_vector
from recommender.recommend.safety import COMFORT, Danger, danger_in, without_danger
from recommender.recommend.understanding import read_question
from recommender.recommend.values import EnrichedQuestion, Question, TermSource
from recommender.search.known import LiveCatalogue
from recommender.search.request import Filters
from recommender.search.service import BOOKS, SearchService
from recommender.text.hangul import is_syllable
from recommender.text.morphemes import Analyzer
from recommender.text.normalization import normalize, title_key


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a question says, before anything of its reader is known."""

    question: Question
    text: str
    filters: Filters  # what was chosen, and what the words restrict
    asked: tuple[AskedWord, ...]
    answered: tuple[Answer, ...]
    danger: Danger


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is looked for, and what is never suggested."""

    heard: _Heard
    context: ReaderContext
    enriched: EnrichedQuestion
    wanted: Wanted
    excluded: Excluded


class Preparing:
    """Hears questions, reads their readers and finds candidates."""

    def __init__(
        self,
        *,
        engine: Engine,
        search: SearchService,
        readers: ReaderStore,
        analyzer: Analyzer,
        encoder: Encoder,
        bundle: Bundle,
    ) -> None:
        self._engine = engine
        self._search = search
        self._readers = readers
        self._analyzer = analyzer
        self._encoder = encoder
        self._bundle = bundle

    def prepare(self, questions: Sequence[Question]) -> tuple[Inquiry, ...]:
        """One inquiry a question, in their order; each is told its share of the time.

        Raises:
            InputError: a question has neither text nor an answer nor a reader to go by.
            NotFoundError: nothing is known of a reader.
            SchemaMismatchError: the index was built with another mapping, encoder or analyser.
            IndexMissingError: nothing was loaded yet.
        """
        watch = Stopwatch()
        self._search.check_index()
        with watch.stage("reader"):
            heard = [self._hear(question) for question in questions]
            contexts = [self._context(each) for each in heard]
            sought = [self._seek(each, context) for each, context in zip(heard, contexts, strict=True)]
        with watch.stage("candidates"):
            found = self._find_all(sought)
        shares = {stage: elapsed / len(questions) for stage, elapsed in watch.timings.items()} if questions else {}
        return tuple(
            Inquiry(
                each.heard.question,
                each.enriched,
                each.context,
                each.wanted,
                candidates,
                danger=each.heard.danger,
                timings=shares,
            )
            for each, candidates in found
        )

    def _hear(self, question: Question) -> _Heard:
        question = question.settled(self._bundle.recommend.method, self._bundle.recommend.num_candidates)
        whole = normalize(question.text)
        if not (whole or not question.intake.is_empty() or question.reader_id):
            raise InputError("ask something, answer one of the five questions, or name a reader")
        text, said, danger = _heard(question, whole)
        read = read_question(text, question.filters, self._analyzer, LiveCatalogue(self._engine, BOOKS))
        answered = said if danger is Danger.MEANT else (*hints(read.text), *said)
        asked = asked_words(read.text, self._analyzer)
        return _Heard(question, text, read.filters, asked, answered, danger)

    def _context(self, heard: _Heard) -> ReaderContext:
        language = heard.question.language
        meant = [word for answer in heard.answered if answer.meaning for word in answer.meaning.terms(language)]
        tokens = [token for word in heard.asked for token in word.tokens]
        tokens += [token for word in meant for token in self._tokens(word)]
        return read_context(
            heard.question.reader_id,
            " ".join((heard.text, *meant)).strip(),
            tuple(dict.fromkeys(tokens)),
            readers=self._readers,
            search=self._search,
            encoder=self._encoder,
            limits=self._bundle.recommend.enrichment,
        )

    def _seek(self, heard: _Heard, context: ReaderContext) -> _Sought:
        limits = self._bundle.recommend.enrichment
        enriched = enrich(heard.text, heard.answered, context, limits, language=heard.question.language)
        wanted = self._wanted(heard, enriched, context)
        return _Sought(heard, context, enriched, wanted, self._excluded(heard, context, wanted))

    def _wanted(self, heard: _Heard, enriched: EnrichedQuestion, context: ReaderContext) -> Wanted:
        meaning = _meaning_of(enriched, heard.asked)
        return Wanted(
            asked=heard.asked,
            terms=tuple((term, self._tokens(term.text)) for term in enriched.terms),
            traits=enriched.traits,
            vector=self._encoder.encode_queries([meaning])[0] if meaning else None,
            taste=taste_vector(context, self._encoder),
            answers=heard.answered,
            filters=heard.filters,
            authors=context.preferences.authors if context.preferences else (),
            language=_first_language(heard, enriched.text),
        )

    def _excluded(self, heard: _Heard, context: ReaderContext, wanted: Wanted) -> Excluded:
        """What the reader has read or does not want; but who asks for an author or a topic today wants it today."""
        preferences = context.preferences
        asked = {token for word in wanted.asked for token in word.tokens}
        topics = [self._tokens(topic) for topic in (preferences.avoid_topics if preferences else ())]
        authors = preferences.disliked_authors if preferences else ()
        text = heard.text
        return Excluded(
            book_ids=tuple(entry.book_id for entry in context.history if entry.book_id),
            title_keys=tuple(title_key(entry.title) for entry in context.history if entry.title and not entry.book_id),
            authors=tuple(author for author in authors if not (text and title_key(author) in title_key(text))),
            topics=tuple(topic for topic in topics if topic and not set(topic) & asked),
            gentle_only=heard.danger is Danger.MEANT,
        )

    def _find_all(self, sought: Sequence[_Sought]) -> list[tuple[_Sought, Candidates]]:
        """Candidates for each; a question to which the library holds nothing leaves its reader what they like."""
        found = dict(enumerate(zip(sought, self._find(sought), strict=True)))
        unmet = [place for place, (each, candidates) in found.items() if _is_unmet(each, candidates)]
        again = [replace(sought[place], wanted=self._unasked(sought[place].wanted)) for place in unmet]
        found |= zip(unmet, zip(again, self._find(again), strict=True), strict=True)
        return list(found.values())

    def _find(self, sought: Sequence[_Sought]) -> tuple[Candidates, ...]:
        hunts = [Hunt(each.wanted, each.excluded, each.heard.question.num_candidates) for each in sought]
        return find_all(self._engine, hunts, self._bundle)

    def _unasked(self, wanted: Wanted) -> Wanted:
        """What the reader likes alone."""
        likes = tuple(pair for pair in wanted.terms if pair[0].source not in ASKED_SOURCES)
        meaning = ", ".join(term.text for term, _ in likes)
        vector = self._encoder.encode_queries([meaning])[0] if meaning else None
        return replace(wanted, asked=(), answers=(), terms=likes, traits=(), vector=vector)

    def _tokens(self, text: str) -> tuple[str, ...]:
        return self._analyzer.query_tokens(text).match


def _is_unmet(sought: _Sought, candidates: Candidates) -> bool:
    return not candidates.documents and bool(sought.heard.question.reader_id)


def _heard(question: Question, text: str) -> tuple[str, tuple[Answer, ...], Danger]:
    """The question's text, its answers, and how it speaks of danger.

    Where somebody means it, the dangerous words are not looked for: they would find the books that hurt. Comfort is.
    """
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


def _first_language(heard: _Heard, text: str) -> str:
    """Whoever asks in English can read English; a question with Korean words says nothing, those who write it may read both."""
    is_english = heard.question.language == "en" and not any(is_syllable(character) for character in text)
    return "en" if is_english and not heard.filters.languages else ""
