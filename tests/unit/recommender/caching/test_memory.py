"""The cache in this process: what goes, when and in which order."""

import threading

from recommender.caching.memory import ENTRY_BYTES, MemoryCache


class Clock:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def room_for(entries: int, *, value_bytes: int) -> int:
    """Bytes that so many entries with keys of one letter take."""
    return entries * (1 + value_bytes + ENTRY_BYTES)


def test_what_was_put_comes_back_until_its_time_is_over() -> None:
    clock = Clock()
    cache = MemoryCache(10_000, seconds=60, clock=clock)
    cache.put("a", "아몬드".encode())

    clock.now += 59.9
    assert cache.get("a") == "아몬드".encode()

    clock.now += 0.1
    assert cache.get("a") is None
    assert cache.size == 0


def test_what_was_not_put_is_not_there() -> None:
    assert MemoryCache(10_000, seconds=60).get("a") is None


def test_the_least_recently_used_goes_first() -> None:
    cache = MemoryCache(room_for(2, value_bytes=100), seconds=60)
    cache.put("a", bytes(100))
    cache.put("b", bytes(100))
    cache.get("a")
    cache.put("c", bytes(100))

    assert {key: cache.get(key) is not None for key in "abc"} == {"a": True, "b": False, "c": True}
    assert cache.size == room_for(2, value_bytes=100)


def test_a_large_answer_takes_the_room_of_several_small_ones() -> None:
    cache = MemoryCache(room_for(3, value_bytes=100), seconds=60)
    for key in "abc":
        cache.put(key, bytes(100))
    cache.put("d", bytes(400))

    assert [key for key in "abcd" if cache.get(key) is not None] == ["c", "d"]


def test_what_is_larger_than_the_cache_pushes_nothing_out() -> None:
    cache = MemoryCache(room_for(1, value_bytes=100), seconds=60)
    cache.put("a", bytes(100))
    cache.put("b", bytes(2_000))

    assert cache.get("a") is not None
    assert cache.get("b") is None


def test_a_second_answer_replaces_the_first_and_its_room() -> None:
    cache = MemoryCache(10_000, seconds=60)
    cache.put("a", bytes(1_000))
    cache.put("a", b"new")

    assert cache.get("a") == b"new"
    assert (len(cache), cache.size) == (1, room_for(1, value_bytes=3))


def test_it_stays_within_its_room_when_many_threads_use_it() -> None:
    cache = MemoryCache(room_for(5, value_bytes=10), seconds=60)

    def use(letters: str) -> None:
        for _ in range(300):
            for key in letters:
                cache.put(key, bytes(10))
                cache.get(key)

    threads = [threading.Thread(target=use, args=(letters,)) for letters in ("abcdef", "defghi", "ghiabc")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert cache.size == room_for(5, value_bytes=10)
    assert len(cache) == 5
