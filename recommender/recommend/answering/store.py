"""Where answers are kept for a while, under names that nobody can guess and that say nothing."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from recommender.errors import NotFoundError
from recommender.recommend.answering.live import LiveAnswer

KEPT_SECONDS = 600.0
"""After so long without anybody looking it is forgotten: time to read three reasons and come back from the shelf."""

MAX_KEPT = 200
"""Far more than are asked for in ten minutes; one with its candidates takes some 100 KB."""


def random_token() -> str:
    """192 random bits, fit for an address."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer, and the form that asked for it but without the reader, so that it can be shown filled in again."""

    answer: LiveAnswer
    form: Mapping[str, Sequence[str]]


class AnswerStore:
    """Answers in this process, the oldest of which go first where there is no room.

    Args:
        clock: seconds that only ever grow.
        new_token: makes the names.
    """

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, new_token: Callable[[], str] = random_token
    ) -> None:
        self._clock = clock
        self._new_token = new_token
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, KeptAnswer] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def keep(self, answer: LiveAnswer, form: Mapping[str, Sequence[str]]) -> str:
        """Keep an answer, which from its end on holds nobody who asked, and the form; returns its name."""
        answer.outlive_request()
        token = self._new_token()
        with self._lock:
            self._forget_old()
            self._kept[token] = KeptAnswer(answer, form)
            while len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)[1].answer.cancel()
        return token

    def find(self, token: str) -> KeptAnswer:
        """The answer of a name.

        Raises:
            NotFoundError: there is none, or not any more.
        """
        with self._lock:
            self._forget_old()
            if token not in self._kept:
                raise NotFoundError("this answer is not kept any more; ask again")
            return self._kept[token]

    def clear(self) -> None:
        """Forget them all; what is being written is left unfinished."""
        with self._lock:
            for kept in self._kept.values():
                kept.answer.cancel()
            self._kept.clear()

    def _forget_old(self) -> None:
        now = self._clock()
        for token, kept in list(self._kept.items()):
            if kept.answer.is_left() and now - kept.answer.seen_at > KEPT_SECONDS:
                del self._kept[token]
