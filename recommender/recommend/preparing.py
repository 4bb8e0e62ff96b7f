"""Everything that the program does before a generator is needed, for many questions in one round trip."""

from collections.abc import Sequence
from dataclasses import replace

from recommender.bundle import Bundle, Method
from recommender.clock import Stopwatch
from recommender.encoding.base import Encoder
from recommender.engine.base import Engine
from recommender.errors import InputError
from recommender.readers.ages import GROUPS_OF
from recommender.readers.store import ReaderStore
from recommender.recommend.asking import AskedWord, telling_text
from recommender.recommend.bearing import Asking
from recommender.recommend.candidates import ASKED_SOURCES, Candidates, Hunt, Wanted, find_all
from recommender.recommend.enrichment import enrich
from recommender.recommend.excluding import exclusions
from recommender.recommend.hearing import Heard, Hearing
from recommender.recommend.inquiry import Inquiry, Sought
from recommender.recommend.popularity import without_wish
from recommender.recommend.reader import ContextReader, Reader, ReaderContext
from recommender.recommend.understanding import restriction_trait
from recommender.recommend.usual import usual_of
from recommender.recommend.values import EnrichedQuestion, Question, TermSource
from recommender.search.known import LiveCatalogue
from recommender.search.service import BOOKS, SearchService
from recommender.text.hangul import is_syllable
from recommender.text.morphemes import Analyzer


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
        self._analyzer = analyzer
        self._encoder = encoder
        self._bundle = bundle
        self._reading = ContextReader(engine, readers, encoder, bundle)
        self._hearing = Hearing(analyzer, LiveCatalogue(engine, BOOKS))

    def seek(self, questions: Sequence[Question]) -> tuple[Sought, ...]:
        """What each question looks for, in their order; no book has been looked up yet.

        Raises:
            InputError: a question has neither text nor an answer nor a reader to go by.
            NotFoundError: nothing is known of a reader.
            SchemaMismatchError: the index was built with another mapping, encoder or analyser.
            IndexMissingError: nothing was loaded yet.
        """
        watch = Stopwatch()
        catalogue = self._search.check_index()
        with watch.stage("reader"):
            heard = [self._hear(question) for question in questions]
            contexts = self._reading.contexts([self._reader(each) for each in heard])
            sought = [self._seek(each, context) for each, context in zip(heard, contexts, strict=True)]
        shares = _shares(watch, len(sought))
        return tuple(replace(each, catalogue=catalogue, timings=shares) for each in sought)

    def find(self, sought: Sequence[Sought]) -> tuple[Inquiry, ...]:
        """The candidates for all of them in one round trip; each is told its share of the time."""
        watch = Stopwatch()
        with watch.stage("candidates"):
            found = self._find_all(sought)
        shares = _shares(watch, len(found))
        return tuple(
            Inquiry(
                each.question,
                each.enriched,
                each.context,
                each.wanted,
                candidates,
                danger=each.heard.danger,
                catalogue=each.catalogue,
                timings={**each.timings, **shares},
            )
            for each, candidates in found
        )

    def _hear(self, question: Question) -> Heard:
        question = question.settled(self._bundle.recommend.method, self._bundle.recommend.num_candidates)
        if question.is_empty:
            raise InputError("ask something, answer one of the five questions, or name a reader")
        return self._hearing.hear(question)

    def _reader(self, heard: Heard) -> Reader:
        """Whom a question is about, and what of them it asks for."""
        meanings = [answer.meaning for answer in heard.answered if answer.meaning]
        meant = [word for meaning in meanings for word in meaning.terms(heard.question.language)]
        tokens = [token for word in heard.asked for token in word.tokens]
        tokens += [token for word in meant for token in self._tokens(word)]
        text = " ".join((heard.text, *meant)).strip()
        audiences = dict.fromkeys(meaning.audience for meaning in meanings if meaning.audience)
        return Reader(
            Asking(heard.question.reader_id, text, tuple(dict.fromkeys(tokens))),
            tuple(group for audience in audiences for group in GROUPS_OF[audience]),
            wants_popular=heard.wants_popular,
        )

    def _seek(self, heard: Heard, context: ReaderContext) -> Sought:
        """A direct prompt knows the reader, its candidates do not: only what is never suggested stays away from both.

        Where nothing is asked there is no bare question either, and the reader's likes are all there is to look for.
        """
        is_bare = heard.question.method is Method.DIRECT and bool(heard.text or heard.answered)
        searched = ReaderContext(history=context.history) if is_bare else context
        enriched = self._enriched(heard, searched)
        wanted = self._wanted(heard, enriched, searched)
        return Sought(heard, context, enriched, wanted, exclusions(heard, context, self._tokens))

    def _enriched(self, heard: Heard, context: ReaderContext) -> EnrichedQuestion:
        return enrich(
            heard.text,
            heard.answered,
            context,
            self._bundle.recommend.enrichment,
            language=heard.question.language,
            edited=heard.question.edited,
            restrictions=map(restriction_trait, heard.restrictions),
        )

    def _wanted(self, heard: Heard, enriched: EnrichedQuestion, context: ReaderContext) -> Wanted:
        meaning = _meaning_of(enriched, heard.asked)
        return Wanted(
            asked=heard.asked,
            terms=tuple((term, self._tokens(term.text)) for term in enriched.terms),
            traits=enriched.traits,
            meaning=meaning,
            vector=self._encoder.encode_queries([meaning])[0] if meaning else None,
            taste=context.taste,
            co_borrowed={book_id: each.score for book_id, each in context.co_borrowed.items()},
            popular=dict(context.popular.books),
            wants_popular=heard.wants_popular,
            answers=heard.answered,
            filters=heard.filters,
            authors=context.preferences.authors if context.preferences else (),
            usual=usual_of(context),
            language=_first_language(heard, enriched.text),
        )

    def _find_all(self, sought: Sequence[Sought]) -> list[tuple[Sought, Candidates]]:
        """Candidates for each; a question to which the library holds nothing leaves its reader what they like."""
        found = dict(enumerate(zip(sought, self._find(sought), strict=True)))
        unmet = [place for place, (each, candidates) in found.items() if _is_unmet(each, candidates)]
        again = [replace(sought[place], wanted=self._unasked(sought[place])) for place in unmet]
        found |= zip(unmet, zip(again, self._find(again), strict=True), strict=True)
        return list(found.values())

    def _find(self, sought: Sequence[Sought]) -> tuple[Candidates, ...]:
        hunts = [Hunt(each.wanted, each.excluded, each.question.num_candidates, each.question.size) for each in sought]
        return find_all(self._engine, hunts, self._bundle, self._search)

    def _unasked(self, sought: Sought) -> Wanted:
        """What the reader likes alone, whatever the method: the question has found nothing."""
        wanted = sought.wanted
        if sought.question.method is Method.DIRECT:
            wanted = self._wanted(sought.heard, self._enriched(sought.heard, sought.context), sought.context)
        likes = tuple(pair for pair in wanted.terms if pair[0].source not in ASKED_SOURCES)
        meaning = ", ".join(term.text for term, _ in likes)
        vector = self._encoder.encode_queries([meaning])[0] if meaning else None
        return replace(wanted, asked=(), answers=(), terms=likes, traits=(), meaning=meaning, vector=vector)

    def _tokens(self, text: str) -> tuple[str, ...]:
        return self._analyzer.query_tokens(text).match


