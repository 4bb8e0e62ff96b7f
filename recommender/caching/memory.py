"""A cache in this process: the answers asked for last, as many as fit into the room they were given."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

ENTRY_BYTES = 250
"""What one entry takes besides its key and value: two objects' heads and a place in the order."""


class MemoryCache:
    """Least recently used goes first; what is older than `seconds` is not given out any more.

    Args:
        max_bytes: of keys and values together.
        seconds: how long an entry lives.
        clock: seconds that only ever grow.
    """

    def __init__(self, max_bytes: int, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, tuple[float, bytes]] = OrderedDict()  # key → when it ends, value
        self._bytes = 0

    @property
    def size(self) -> int:
        """Bytes taken."""
        return self._bytes

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def get(self, key: str) -> bytes | None:
        """What was put, unless it is too old; it is the last to go from now on."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            ends_at, value = entry
            if ends_at <= self._clock():
                self._remove(key)
                return None
            self._entries.move_to_end(key)
            return value

    def put(self, key: str, value: bytes) -> None:
        """Keep it and let the least recently used go; what is larger than the whole room is not kept."""
        with self._lock:
            self._remove(key)
            if _bytes_of(key, value) > self._max_bytes:
                return
            self._entries[key] = (self._clock() + self._seconds, value)
            self._bytes += _bytes_of(key, value)
            while self._bytes > self._max_bytes:
                self._remove(next(iter(self._entries)))

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _remove(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= _bytes_of(key, entry[1])


def _bytes_of(key: str, value: bytes) -> int:
    return len(key) + len(value) + ENTRY_BYTES
