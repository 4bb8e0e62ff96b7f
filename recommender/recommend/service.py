"""Recommending: from a question and a reader to explained books that the library holds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from recommender.bundle import Bundle, Method
from recommender.clock import Stopwatch, this_instant
from recommender.encoding.base import Encoder
from recommender.engine.base import Engine
from recommender.generation.base import Generator
from recommender.generation.composed import ComposedGenerator
from recommender.readers.store import ReaderStore
from recommender.recommend.cost import Costs
from recommender.recommend.explaining import explain, explain_many
from recommender.recommend.inquiry import Inquiry, Sought
from recommender.recommend.keeping.keeping import ForgetfulKeeper, Keeper
from recommender.recommend.preparing import Preparing
from recommender.recommend.safety import HELP_LINES
from recommender.recommend.updates import Explanation
from recommender.recommend.values import Question, Recommendations
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer


class RecommendService:
    """Candidates by the program, choice and prose by the generator, every fact from the record.

    Args:
        engine: where the books are.
        search: whose catalogue it is.
        readers: what is known of readers.
        analyzer: takes texts apart.
        encoder: compares meanings.
        generator: chooses and writes.
        bundle: all parameters.
        keeper: gives answers again; without one, every answer is made anew.
        costs: reckons what answers cost.
    """

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
        keeper: Keeper | None = None,
        costs: Costs | None = None,
    ) -> None:
        self._analyzer = analyzer
        self._generator = generator
        self._bundle = bundle
        self._keeper = keeper or ForgetfulKeeper()
        self._costs = costs or Costs()
        self._preparing = Preparing(
            engine=engine, search=search, readers=readers, analyzer=analyzer, encoder=encoder, bundle=bundle
        )

    def recommend(self, question: Question) -> Recommendations:
        """At most `question.size` unread books of the catalogue, each with its reasons.

        An answer that was kept is given again where nothing that it depends on has changed. If the generator fails,
        the books come all the same, with composed reasons and a notice.

        Raises:
            InputError: there is neither a question nor an answer nor a reader to go by.
            NotFoundError: nothing is known of the reader.
            SchemaMismatchError: the index was built with another mapping, encoder or analyser.
            IndexMissingError: nothing was loaded yet.
        """
        begun = self.begin(question)
        if isinstance(begun, Recommendations):
            return begun
        watch = Stopwatch()
        tuned = self._bundle.recommend.generation
        explanation = explain(begun, self._generator_for(begun), tuned, self._analyzer, watch)
        return self.finish(begun, explanation, watch.timings)

    def begin(self, question: Question) -> Inquiry | Recommendations:
        """The answer, if one was kept that still holds; else everything from which one can be made.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `recommend`.
        """
        (sought,) = self.seek([question])
        if kept := self._keeper.recall(sought):
            return replace(kept, cost=self._costs.priced(kept.cost, kept.usage))
        (inquiry,) = self.find([sought])
        return inquiry

    def finish(self, inquiry: Inquiry, explanation: Explanation, timings: Mapping[str, float]) -> Recommendations:
        """The whole answer with its cost, kept for whoever asks the same again.

        Args:
            inquiry: what was found.
            explanation: what was made of it.
            timings: stage → milliseconds of choosing and writing.
        """
        answer = self.answer(inquiry, explanation, timings)
        self._keeper.keep(inquiry, answer)
        return answer

    def answer(self, inquiry: Inquiry, explanation: Explanation, timings: Mapping[str, float]) -> Recommendations:
        """The same as it stands now, kept nowhere."""
        return Recommendations(
            question=inquiry.question,
            enriched=inquiry.enriched,
            method=inquiry.question.method or Method.STAGED,
            recommendations=explanation.recommendations,
            candidates=inquiry.candidate_ids,
            usage=explanation.usage,
            timings={**inquiry.timings, **timings},
            bundle=self._bundle.version,
            notice=HELP_LINES if inquiry.danger else explanation.notice,
            cost=self._costs.of(explanation.usage, timings, self._generator_for(inquiry).info, inquiry.power),
            created_at=this_instant(),
        )

    def explained(self, inquiries: Sequence[Inquiry]) -> tuple[Recommendations, ...]:
        """New answers to what was prepared for many questions, in their order, written in one batch and kept nowhere."""
        answers: dict[int, Recommendations] = {}
        for in_danger in (False, True):  # those are not answered by a model
            places = [place for place, inquiry in enumerate(inquiries) if bool(inquiry.danger) is in_danger]
            answers |= zip(places, self._answered([inquiries[place] for place in places]), strict=True)
        return tuple(answers[place] for place in range(len(inquiries)))

    def prepare(self, questions: Sequence[Question]) -> tuple[Inquiry, ...]:
        """Everything that the program does before a generator is needed, one inquiry a question.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `recommend`, for any of them.
        """
        return self.find(self.seek(questions))

    def seek(self, questions: Sequence[Question]) -> tuple[Sought, ...]:
        """The first half of it: what is looked for, and what is known of the readers.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `recommend`, for any of them.
        """
        return self._preparing.seek(questions)

    def find(self, sought: Sequence[Sought]) -> tuple[Inquiry, ...]:
        """The second half: the candidates."""
        found = self._preparing.find(sought)
        power = self._costs.begin()
        return tuple(replace(inquiry, power=power) for inquiry in found)

    def candidates(self, question: Question) -> tuple[str, ...]:
        """Ids of the books that a generator would choose from, best first; none is asked, and no reason is made.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `recommend`.
        """
        (inquiry,) = self.prepare([question])
        return inquiry.candidate_ids

    def _answered(self, inquiries: Sequence[Inquiry]) -> list[Recommendations]:
        """Answers of one generator, written in one batch; each is told its share of the time."""
        if not inquiries:
            return []
        watch = Stopwatch()
        tuned = self._bundle.recommend.generation
        explanations = explain_many(inquiries, self._generator_for(inquiries[0]), tuned, self._analyzer, watch)
        shares = {stage: elapsed / len(inquiries) for stage, elapsed in watch.timings.items()}
        return [self.answer(*each, shares) for each in zip(inquiries, explanations, strict=True)]

    def _generator_for(self, inquiry: Inquiry) -> Generator:
        """What somebody in danger reads is not left to a model, and what they wrote is sent to no server."""
        return ComposedGenerator() if inquiry.danger else self._generator
