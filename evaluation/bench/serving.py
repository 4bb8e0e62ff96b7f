"""From a catalogue file to answers over HTTP: how long loading, starting and every stage of a search take."""

import http.client
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from evaluation.bench.processes import Server, Usage, resident_bytes, run_command, running_server, settings_for
from evaluation.bench.real_queries import RealQuery, real_queries
from evaluation.bench.timing import Latency, latency
from recommender.errors import SeogaError
from recommender.models import Book
from recommender.records import book_from_record

SEED = 2026
WARMING_REQUESTS = 20
REQUEST_TIMEOUT_S = 60
REST = "http, json"
"""What a request takes beyond the stages that its answer names: the server, the parameters, the JSON, the network."""


class RequestFailedError(SeogaError):
    """The server refused a search of the benchmark; whoever runs it sees the answer."""


@dataclass(frozen=True, slots=True)
class ServingFigures:
    """Everything measured; latencies in milliseconds."""

    catalogue: str
    books: int
    load_seconds: float
    load_usage: Usage | None
    start_seconds: float  # from the command to a server that has searched once
    first_request_ms: float
    server_bytes: int | None  # resident, after all requests
    request: Latency
    by_kind: Mapping[str, Latency]
    by_stage: Mapping[str, Latency]

    def as_json(self) -> dict[str, Any]:
        """The figures as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Timed:
    query: RealQuery
    milliseconds: float
    stages: Mapping[str, float]


def measure_serving(catalogue: Path, *, requests: int, report: Callable[[str], None]) -> ServingFigures:
    """Load, serve and search one catalogue in a data folder of its own.

    Raises:
        ProcessFailedError: a command of the product failed.
        RequestFailedError: a search did not answer 200.
    """
    with TemporaryDirectory(prefix="seoga-bench-") as folder:
        data = Path(folder) / "data"
        environment = settings_for(data)
        report(f"loading {catalogue.name}")
        loaded = run_command(("indexer", "books", "load", str(catalogue.resolve())), environment)
        books = read_books(data)
        queries = real_queries(books, WARMING_REQUESTS + requests, seed=SEED)
        report(f"serving {len(books):,} books")
        with running_server(environment) as server:
            first, *timed = ask_all(server, queries)
            server_bytes = resident_bytes(server.pid)
    timed = timed[WARMING_REQUESTS - 1 :]
    return ServingFigures(
        catalogue=catalogue.name,
        books=len(books),
        load_seconds=loaded.seconds,
        load_usage=loaded.usage,
        start_seconds=server.start_seconds,
        first_request_ms=first.milliseconds,
        server_bytes=server_bytes,
        request=latency([one.milliseconds for one in timed]),
        by_kind=_grouped((one.query.kind, one.milliseconds) for one in timed),
        by_stage=_grouped(pair for one in timed for pair in one.stages.items()),
    )


def read_books(data_folder: Path) -> list[Book]:
    """The books of the live generation, read beside the server."""
    from recommender.engine.embedded import EmbeddedEngine

    engine = EmbeddedEngine(data_folder / "engine")
    try:
        return [book_from_record(document.source["record"]) for document in engine.scan("books", source=["record"])]
    finally:
        engine.close()


def ask_all(server: Server, queries: Sequence[RealQuery]) -> list[_Timed]:
    """One search after the other over one connection, as one busy visitor."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=REQUEST_TIMEOUT_S)
    try:
        return [_ask(connection, query) for query in queries]
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, query: RealQuery) -> _Timed:
    start = time.perf_counter()
    connection.request("GET", "/api/v1/search?" + urlencode({"q": query.text}))
    response = connection.getresponse()
    content = response.read()
    milliseconds = (time.perf_counter() - start) * 1000
    if response.status != http.client.OK:
        raise RequestFailedError(f"GET /api/v1/search?q={query.text}: {response.status} {content[:500]!r}")
    stages = json.loads(content)["timings"]
    return _Timed(query, milliseconds, {**stages, REST: milliseconds - sum(stages.values())})


def _grouped(pairs: Iterable[tuple[str, float]]) -> dict[str, Latency]:
    times: dict[str, list[float]] = defaultdict(list)
    for name, milliseconds in pairs:
        times[name].append(milliseconds)
    return {name: latency(measured) for name, measured in times.items()}