def _shares(watch: Stopwatch, questions: int) -> dict[str, float]:
    """Stage → the milliseconds of one question among so many."""
    return {stage: elapsed / questions for stage, elapsed in watch.timings.items()} if questions else {}


def _is_unmet(sought: Sought, candidates: Candidates) -> bool:
    return not candidates.documents and bool(sought.question.reader_id)


def _meaning_of(enriched: EnrichedQuestion, asked: Sequence[AskedWord]) -> str:
    """The text whose meaning candidates should be near to: the question, else the answers, else what the reader likes.

    The reader's likes are kept out of a question: its vector would be drawn away from it by every word added.
    """
    hinted = [term.text for term in enriched.terms if term.source in (TermSource.OWN, TermSource.QUESTION)]
    answered = [term.text for term in enriched.terms if term.source in (TermSource.OWN, TermSource.INTAKE)]
    if enriched.text:
        return ", ".join((telling_text(without_wish(enriched.text), asked), *hinted))
    return ", ".join(answered) or ", ".join(term.text for term in enriched.terms)


def _first_language(heard: Heard, text: str) -> str:
    """Whoever asks in English can read English; a question with Korean words says nothing, those who write it may read both."""
    is_english = heard.question.language == "en" and not any(is_syllable(character) for character in text)
    return "en" if is_english and not heard.filters.languages else ""
