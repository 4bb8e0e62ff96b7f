"""A cache in Redis, which several web servers share and which outlives each of them."""

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from recommender.errors import SettingsError

if TYPE_CHECKING:
    from redis import Redis

PREFIX = "seoga:answer:"

TIMEOUT_SECONDS = 0.25
"""A Redis on the same network answers in a millisecond; one that takes longer than this is slower than answering anew."""

REST_SECONDS = 15.0
"""After a failure Redis is left alone for so long: a dead one must not cost every answer its timeout."""

log = logging.getLogger(__name__)


class RedisCache:
    """Keys and values with Redis's own time to live. A Redis that fails is left alone for a while and then tried again.

    Args:
        url: `redis://`, `rediss://` or `unix://`, as the redis client reads it.
        seconds: how long an entry lives.
        clock: seconds that only ever grow.

    Raises:
        SettingsError: the address cannot be read.
    """

    def __init__(self, url: str, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = _client(url)
        self._milliseconds = max(1, round(seconds * 1000))
        self._clock = clock
        self._lock = threading.Lock()
        self._rests_until: float | None = None  # None while all is well

    def get(self, key: str) -> bytes | None:
        """What was put; None where Redis does not answer."""
        value = self._tried(lambda: self._client.get(PREFIX + key))
        return value if isinstance(value, bytes) else None

    def put(self, key: str, value: bytes) -> None:
        """Keep it, if Redis answers."""
        self._tried(lambda: self._client.set(PREFIX + key, value, px=self._milliseconds))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _tried(self, ask: Callable[[], object]) -> object:
        from redis.exceptions import RedisError

        if self._rests():
            return None
        try:
            answer = ask()
        except (RedisError, OSError) as error:
            self._failed(error)
            return None
        self._succeeded()
        return answer

    def _rests(self) -> bool:
        with self._lock:
            return self._rests_until is not None and self._clock() < self._rests_until

    def _failed(self, error: Exception) -> None:
        with self._lock:
            first = self._rests_until is None
            self._rests_until = self._clock() + REST_SECONDS
        if first:  # once, not at every try: the log of a night without Redis stays readable
            log.warning("Redis (SEOGA_CACHE) does not answer, so every question is answered anew: %s", error)

    def _succeeded(self) -> None:
        with self._lock:
            again = self._rests_until is not None
            self._rests_until = None
        if again:
            log.warning("Redis (SEOGA_CACHE) answers again")


def _client(url: str) -> "Redis":
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.exceptions import ConnectionError as ClosedError
    from redis.retry import Retry

    try:
        return Redis.from_url(
            url,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            # Once more where Redis closed a connection that was idle, but not where it said nothing.
            retry=Retry(NoBackoff(), 1, supported_errors=(ClosedError,)),
        )
    except (ValueError, TypeError) as error:
        raise SettingsError(f"SEOGA_CACHE: {error}; give an address such as redis://127.0.0.1:6379/0") from error
