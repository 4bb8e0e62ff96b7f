"""The cache in a real Redis: shared, bounded in time, and never in the way when it is dead."""

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.caching.factory import Caches, create_caches
from recommender.caching.memory import MemoryCache
from recommender.caching.redis import PREFIX, REST_SECONDS, RedisCache
from recommender.errors import SettingsError
from recommender.settings import Settings
from tests.redis_server import RedisServer, running_redis


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with running_redis(tmp_path) as running:
        yield running


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_one_server_put_another_gets(server: RedisServer) -> None:
    here, there = RedisCache(server.url, 60), RedisCache(server.url, 60)
    here.put("k", "추천".encode())

    assert there.get("k") == "추천".encode()
    assert there.get("other") is None
    here.close()
    there.close()


def test_redis_itself_forgets_it_in_time(server: RedisServer) -> None:
    cache = RedisCache(server.url, 60)
    cache.put("k", b"1")

    assert 59_000 < server.milliseconds_left(f"{PREFIX}k") <= 60_000
    cache.close()


def test_a_dead_redis_is_left_alone_logged_once_and_found_again(
    server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    cache = RedisCache(server.url, 60, clock=clock)
    cache.put("k", b"1")
    server.stop()

    with caplog.at_level(logging.WARNING, logger="recommender.caching.redis"):
        assert cache.get("k") is None
        clock.now += REST_SECONDS  # tried again, and dead still: not a second line in the log
        assert cache.get("k") is None
        server.start()
        assert cache.get("k") is None  # resting: not even tried
        assert server.everything() == {}
        cache.put("k", b"not kept while it rests")
        assert server.everything() == {}
        clock.now += REST_SECONDS
        cache.put("k", b"2")

    assert cache.get("k") == b"2"
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "Redis (SEOGA_CACHE) does not answer, so every question is answered anew",
        "Redis (SEOGA_CACHE) answers again",
    ]
    cache.close()


def test_a_redis_that_takes_calls_and_says_nothing_is_called_once(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        cache = RedisCache(f"redis://127.0.0.1:{silent.getsockname()[1]}/0", 60)
        answers = [cache.get("k") for _ in range(100)]
        cache.close()
        calls = connections_to(silent)

    assert answers == [None] * 100
    assert calls == 1
    assert len(caplog.records) == 1


def connections_to(listener: socket.socket) -> int:
    """How many wait to be accepted."""
    listener.setblocking(False)
    for count in range(100):
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return count
        connection.close()
    return 100


def test_the_settings_choose_where_answers_are_kept(server: RedisServer) -> None:
    caches = create_caches(Settings(cache=server.url))
    caches.shared.put("k", b"1")
    caches.private.put("p", b"2")

    assert server.everything() == {f"{PREFIX}k": b"1"}
    assert caches.private.get("p") == b"2"
    caches.close()


def test_without_redis_both_are_one_in_this_process() -> None:
    caches = create_caches(Settings())

    assert caches.shared is caches.private
    assert isinstance(caches.shared, MemoryCache)


def test_a_cache_can_be_off() -> None:
    caches: Caches = create_caches(Settings(cache="off"))
    caches.private.put("k", b"1")

    assert caches.private.get("k") is None


def test_an_address_that_cannot_be_read_is_named() -> None:
    with pytest.raises(SettingsError, match=r"SEOGA_CACHE: .*give an address such as redis://127\.0\.0\.1:6379/0"):
        create_caches(Settings(cache="redis://127.0.0.1:port/0"))
