"""How an answer is wanted: at once, when the model is done, or word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.params.kinds import Flag, Whole

MAX_WAIT_SECONDS = 120
"""Longer than any model here writes; most callers' own time limits are shorter."""

WAIT = Whole(
    "wait_seconds",
    "How long a model may take at most: 0 for composed reasons at once. What it has not done by then is composed.",
    minimum=0,
    maximum=MAX_WAIT_SECONDS,
)
STREAM = Flag("stream", "Whether to answer with server-sent events, as Accept: text/event-stream does.")

WAITING = (WAIT, STREAM)
WAITING_FIELDS = tuple(parameter.name for parameter in WAITING)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How an answer is wanted."""

    seconds: int | None = None  # None: as the bundle says
    streams: bool = False


def waiting_from_json(body: Mapping[str, Any], *, accepts_events: bool) -> Waiting:
    """What a JSON body, already known to be an object, says of it; the body goes before the header.

    Raises:
        ParameterError: a value is wrong.
    """
    streams = STREAM.accept(body.get(STREAM.name))
    return Waiting(WAIT.accept(body.get(WAIT.name)), accepts_events if streams is None else streams)
