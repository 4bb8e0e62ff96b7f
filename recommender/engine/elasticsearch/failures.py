"""The client's exceptions, translated once into the project's own."""

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from recommender.errors import (
    EngineError,
    EngineForbiddenError,
    EngineUnavailableError,
    IndexExistsError,
    IndexMissingError,
    UnsupportedClauseError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from elasticsearch import TransportError

TRY_LATER = frozenset({429, 502, 503, 504})
"""A full queue, or a proxy or node that is not ready."""

FORBIDDEN = {
    401: "refuses the credentials; set SEOGA_ELASTICSEARCH_API_KEY, or SEOGA_ELASTICSEARCH_USERNAME and _PASSWORD",
    403: "does not permit this; give the user or key the privileges listed in docs/engines.md",
}
MISSING = frozenset({"index_not_found_exception", "aliases_not_found_exception"})
EXISTS = frozenset({"resource_already_exists_exception", "invalid_alias_name_exception"})


def without_credentials(url: str) -> str:
    """A URL as it may stand in a message."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def translated(error: Exception, url: str) -> EngineError:
    """What a client's exception means here.

    Args:
        error: raised by the client.
        url: of the cluster, without credentials.
    """
    from elasticsearch import ApiError, ConnectionError, ConnectionTimeout, SSLError, TransportError  # noqa: A004

    if isinstance(error, ApiError):
        body = error.body if isinstance(error.body, dict) else {}
        details = body.get("error")
        return from_response(error.meta.status, details if isinstance(details, dict) else {"reason": str(details)}, url)
    if isinstance(error, ConnectionTimeout):
        return EngineUnavailableError(
            f"Elasticsearch at {url} did not answer in time; see that it is well, or raise SEOGA_ELASTICSEARCH_TIMEOUT"
        )
    if isinstance(error, SSLError):
        return EngineUnavailableError(
            f"Elasticsearch at {url}: its certificate is not trusted ({_cause(error)}); "
            "name its authority's file in SEOGA_ELASTICSEARCH_CA_CERTS"
        )
    if isinstance(error, ConnectionError):
        return EngineUnavailableError(
            f"Elasticsearch at {url} does not answer ({_cause(error)}); start it, or correct SEOGA_ELASTICSEARCH_URL"
        )
    if isinstance(error, TransportError):
        return EngineError(f"Elasticsearch at {url}: {error.message}")
    return EngineError(f"Elasticsearch at {url}: {error}")


def from_response(status: int, details: "Mapping[str, Any]", url: str) -> EngineError:
    """What an error in an answer means, of a whole request or of one part of it.

    Args:
        status: the HTTP status.
        details: the answer's `error`: `type`, `reason`, …
        url: of the cluster, without credentials.
    """
    kind, reason, place = str(details.get("type", "")), _reason(details), f"Elasticsearch at {url}"
    if kind in MISSING:
        name = details.get("resource.id") or details.get("index") or ""
        return IndexMissingError(
            f"index {name}: there is none at {url}; load something first (`python -m indexer --help`)"
        )
    if kind in EXISTS or "already exists as alias" in reason:
        return IndexExistsError(f"{place}: {reason}; choose another name, or drop what is there")
    if status in TRY_LATER:
        return EngineUnavailableError(f"{place} is overloaded or not ready ({status}: {reason}); try again later")
    if status in FORBIDDEN:
        return EngineForbiddenError(f"{place} {FORBIDDEN[status]} ({reason})")
    if status == HTTPStatus.BAD_REQUEST:
        return UnsupportedClauseError(f"{place} refuses the request: {reason}")
    return EngineError(f"{place} answers {status}: {reason}; is it of version 9?")


def _reason(details: "Mapping[str, Any]") -> str:
    """The innermost reason that is told: the outer one is often only "all shards failed"."""
    causes = details.get("root_cause") or [details]
    inner = details.get("caused_by") or causes[0]
    reasons = [str(part["reason"]) for part in (details, inner) if part.get("reason")]
    return ": ".join(dict.fromkeys(reasons)) or str(details.get("type", "no reason given"))


def _cause(error: "TransportError") -> str:
    """The last words of a chain such as `HTTPConnection(…): Failed to establish …: [Errno 111] Connection refused`."""
    return str(error.message).rsplit(": ", 1)[-1].strip(" ()>'\"")[:200]
