"""A recommendation as server-sent events: the books at once, then each sentence, each book, the whole."""

import time
from collections.abc import Generator, Iterator
from contextlib import closing

from recommender.recommend.answering import GENERATOR_BUSY, GENERATOR_LATE, LiveAnswer
from recommender.recommend.updates import Explained, Finished, SentenceWritten, Update
from webapp.api.answers import recommendation_answer, recommendation_shape
from webapp.streaming import PULSE_SECONDS, Event, HeldConnections


def answer_events(answer: LiveAnswer, held: HeldConnections, *, seconds: int | None) -> Generator[Event | None]:
    """All events of an answer, as they come; whoever stops listening ends the writing.

    Args:
        answer: whose books are known.
        held: where a connection that waits is counted; where there is no room for it, what is there has to do.
        seconds: how long the model may take; None for as long as it takes.
    """
    end = time.monotonic() + seconds if seconds is not None else float("inf")
    with held.hold() as may_wait:
        if not may_wait:
            answer.finish(GENERATOR_BUSY)
        yield Event("books", recommendation_answer(answer.snapshot()))
        try:
            with closing(answer.follow(pulse=PULSE_SECONDS)) as news:
                for numbered in news:
                    if time.monotonic() >= end:
                        answer.finish(GENERATOR_LATE)
                    yield from _events(answer, numbered[1]) if numbered else (None,)
        finally:
            answer.cancel()


def _events(answer: LiveAnswer, update: Update) -> Iterator[Event]:
    if isinstance(update, SentenceWritten):
        yield Event("sentence", {"book_id": update.book_id, "part": update.part, "text": update.text})
    elif isinstance(update, Explained):
        yield Event("book", recommendation_shape(update.recommendation))
    elif isinstance(update, Finished):
        whole = answer.snapshot()
        if whole.notice:
            yield Event("notice", {"notice": whole.notice})
        yield Event("done", recommendation_answer(whole))
