"""A bounded queue before a generator: whoever finds it full, silent or failing is told at once, and waits for nothing.

A model on two cores writes one answer at a time and takes seconds for it. Whoever asks takes a *place*: the first places
are turns, the next ones wait, and there are no more. A generator that is silent for too long, or fails again and again,
is let alone for some seconds, after which one question finds out whether it answers again.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from recommender.bundle import QueueBundle
from recommender.errors import GeneratorBusyError, GeneratorError
from recommender.generation.base import Cancelled, Generator, GeneratorState
from recommender.generation.breaker import Breaker
from recommender.generation.watched import WatchedGenerator

WATCH_SECONDS = 0.25
"""How often whoever waits looks whether they were cancelled and whether the generator is still alive."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """What is going on before and in a generator."""

    generator: GeneratorState
    writing: int = 0  # answers under way
    waiting: int = 0  # answers that wait for their turn
    failing_for: float | None = None  # seconds since the generator was given up; None: it was not


class Place:
    """One place in the queue, used as a context that gives it back."""

    def __init__(self, queue: "GenerationQueue", *, is_probe: bool) -> None:
        self.is_probe = is_probe  # its answer decides for everybody whether the generator is well again
        self.has_turn = False
        self.has_verdict = False  # the generator answered it, failed or fell silent
        self.is_given_up = False  # the generator fell silent
        self.heard_at: float | None = None  # while the generator works for it: when that last gave a sign of life
        self._queue = queue

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._queue.leave(self)

    @property
    def generator(self) -> Generator:
        """What is behind the queue, for whoever has the turn."""
        return self._queue.generator_for(self)

    def wait(self, cancelled: Cancelled) -> bool:
        """Wait for the turn; False if it was cancelled meanwhile.

        Raises:
            GeneratorBusyError: the turn did not come in time.
            GeneratorError: the generator is failing.
        """
        return self._queue.wait(self, cancelled)

    def is_silent(self) -> bool:
        """Whether the generator has owed it a word for longer than it may."""
        return self._queue.is_silent(self)


class GenerationQueue:
    """Places before one generator, first come first served.

    Args:
        generator: what answers, as many at once as its `at_once` says.
        tuned: how many may wait, and how long.
        clock: seconds that only ever grow.
    """

    def __init__(
        self, generator: Generator, tuned: QueueBundle, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._generator = generator
        self._tuned = tuned
        self._clock = clock
        self._changed = threading.Condition()
        self._breaker = Breaker(tuned.rest_seconds, clock)
        self._places: list[Place] = []  # in the order they came; the first of them have their turn

    def state(self) -> QueueState:
        """How things stand now."""
        with self._changed:
            self._note_silence()
            known = GeneratorState.UNAVAILABLE if self._breaker.is_open else self._generator.state
            writing = sum(place.has_turn for place in self._places)
            return QueueState(known, writing, len(self._places) - writing, self._breaker.failing_for)

    def start_loading(self) -> None:
        """Let the generator load its model beside everything else."""
        self._generator.start_loading()

    def enter(self) -> Place:
        """Take a place, which has to be left again; nothing is waited for.

        Raises:
            GeneratorBusyError: as many wait already as may.
            GeneratorError: the generator is failing.
        """
        with self._changed:
            self._note_silence()
            place = Place(self, is_probe=self._admit())
            if len(self._places) >= self._generator.at_once + self._tuned.waiting:
                raise GeneratorBusyError(f"{self._name}: {len(self._places)} answers are being waited for already")
            if place.is_probe:
                self._breaker.probe()
            self._places.append(place)
            self._give_turns()
        return place

    def wait(self, place: Place, cancelled: Cancelled) -> bool:
        """Wait for the turn of a place, as `Place.wait` says."""
        end = self._clock() + self._tuned.turn_seconds
        with self._changed:
            while not place.has_turn:
                if cancelled():
                    return False
                self._note_silence()
                if self._breaker.is_open and not place.is_probe:
                    raise self._failing()
                if self._clock() >= end:
                    raise GeneratorBusyError(f"{self._name}: no turn came within {self._tuned.turn_seconds:g} s")
                self._changed.wait(WATCH_SECONDS)
        return not cancelled()

    def leave(self, place: Place) -> None:
        """Give a place back."""
        with self._changed:
            self._places.remove(place)
            if place.is_probe and not place.has_verdict:
                self._breaker.withdraw()
            self._give_turns()

    def is_silent(self, place: Place) -> bool:
        """Whether the generator has owed a place a word for longer than it may."""
        with self._changed:
            self._note_silence()
            return place.is_given_up

    def generator_for(self, place: Place) -> Generator:
        """The generator, listened to on behalf of a place."""
        return WatchedGenerator(
            self._generator, at_work=lambda: self._listening(place), heard=lambda: self._hear(place)
        )

    @property
    def _name(self) -> str:
        return f"generator {self._generator.name}"

    def _admit(self) -> bool:
        """Whether whoever comes now finds out for everybody.

        Raises:
            GeneratorError: nobody is let through.
        """
        if sum(place.is_given_up for place in self._places) < self._generator.at_once:
            if not self._breaker.is_open:
                return False
            if self._breaker.may_probe():
                return True
        raise self._failing()

    @contextmanager
    def _listening(self, place: Place) -> Iterator[None]:
        self._hear(place)
        try:
            yield
        except GeneratorExit:  # nobody wants the rest, which says nothing of the generator
            raise
        except BaseException:
            self._judge(place, self._breaker.fail)
            raise
        else:
            self._judge(place, self._breaker.succeed)
        finally:
            place.heard_at = None

    def _hear(self, place: Place) -> None:
        place.heard_at = self._clock()

    def _judge(self, place: Place, verdict: Callable[[], None]) -> None:
        with self._changed:
            verdict()
            place.has_verdict = True
            place.is_given_up = False  # it came back, however late
            self._changed.notify_all()

    def _note_silence(self) -> None:
        """Give up the generator where it says nothing; it keeps the place, as whatever hangs there still takes it."""
        for place in self._places:
            heard_at = place.heard_at
            if heard_at is None or place.is_given_up or self._clock() - heard_at < self._tuned.silence_seconds:
                continue
            place.is_given_up = place.has_verdict = True
            self._breaker.trip()
            self._changed.notify_all()

    def _give_turns(self) -> None:
        for place in self._places[: self._generator.at_once]:
            place.has_turn = True
        self._changed.notify_all()

    def _failing(self) -> GeneratorError:
        return GeneratorError(f"{self._name}: it failed or fell silent, and is left alone for a while")
