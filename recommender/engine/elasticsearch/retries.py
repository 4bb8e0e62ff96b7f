"""How often, and after which waits, a request is tried again."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """At most `attempts` tries; each wait is twice the one before, up to `longest_wait_s` seconds."""

    attempts: int
    first_wait_s: float = 0.2
    longest_wait_s: float = 5.0

    def waits(self) -> Iterator[float]:
        """The seconds to wait before each further try; as many as there are further tries."""
        for further in range(self.attempts - 1):
            yield min(self.longest_wait_s, self.first_wait_s * 2**further)


ONCE = RetryPolicy(attempts=1)
"""For what may not be done twice: an index that the lost first try created would look like somebody else's."""

READING = RetryPolicy(attempts=3)
"""0.6 s at most: a visitor is waiting, and a node that restarts takes longer than anyone would."""

WRITING = RetryPolicy(attempts=7)
"""Some 11 s: a load of many minutes outlasts a full queue, or a node that hands its shards over."""
