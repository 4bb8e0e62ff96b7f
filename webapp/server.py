"""Serving on a production server: one process with threads, because the Korean analyser does not survive a fork."""

import logging

import waitress
from flask import Flask

from recommender.errors import EncoderError, RerankerError, SeogaError
from recommender.search.request import SearchRequest
from webapp.services import Library
from webapp.streaming import MAX_HELD

THREADS = 8 + MAX_HELD
"""Requests answered at once. A search takes milliseconds, so eight are enough, and more wait in the queue rather than for a
processor; connections that wait for a model hold a thread each and use none of its time."""

LOOKAHEAD = 1
"""Requests read on while one is being answered: it is by reading that the server sees that a client has left."""

MAX_REQUEST_BYTES = 16 * 1024 * 1024
"""What the server reads of a body before it refuses by itself; the application refuses far earlier, in its own words."""

WARMING_QUERY = "책"

log = logging.getLogger(__name__)


def warm_up(library: Library) -> bool:
    """Search once, so that the analyser and the index are loaded before the first visitor comes.

    Returns:
        Whether the library answers. If it does not, the reason is logged and the pages say so until it does.

    Raises:
        EncoderError: the encoder cannot be loaded, which no waiting mends.
        RerankerError: the same of the reranker.
    """
    try:
        library.search.search(SearchRequest(query=WARMING_QUERY))
    except (EncoderError, RerankerError):
        raise
    except SeogaError as error:
        log.warning("The library does not answer yet: %s", error)
        return False
    return True


def create_server(app: Flask, *, host: str, port: int) -> "waitress.server.BaseWSGIServer":
    """A server bound to its address, not yet serving; answers are sent as they are made.

    Raises:
        OSError: the address cannot be bound.
    """
    return waitress.create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        channel_request_lookahead=LOOKAHEAD,
        max_request_body_size=MAX_REQUEST_BYTES,
        ident="Seoga",
    )
