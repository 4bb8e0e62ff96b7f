"""What keeps answers for a while, so that a question asked again costs nothing."""

from typing import Protocol


class Cache(Protocol):
    """Texts of bytes under keys that say nothing of what they hold. May be called from several threads; never raises."""

    def get(self, key: str) -> bytes | None:
        """What was put under a key, if it is still there."""

    def put(self, key: str, value: bytes) -> None:
        """Keep it, for as long as the cache was told to, or shorter where room is needed."""

    def close(self) -> None:
        """Release connections."""


class NoCache:
    """Keeps nothing: every question is answered anew."""

    def get(self, key: str) -> bytes | None:  # noqa: ARG002 (the protocol's shape)
        """Nothing."""
        return None

    def put(self, key: str, value: bytes) -> None:
        """Forget it."""

    def close(self) -> None:
        """There is nothing to release."""
