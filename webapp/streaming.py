"""Server-sent events: how they are written, and how many connections may stay open for them.

The format is that of the HTML standard, section 9.2. The server gives every open connection a thread, so there may be no
more of them than threads that nobody else needs.
"""

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

from flask import Response, current_app, request, stream_with_context

MAX_HELD = 12
"""Connections that may wait for a model at once, each with a thread of its own: more than the answers that a model writes and
lets wait at any time (docs/operator.md), so that only followers of the same answer ever meet this limit."""

PULSE_SECONDS = 1.0
"""How often a waiting connection is looked at: a client that left is noticed within this."""

HEARTBEAT_SECONDS = 10.0
"""After so long without an event a comment is sent; proxies close what is silent for a minute or less."""

RETRY_MILLISECONDS = 2000
"""After so long a browser asks again for what it has not got yet."""

MEDIA_TYPE = "text/event-stream"

HEARTBEAT = ": the model is still writing\n\n"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; a browser that lost its connection says the number of the last that it got."""

    name: str
    data: Mapping[str, object]
    number: int = 0  # 0: it has none

    def __str__(self) -> str:
        """As it goes over the wire: JSON has no line breaks of its own, so one line of data is enough."""
        number = f"id: {self.number}\n" if self.number else ""
        return f"{number}event: {self.name}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n"


class HeldConnections:
    """Counts the connections that wait for a model."""

    def __init__(self, most: int = MAX_HELD) -> None:
        self._free = threading.BoundedSemaphore(most)

    @contextmanager
    def hold(self) -> Iterator[bool]:
        """Whether one more connection may wait; it is given back at the end."""
        is_held = self._free.acquire(blocking=False)
        try:
            yield is_held
        finally:
            if is_held:
                self._free.release()


def held_connections() -> HeldConnections:
    """Those of the application at hand."""
    held: HeldConnections = current_app.extensions["held_connections"]
    return held


def wants_events() -> bool:
    """Whether the request asks for events rather than for one answer."""
    return request.accept_mimetypes.best_match(["application/json", MEDIA_TYPE]) == MEDIA_TYPE


def last_number() -> int:
    """The number of the last event that a browser got before its connection was lost; 0 for none."""
    given = request.headers.get("Last-Event-ID", "")
    return int(given) if given.isdecimal() and len(given) < 6 else 0  # noqa: PLR2004 (no answer has so many events)


def client_has_left() -> Callable[[], bool]:
    """Says whether the client of this request has closed its connection, as far as the server knows."""
    disconnected: Callable[[], bool] | None = request.environ.get("waitress.client_disconnected")
    return disconnected or (lambda: False)


def event_stream(events: Generator[Event | None]) -> Response:
    """A response that sends events as they come, and ends them when the client leaves; None is nothing new."""
    text = stream_with_context(_text(events, client_has_left()))
    return Response(text, mimetype=MEDIA_TYPE, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


def _text(events: Generator[Event | None], has_left: Callable[[], bool]) -> Iterator[str]:
    sent_at = time.monotonic()
    yield f"retry: {RETRY_MILLISECONDS}\n\n"
    with closing(events):
        for event in events:
            if has_left():
                return
            if event is None and time.monotonic() - sent_at < HEARTBEAT_SECONDS:
                continue
            yield HEARTBEAT if event is None else str(event)
            sent_at = time.monotonic()
