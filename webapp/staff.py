"""Who may change what the catalogue says: staff, with the one password of the library's settings.

A sign-in is a signed cookie: it names nobody, is kept nowhere, ends by itself, and ends at once when the password is
changed, because the password is a part of the key (HMAC-SHA256, RFC 2104).
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

SESSION_SECONDS = 8 * 3600
"""One working day: a librarian signs in each morning."""

MOST_FAILURES = 5
"""Wrong passwords from one address before it has to wait; people mistype two or three times."""

WAIT_SECONDS = 15 * 60
"""How long it has to wait then: 480 guesses a day do not find a password."""

MOST_ADDRESSES = 10_000
"""Addresses remembered; the oldest are forgotten first, so that a flood cannot fill the memory."""


@dataclass(slots=True)
class _Failures:
    count: int
    last: float


class FailedTries:
    """Counts wrong passwords by address. `now` gives seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._by_address: OrderedDict[str, _Failures] = OrderedDict()

    def wait(self, address: str) -> int:
        """Seconds that an address has to wait before it may try again; 0 if it need not."""
        failures = self._by_address.get(address)
        if failures is None or failures.count < MOST_FAILURES:
            return 0
        remaining = failures.last + WAIT_SECONDS - self._now()
        if remaining <= 0:
            del self._by_address[address]
        return max(0, round(remaining))

    def failed(self, address: str) -> None:
        """Count one more."""
        failures = self._by_address.setdefault(address, _Failures(0, 0.0))
        failures.count, failures.last = failures.count + 1, self._now()
        self._by_address.move_to_end(address)
        while len(self._by_address) > MOST_ADDRESSES:
            self._by_address.popitem(last=False)

    def forget(self, address: str) -> None:
        """Start anew, after the right password."""
        self._by_address.pop(address, None)


class Staff:
    """Signs staff in and knows them again. Safe to use from several threads.

    Args:
        password: of the settings; without one nobody can sign in.
        secret: of this library, kept in its data folder.
        now: gives seconds since 1970.
    """

    def __init__(self, password: str, secret: bytes, now: Callable[[], float]) -> None:
        self._password = password.encode()
        self._key = hmac.new(secret, self._password, hashlib.sha256).digest()
        self._now = now
        self.tries = FailedTries(now)

    @property
    def can_sign_in(self) -> bool:
        """Whether the library has a password for its staff."""
        return bool(self._password)

    def session(self, password: str) -> str | None:
        """A new session for the right password, None for a wrong one; compared in constant time."""
        if not self.can_sign_in or not hmac.compare_digest(password.encode(), self._password):
            return None
        stated = f"{int(self._now()) + SESSION_SECONDS}.{secrets.token_urlsafe(16)}"
        return f"{stated}.{self._signature('session', stated)}"

    def knows(self, session: str) -> bool:
        """Whether this is a session that was given here and has not ended."""
        stated, _, signature = session.rpartition(".")
        ends = stated.partition(".")[0]
        return (
            self.can_sign_in
            and hmac.compare_digest(signature.encode(), self._signature("session", stated).encode())
            and int(ends) > self._now()
        )

    def form_token(self, session: str) -> str:
        """What a form of this session carries, so that no other page can send one in its name."""
        return self._signature("form", session)

    def sent(self, session: str, form_token: str) -> bool:
        """Whether a form was made for this session."""
        return hmac.compare_digest(form_token.encode(), self.form_token(session).encode())

    def _signature(self, purpose: str, stated: str) -> str:
        return hmac.new(self._key, f"{purpose}:{stated}".encode(), hashlib.sha256).hexdigest()
