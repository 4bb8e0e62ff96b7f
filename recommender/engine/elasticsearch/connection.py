"""A connection to a cluster: credentials, timeouts, tries with waits between them, and translated errors."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from recommender.engine.elasticsearch.failures import TRY_LATER, translated, without_credentials
from recommender.engine.elasticsearch.retries import ONCE, READING, RetryPolicy
from recommender.errors import EngineUnavailableError, SettingsError

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

Answer = TypeVar("Answer")

CONNECTIONS = 16
"""As many as the web process has threads; more would wait for each other."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: an API key, or a user and a password, or nobody."""

    api_key: str = ""
    username: str = ""
    password: str = ""

    def options(self) -> dict[str, Any]:
        """The client's options.

        Raises:
            SettingsError: both kinds are given, or half of one.
        """
        if self.api_key and self.username:
            raise SettingsError(
                "SEOGA_ELASTICSEARCH_API_KEY and SEOGA_ELASTICSEARCH_USERNAME are both set; leave one of them out"
            )
        if bool(self.username) != bool(self.password):
            raise SettingsError("SEOGA_ELASTICSEARCH_USERNAME and SEOGA_ELASTICSEARCH_PASSWORD: set both, or neither")
        if self.api_key:
            return {"api_key": self.api_key}
        return {"basic_auth": self._encoded()} if self.username else {}

    def _encoded(self) -> str:
        """User and password as UTF-8, which Elasticsearch reads; the client would take ASCII only."""
        return base64.b64encode(f"{self.username}:{self.password}".encode()).decode("ascii")


class Connection:
    """Requests to one cluster.

    Args:
        url: `http://host:9200`; several, separated by commas, are nodes of one cluster.
        credentials: who asks.
        ca_certs: a file with the authority that signed the cluster's certificate.
        timeout_s: what one request may take, in seconds.
        sleep: waits between tries.
    """

    def __init__(
        self,
        url: str,
        *,
        credentials: Credentials,
        ca_certs: Path | None,
        timeout_s: float,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        urls = [one.strip() for one in url.split(",")]
        self.url = ", ".join(map(without_credentials, urls))
        self._sleep = sleep
        self.client = self._connected(urls, credentials, ca_certs, timeout_s)

    def ask(self, request: Callable[[], Answer], *, policy: RetryPolicy = READING) -> Answer:
        """Make a request, and make it again after a wait where that may help.

        Raises:
            EngineError: of the kind that the last try's failure means.
        """
        for wait in policy.waits():
            try:
                return self._translating(request)
            except EngineUnavailableError as error:
                if not may_help_again(error.__cause__):
                    raise
                self._sleep(wait)
        return self._translating(request)

    def ask_once(self, request: Callable[[], Answer]) -> Answer:
        """Make a request that must not be made twice."""
        return self.ask(request, policy=ONCE)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def _translating(self, request: Callable[[], Answer]) -> Answer:
        from elasticsearch import ApiError, SerializationError, TransportError, UnsupportedProductError

        try:
            return request()
        except (ApiError, TransportError, SerializationError, UnsupportedProductError) as error:
            raise translated(error, self.url) from error

    def _connected(
        self, urls: list[str], credentials: Credentials, ca_certs: Path | None, timeout_s: float
    ) -> "Elasticsearch":
        from elasticsearch import Elasticsearch

        options: dict[str, Any] = {"ca_certs": str(ca_certs)} if ca_certs else {}
        try:
            return Elasticsearch(
                urls,
                **credentials.options(),
                **options,
                request_timeout=timeout_s,
                connections_per_node=CONNECTIONS,
                max_retries=0,  # tries are counted here, with waits between them
                retry_on_timeout=False,
            )
        except (ValueError, OSError) as error:
            raise SettingsError(
                f"SEOGA_ELASTICSEARCH_URL={self.url}: {error}; give a URL such as http://127.0.0.1:9200"
            ) from error


def may_help_again(cause: BaseException | None) -> bool:
    """Whether a failed request is worth another try; one that ran out of time would only run out of it again."""
    from elasticsearch import ApiError, ConnectionTimeout

    if isinstance(cause, ApiError):
        return cause.meta.status in TRY_LATER
    return not isinstance(cause, ConnectionTimeout)


def may_have_happened(cause: BaseException | None) -> bool:
    """Whether a write that failed may have taken effect all the same: then its answer was lost, not refused."""
    from elasticsearch import ApiError

    return not (isinstance(cause, ApiError) and cause.meta.status == 429)  # noqa: PLR2004
