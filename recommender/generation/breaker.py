"""Whether a generator that failed may be asked again: a circuit breaker."""

from collections.abc import Callable

FAILURES = 2
"""In a row. One alone may be one question's own fault, such as a prompt that is too long for the model's window."""


class Breaker:
    """Closed while all is well; open for a rest after failures; then one question goes through to find out.

    It decides only; whoever uses it from several threads guards it.

    Args:
        rest_seconds: how long nobody is let through.
        clock: seconds that only ever grow.
    """

    def __init__(self, rest_seconds: float, clock: Callable[[], float]) -> None:
        self._rest_seconds = rest_seconds
        self._clock = clock
        self._failures = 0
        self._tripped_at: float | None = None  # when it opened last
        self._failing_since: float | None = None
        self._is_probed = False

    @property
    def is_open(self) -> bool:
        """Whether nobody but a probe may pass."""
        return self._tripped_at is not None

    @property
    def failing_for(self) -> float | None:
        """Seconds since it opened first and did not close again; None while it is closed."""
        return None if self._failing_since is None else self._clock() - self._failing_since

    def may_probe(self) -> bool:
        """Whether the rest is over and nobody is finding out yet."""
        if self._tripped_at is None or self._is_probed:
            return False
        return self._clock() - self._tripped_at >= self._rest_seconds

    def probe(self) -> None:
        """Somebody goes to find out."""
        self._is_probed = True

    def withdraw(self) -> None:
        """Whoever went to find out left before they knew."""
        self._is_probed = False

    def succeed(self) -> None:
        """The generator answered."""
        self._failures, self._tripped_at, self._failing_since, self._is_probed = 0, None, None, False

    def fail(self) -> None:
        """The generator failed once more."""
        self._failures += 1
        if self._is_probed or self._failures >= FAILURES:
            self.trip()

    def trip(self) -> None:
        """Open at once, as after a silence that no single question explains."""
        self._tripped_at = self._clock()
        if self._failing_since is None:
            self._failing_since = self._tripped_at
        self._is_probed = False
