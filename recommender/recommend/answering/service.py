"""Answering in time: the books at once, and a model's words for as long as somebody waits for them."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from recommender.bundle import Bundle
from recommender.clock import Stopwatch
from recommender.errors import GeneratorBusyError, GeneratorError, GeneratorLoadingError
from recommender.generation.base import Generator, GeneratorState
from recommender.generation.composed import ComposedGenerator
from recommender.generation.queueing import GenerationQueue, Place, QueueState
from recommender.recommend.answering.choice import Pace, TimelyGenerator, Window
from recommender.recommend.answering.live import GENERATOR_BUSY, GENERATOR_LATE, LiveAnswer
from recommender.recommend.answering.store import AnswerStore
from recommender.recommend.explaining import explain_steps
from recommender.recommend.grounding.sentences import Reader
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.updates import GENERATOR_LOADING, GENERATOR_UNAVAILABLE, Chosen, Finished, Update
from recommender.recommend.values import Question, Recommendations

CHOSEN_SECONDS = 2.0
"""A choice that was made in time becomes books within milliseconds; on a machine that is very busy, within this."""

log = logging.getLogger(__name__)


class Preparing(Protocol):
    """Finds what a generator may choose from."""

    def prepare(self, questions: Sequence[Question]) -> tuple[Inquiry, ...]:
        """Everything that is done before a generator is needed."""


class Answers:
    """Every answer begins here. Somebody in danger is never answered by a model.

    Args:
        preparing: finds the candidates.
        generator: chooses and writes, behind a queue of its own.
        reader: takes apart what is written, to check it.
        bundle: all parameters.
        clock: seconds that only ever grow.
    """

    def __init__(
        self,
        preparing: Preparing,
        generator: Generator,
        reader: Reader,
        bundle: Bundle,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._preparing = preparing
        self._reader = reader
        self._bundle = bundle
        self._clock = clock
        self._queue = GenerationQueue(generator, bundle.recommend.queue, clock=clock)
        self._pace = Pace(bundle.recommend.queue.choice_rest_seconds, clock)
        self._store = AnswerStore(clock=clock)

    def state(self) -> QueueState:
        """What the model does, and how many wait for it."""
        return self._queue.state()

    def start_loading(self) -> None:
        """Let the model load beside everything else; nothing waits for it."""
        self._queue.start_loading()

    def begin(self, question: Question, *, choice_seconds: float | None = None) -> LiveAnswer:
        """An answer whose books are known; a model may still be writing about them.

        Args:
            question: what is asked.
            choice_seconds: how long the model's choice of books is waited for; as the bundle says unless told.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `RecommendService.prepare`.
        """
        seconds = self._bundle.recommend.queue.choice_seconds if choice_seconds is None else choice_seconds
        answer = self._opened(question)
        try:
            place = self._enter(answer.inquiry)
        except GeneratorError as error:
            return self._composed(answer, _notice_of(error))
        if place is None:
            return self._composed(answer, "")
        self._write_beside(answer, place, seconds)
        return answer

    def answer(self, question: Question, *, seconds: float | None = None) -> Recommendations:
        """The whole answer, for which the model has so many seconds; with 0 it is not asked.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `RecommendService.prepare`.
        """
        seconds = self._bundle.recommend.queue.answer_seconds if seconds is None else seconds
        if not seconds:
            return self._composed(self._opened(question), "").snapshot()
        end = self._clock() + seconds
        answer = self.begin(question, choice_seconds=seconds)
        answer.wait(max(0.0, end - self._clock()))
        answer.cancel()
        answer.finish(GENERATOR_LATE)
        return answer.snapshot()

    def keep(self, answer: LiveAnswer) -> str:
        """Keep an answer for some minutes, for whoever knows the name that is returned."""
        return self._store.keep(answer)

    def find(self, token: str) -> LiveAnswer:
        """The answer kept under a name; raises `NotFoundError`."""
        return self._store.find(token)

    def close(self) -> None:
        """Let everything that is being written end."""
        self._store.clear()

    def _opened(self, question: Question) -> LiveAnswer:
        (inquiry,) = self._preparing.prepare([question])
        return LiveAnswer(inquiry, bundle=self._bundle.version, clock=self._clock)

    def _enter(self, inquiry: Inquiry) -> Place | None:
        """A place before the model; None where no model is to write, or none is needed.

        Raises:
            GeneratorBusyError, GeneratorLoadingError, GeneratorError: why the model cannot write now.
        """
        if inquiry.danger or not inquiry.candidates.documents:
            return None
        if self._state_at_hand() is GeneratorState.NO_MODEL:
            return None
        return self._queue.enter()

    def _state_at_hand(self) -> GeneratorState:
        """The model's state, which is told to load where nobody did yet.

        Raises:
            GeneratorLoadingError: it is loading; nobody waits for that.
        """
        if self.state().generator is GeneratorState.NOT_LOADED:
            self.start_loading()
        state = self.state().generator
        if state is GeneratorState.LOADING:
            raise GeneratorLoadingError("the model is being loaded")
        return state

    def _composed(self, answer: LiveAnswer, notice: str) -> LiveAnswer:
        self._show_retrieved(answer)
        answer.finish(notice)
        return answer

    def _show_retrieved(self, answer: LiveAnswer) -> None:
        """Let the books be those that the search put first, with composed reasons, unless they are known already."""
        if answer.has_books:
            return
        watch = Stopwatch()
        first = next(self._steps(answer, ComposedGenerator(), watch))
        if isinstance(first, Chosen):
            answer.publish(first, watch.timings)

    def _write_beside(self, answer: LiveAnswer, place: Place, seconds: float) -> None:
        """Let the model write in a thread of its own, and see to it that the books are known when this returns."""
        window = Window()
        if not (is_asked := self._pace.allows(seconds)):
            window.close()
        answer.depend_on(place.is_silent)
        threading.Thread(target=self._write, args=(answer, place, window), name="answer", daemon=True).start()
        if is_asked and not answer.wait_for_books(seconds) and not window.close():
            answer.wait_for_books(CHOSEN_SECONDS)
        self._show_retrieved(answer)

    def _write(self, answer: LiveAnswer, place: Place, window: Window) -> None:
        try:
            with place:
                if place.wait(answer.is_over):
                    self._follow_model(answer, TimelyGenerator(place.generator, window, self._pace))
        except GeneratorError as error:
            log.warning("composed reasons stand in: %s", error)
            self._composed(answer, _notice_of(error))
        except Exception:
            log.exception("composed reasons stand in: the writing of an answer broke off")
            self._composed(answer, GENERATOR_UNAVAILABLE)
        else:
            self._composed(answer, GENERATOR_LATE)

    def _follow_model(self, answer: LiveAnswer, generator: Generator) -> None:
        watch = Stopwatch()
        for update in self._steps(answer, generator, watch):
            if isinstance(update, Finished) and answer.is_over():
                return  # it stopped because it was told to
            answer.publish(update, watch.timings)

    def _steps(self, answer: LiveAnswer, generator: Generator, watch: Stopwatch) -> Iterator[Update]:
        tuned = self._bundle.recommend.generation
        return explain_steps(answer.inquiry, generator, tuned, self._reader, watch, cancelled=answer.is_over)


def _notice_of(error: GeneratorError) -> str:
    if isinstance(error, GeneratorBusyError):
        return GENERATOR_BUSY
    return GENERATOR_LOADING if isinstance(error, GeneratorLoadingError) else GENERATOR_UNAVAILABLE
