"""One answer in the making: what became known of it, in order, for any number of followers, early or late."""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from recommender.recommend.updates import (
    GENERATOR_UNAVAILABLE,
    Chosen,
    Explained,
    Explanation,
    Finished,
    SentenceWritten,
    Update,
)
from recommender.recommend.values import Intake, Recommendation, Recommendations, Usage

GENERATOR_BUSY = "generator_busy"
"""Notice: as many answers as may are waited for already, so the reasons are composed."""

GENERATOR_LATE = "generator_late"
"""Notice: the model did not get done in the time that there was, so what it did not reach is composed."""

LEFT_SECONDS = 10.0
"""After so long without anybody the model need not go on. A browser that lost its connection is back within three seconds, a
page without a script asks again every few."""

SILENCE_CHECK_SECONDS = 1.0
"""How often whoever waits looks whether the model is still alive."""

Numbered = tuple[int, Update]

SumUp = Callable[[Explanation, Mapping[str, float]], Recommendations]


class LiveAnswer:
    """Books, each with reasons that may still get better.

    The books never change once they are known, whatever a model says later; and nothing changes after the end.

    Args:
        sum_up: makes a whole answer of what is known by now and of how long each stage took.
        clock: seconds that only ever grow.
    """

    def __init__(self, sum_up: SumUp, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._sum_up = sum_up
        self._clock = clock
        self._changed = threading.Condition()
        self._updates: list[Update] = []
        self._shown: dict[str, Recommendation] = {}  # book id → how it stands
        self._explained: set[str] = set()
        self._whole: Recommendations | None = None
        self._timings: Mapping[str, float] = {}
        self._followers = 0
        self._seen_at = clock()
        self._is_cancelled = False
        self._outlives_request = False
        self._is_silent: Callable[[], bool] = _never

    @classmethod
    def of(cls, whole: Recommendations) -> "LiveAnswer":
        """An answer that was finished before anybody asked."""
        answer = cls(_always(whole))
        answer.conclude(whole)
        return answer

    @property
    def has_books(self) -> bool:
        """Whether the books are known."""
        return bool(self._updates)

    @property
    def is_finished(self) -> bool:
        """Whether nothing changes any more."""
        return self._whole is not None

    @property
    def seen_at(self) -> float:
        """When somebody last looked, by the clock."""
        return self._seen_at

    def is_explained(self, book_id: str) -> bool:
        """Whether the reasons of a book stay as they are."""
        return self.is_finished or book_id in self._explained

    def is_left(self) -> bool:
        """Whether nobody wants the rest."""
        if self._is_cancelled:
            return True
        return not self._followers and self._clock() - self._seen_at > LEFT_SECONDS

    def is_over(self) -> bool:
        """Whether nothing more is to be written: it is finished, or nobody wants the rest."""
        return self.is_finished or self.is_left()

    def cancel(self) -> None:
        """Nobody wants the rest."""
        self._is_cancelled = True

    def outlive_request(self) -> None:
        """From its end on, hold neither who asked nor what they answered about their mood."""
        with self._changed:
            self._outlives_request = True
            if self._whole is not None:
                self._hold(self._whole)

    def depend_on(self, is_silent: Callable[[], bool]) -> None:
        """Be finished with composed reasons as soon as the model is found to be silent."""
        self._is_silent = is_silent

    def publish(self, update: Chosen | SentenceWritten | Explained, timings: Mapping[str, float]) -> None:
        """Let followers know; what comes too late, or speaks of other books than those shown, is dropped.

        Args:
            update: what became known.
            timings: stage → milliseconds until now.
        """
        with self._changed:
            if self.is_finished or not self._fits(update):
                return
            if isinstance(update, Chosen):
                self._shown = {each.book.id: each for each in update.recommendations}
            elif isinstance(update, Explained):
                self._shown[update.recommendation.book.id] = update.recommendation
                self._explained.add(update.recommendation.book.id)
            self._timings = dict(timings)
            self._tell(update)

    def conclude(self, whole: Recommendations) -> None:
        """This is the whole answer, unless it has ended; it has the books that are shown, if any are."""
        with self._changed:
            if self.is_finished or (
                self._shown and list(self._shown) != [each.book.id for each in whole.recommendations]
            ):
                return
            if not self._shown:
                self._shown = {each.book.id: each for each in whole.recommendations}
                self._tell(Chosen(whole.recommendations))
            self._hold(whole)
            self._tell(Finished(Explanation(whole.recommendations, whole.usage, whole.notice)))

    def finish(self, notice: str) -> None:
        """End it as it stands, unless it has ended."""
        with self._changed:
            if not self.is_finished:
                self.conclude(self._standing(notice))

    def wait_for_books(self, seconds: float) -> bool:
        """Whether the books become known in time."""
        with self._changed:
            return self._changed.wait_for(lambda: self.has_books, timeout=seconds)

    def wait(self, seconds: float, has_left: Callable[[], bool]) -> bool:
        """Whether the answer is finished in time, unless whoever waits for it has left before."""
        end = self._clock() + seconds
        with self._attended():
            while not self.is_finished and (left := end - self._clock()) > 0 and not has_left():
                with self._changed:
                    self._changed.wait_for(lambda: self.is_finished, timeout=min(left, SILENCE_CHECK_SECONDS))
                self._give_up_silence()
        return self.is_finished

    def follow(self, *, after: int = 0, pulse: float) -> Generator[Numbered | None]:
        """Every update with its number from 1, as it comes, until the last; those up to the number `after` are left out.

        Args:
            after: the number of the last update that the follower knows.
            pulse: seconds; where nothing came for so long, None comes, so that a follower sees whether it is heard.
        """
        with self._attended():
            known = after
            while not self.is_finished or known < len(self._updates):
                with self._changed:
                    self._changed.wait_for(lambda: len(self._updates) > known, timeout=pulse)  # noqa: B023 (called at once)
                    news = self._updates[known:]
                yield from enumerate(news, known + 1)
                known += len(news)
                if not news:
                    self._give_up_silence()
                    yield None

    def so_far(self, *, after: int = 0) -> tuple[Numbered, ...]:
        """Every update there is, as `follow` numbers them."""
        self._look()
        return tuple(enumerate(self._updates, 1))[after:]

    def snapshot(self) -> Recommendations:
        """The whole answer as it stands: a text that is only half written is shown as it was composed."""
        self._look()
        with self._changed:
            return self._whole or self._standing("")

    def _standing(self, notice: str) -> Recommendations:
        return self._sum_up(Explanation(tuple(self._shown.values()), Usage(), notice), self._timings)

    def _hold(self, whole: Recommendations) -> None:
        """Hold the whole, and no longer the inquiry, with all that it knows of a reader, that it was made of."""
        self._whole = _without_asker(whole) if self._outlives_request else whole
        self._sum_up, self._is_silent = _always(self._whole), _never

    def _tell(self, update: Update) -> None:
        self._updates.append(update)
        self._changed.notify_all()

    def _look(self) -> None:
        self._seen_at = self._clock()
        self._give_up_silence()

    def _give_up_silence(self) -> None:
        if not self.is_finished and self._is_silent():
            self.finish(GENERATOR_UNAVAILABLE)

    @contextmanager
    def _attended(self) -> Iterator[None]:
        with self._changed:
            self._followers += 1
        try:
            yield
        finally:
            with self._changed:
                self._followers -= 1
                self._seen_at = self._clock()

    def _fits(self, update: Chosen | SentenceWritten | Explained) -> bool:
        if isinstance(update, Chosen):
            return not self.has_books
        book_id = update.book_id if isinstance(update, SentenceWritten) else update.recommendation.book.id
        return book_id in self._shown


def _never() -> bool:
    return False


def _always(whole: Recommendations) -> SumUp:
    return lambda _explanation, _timings: whole


def _without_asker(whole: Recommendations) -> Recommendations:
    return replace(whole, question=replace(whole.question, reader_id="", intake=Intake()))
