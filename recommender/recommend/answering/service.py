"""Answering in time: the books at once, and a model's words for as long as somebody waits for them."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from recommender.bundle import Bundle
from recommender.clock import Stopwatch
from recommender.errors import GeneratorBusyError, GeneratorError, GeneratorLoadingError
from recommender.generation.base import Generator, GeneratorState
from recommender.generation.composed import ComposedGenerator
from recommender.generation.queueing import GenerationQueue, Place, QueueState
from recommender.recommend.answering.choice import Pace, TimelyGenerator, Window
from recommender.recommend.answering.live import GENERATOR_BUSY, GENERATOR_LATE, LiveAnswer
from recommender.recommend.answering.store import AnswerStore, KeptAnswer
from recommender.recommend.explaining import explain_steps
from recommender.recommend.grounding.sentences import Reader
from recommender.recommend.inquiry import Inquiry
from recommender.recommend.updates import (
    GENERATOR_LOADING,
    GENERATOR_UNAVAILABLE,
    Chosen,
    Explanation,
    Finished,
    Update,
)
from recommender.recommend.values import Question, Recommendations

CHOSEN_SECONDS = 2.0
"""A choice that was made in time becomes books within milliseconds; on a machine that is very busy, within this."""

log = logging.getLogger(__name__)


class Recommending(Protocol):
    """Does everything but the choosing and writing."""

    def begin(self, question: Question) -> Inquiry | Recommendations:
        """An answer that was kept and still holds, else everything from which one can be made."""

    def answer(self, inquiry: Inquiry, explanation: Explanation, timings: Mapping[str, float]) -> Recommendations:
        """The whole answer as it stands."""

    def finish(self, inquiry: Inquiry, explanation: Explanation, timings: Mapping[str, float]) -> Recommendations:
        """The whole answer when it is done, kept for whoever asks the same again."""


class Answers:
    """Every answer begins here. Somebody in danger is never answered by a model.

    Args:
        recommending: finds the candidates, and keeps what is done.
        generator: chooses and writes, behind a queue of its own.
        reader: takes apart what is written, to check it.
        bundle: all parameters.
        clock: seconds that only ever grow.
    """

    def __init__(
        self,
        recommending: Recommending,
        generator: Generator,
        reader: Reader,
        bundle: Bundle,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._recommending = recommending
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
            choice_seconds: how long the model's choice of books is waited for; unless told, as the bundle says, and not
                at all where the model has others to answer first.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `RecommendService.recommend`.
        """
        seconds = self._bundle.recommend.queue.choice_seconds if choice_seconds is None else choice_seconds
        found = self._recommending.begin(question)
        if isinstance(found, Recommendations):
            return LiveAnswer.of(found)
        answer = self._opened(found)
        try:
            place = self._enter(found)
        except GeneratorError as error:
            self._end(answer, found, _notice_of(error))
            return answer
        if place is None:
            self._compose(answer, found)
        else:
            is_patient = choice_seconds is not None
            self._write_beside(answer, found, place, seconds if place.has_turn or is_patient else 0.0)
        return answer

    def answer(
        self, question: Question, *, seconds: float | None = None, has_left: Callable[[], bool] = lambda: False
    ) -> Recommendations:
        """The whole answer, for which the model has so many seconds, unless whoever asked has left before.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `RecommendService.recommend`.
        """
        seconds = self._bundle.recommend.queue.answer_seconds if seconds is None else seconds
        end = self._clock() + seconds
        answer = self.begin(question, choice_seconds=seconds)
        answer.wait(max(0.0, end - self._clock()), has_left)
        answer.cancel()
        answer.finish(GENERATOR_LATE)
        return answer.snapshot()

    def composed(self, question: Question, notice: str = "") -> Recommendations:
        """The whole answer at once, unless a better one was kept; no model is asked.

        Raises:
            InputError, NotFoundError, SchemaMismatchError, IndexMissingError: as `RecommendService.recommend`.
        """
        found = self._recommending.begin(question)
        if isinstance(found, Recommendations):
            return found
        answer = self._opened(found)
        self._end(answer, found, notice)
        return answer.snapshot()

    def keep(self, answer: LiveAnswer, form: Mapping[str, Sequence[str]]) -> str:
        """Keep an answer some minutes, for whoever knows the name that is returned, with its form, which names no reader."""
        return self._store.keep(answer, form)

    def find(self, token: str) -> KeptAnswer:
        """The answer kept under a name; raises `NotFoundError`."""
        return self._store.find(token)

    def close(self) -> None:
        """Let everything that is being written end."""
        self._store.clear()

    def _opened(self, inquiry: Inquiry) -> LiveAnswer:
        return LiveAnswer(partial(self._recommending.answer, inquiry), clock=self._clock)

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

    def _compose(self, answer: LiveAnswer, inquiry: Inquiry) -> None:
        """Answer without a model, as is meant to be here."""
        watch = Stopwatch()
        for update in self._steps(answer, inquiry, ComposedGenerator(), watch):
            if isinstance(update, Finished):
                answer.conclude(self._recommending.finish(inquiry, update.explanation, watch.timings))

    def _end(self, answer: LiveAnswer, inquiry: Inquiry, notice: str) -> None:
        """End the answer with composed reasons wherever no model has written, unless it has ended."""
        self._show_retrieved(answer, inquiry)
        answer.finish(notice)

    def _show_retrieved(self, answer: LiveAnswer, inquiry: Inquiry) -> None:
        """Let the books be those that the search put first, with composed reasons, unless they are known already."""
        if answer.has_books:
            return
        watch = Stopwatch()
        first = next(self._steps(answer, inquiry, ComposedGenerator(), watch))
        if isinstance(first, Chosen):
            answer.publish(first, watch.timings)

    def _write_beside(self, answer: LiveAnswer, inquiry: Inquiry, place: Place, seconds: float) -> None:
        """Let the model write in a thread of its own, and see to it that the books are known when this returns."""
        window = Window()
        if not (is_asked := self._pace.allows(seconds)):
            window.close()
        answer.depend_on(place.is_silent)
        writing = threading.Thread(
            target=self._write, args=(answer, inquiry, place, window), name="answer", daemon=True
        )
        writing.start()
        if is_asked and not answer.wait_for_books(seconds) and not window.close():
            answer.wait_for_books(CHOSEN_SECONDS)
        self._show_retrieved(answer, inquiry)

    def _write(self, answer: LiveAnswer, inquiry: Inquiry, place: Place, window: Window) -> None:
        try:
            with place:
                if place.wait(answer.is_over):
                    self._follow_model(answer, inquiry, TimelyGenerator(place.generator, window, self._pace))
        except GeneratorError as error:
            log.warning("composed reasons stand in: %s", error)
            self._end(answer, inquiry, _notice_of(error))
        except Exception:
            log.exception("composed reasons stand in: the writing of an answer broke off")
            self._end(answer, inquiry, GENERATOR_UNAVAILABLE)
        else:
            self._end(answer, inquiry, GENERATOR_LATE)

    def _follow_model(self, answer: LiveAnswer, inquiry: Inquiry, generator: Generator) -> None:
        watch = Stopwatch()
        for update in self._steps(answer, inquiry, generator, watch):
            if not isinstance(update, Finished):
                answer.publish(update, watch.timings)
            elif not answer.is_over():  # else it stopped because it was told to
                answer.conclude(self._recommending.finish(inquiry, update.explanation, watch.timings))

    def _steps(self, answer: LiveAnswer, inquiry: Inquiry, generator: Generator, watch: Stopwatch) -> Iterator[Update]:
        tuned = self._bundle.recommend.generation
        return explain_steps(inquiry, generator, tuned, self._reader, watch, cancelled=answer.is_over)


def _notice_of(error: GeneratorError) -> str:
    if isinstance(error, GeneratorBusyError):
        return GENERATOR_BUSY
    return GENERATOR_LOADING if isinstance(error, GeneratorLoadingError) else GENERATOR_UNAVAILABLE
