"""Recommending: from a question and a reader to explained books that the library holds."""

from collections.abc import Sequence

from recommender.bundle import Bundle, Method
from recommender.clock import Stopwatch
from recommender.encoding.base import Encoder
from recommender.engine.base import Engine
from recommender.generation.base import Generator
from recommender.generation.composed import ComposedGenerator
from recommender.readers.store import ReaderStore
from recommender.recommend.explaining import Explanation, explain
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.preparing import Preparing
from recommender.recommend.safety import HELP_LINES
from recommender.recommend.values import Question, Recommendations
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer


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
        self._analyzer = analyzer
        self._generator = generator
        self._bundle = bundle
        self._preparing = Preparing(
            engine=engine, search=search, readers=readers, analyzer=analyzer, encoder=encoder, bundle=bundle
        )

    def recommend(self, question: Question) -> Recommendations:
        """At most `question.size` unread books of the catalogue, each with its reasons.

        If the generator fails, the books come all the same, with composed reasons and a notice.

        Raises:
            InputError: there is neither a question nor an answer nor a reader to go by.
            NotFoundError: nothing is known of the reader.
            SchemaMismatchError: the index was built with another mapping, encoder or analyser.
            IndexMissingError: nothing was loaded yet.
        """
        (answer,) = self.recommend_many([question])
        return answer

    def recommend_many(self, questions: Sequence[Question]) -> tuple[Recommendations, ...]:
        """The answers to many questions, in their order: one round trip to the engine for all of them.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `recommend`, for any of them.
        """
        return tuple(self._answered(inquiry) for inquiry in self.prepare(questions))

    def prepare(self, questions: Sequence[Question]) -> tuple[Inquiry, ...]:
        """Everything that the program does before a generator is needed, one inquiry a question.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `recommend`, for any of them.
        """
        return self._preparing.prepare(questions)

    def candidates(self, question: Question) -> tuple[str, ...]:
        """Ids of the books that a generator would choose from, best first; none is asked, and no reason is made.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `recommend`.
        """
        (inquiry,) = self.prepare([question])
        return inquiry.candidate_ids

    def generator_for(self, inquiry: Inquiry) -> Generator:
        """Who chooses and writes: what somebody in danger reads is not left to a model, and what they wrote goes nowhere."""
        return ComposedGenerator() if inquiry.danger else self._generator

    def _answered(self, inquiry: Inquiry) -> Recommendations:
        watch = Stopwatch()
        tuned = self._bundle.recommend.generation
        explanation = explain(inquiry, self.generator_for(inquiry), tuned, self._analyzer, watch)
        return answer_of(inquiry, explanation, watch, bundle=self._bundle.version)


def answer_of(inquiry: Inquiry, explanation: Explanation, watch: Stopwatch, *, bundle: str) -> Recommendations:
    """The whole answer, of what was found and what was made of it."""
    return Recommendations(
        question=inquiry.question,
        enriched=inquiry.enriched,
        method=inquiry.question.method or Method.STAGED,
        recommendations=explanation.recommendations,
        candidates=inquiry.candidate_ids,
        usage=explanation.usage,
        timings={**inquiry.timings, **watch.timings},
        bundle=bundle,
        notice=HELP_LINES if inquiry.danger else explanation.notice,
    )
