"""A proxy before a real node that loses what it is told to lose: the network between two machines, on a bad day."""

import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What happens to one request."""

    LOSE_REQUEST = "lose the request"  # the connection closes before the node hears of it
    LOSE_ANSWER = "lose the answer"  # the node does what it was asked, and nobody is told
    BUSY = "429"
    UNREADY = "503"


@dataclass(slots=True)
class Proxy:
    """Where it listens, and what will go wrong."""

    url: str
    faults: dict[str, list[Fault]] = field(default_factory=dict)  # part of a path → what happens to the next requests
    requests: list[str] = field(default_factory=list)  # the paths asked for, without their options

    def next_fault(self, path: str) -> Fault | None:
        for part, planned in self.faults.items():
            if part in path and planned:
                return planned.pop(0)
        return None


@contextmanager
def flaky_proxy(node_url: str) -> Iterator[Proxy]:
    """A proxy for the length of a block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    proxy = Proxy(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = _handler(proxy, urlsplit(node_url).netloc)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(proxy: Proxy, node: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = self.path.partition("?")[0]
            proxy.requests.append(path)
            fault = proxy.next_fault(path)
            if fault in {Fault.BUSY, Fault.UNREADY}:
                self._answer(int(fault), {"X-Elastic-Product": "Elasticsearch"}, b'{"error": {"reason": "planned"}}')
                return
            if fault is not Fault.LOSE_REQUEST:
                status, headers, content = _ask(node, self, body)
            if fault is None:
                self._answer(status, headers, content)
            else:
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = pass_on  # noqa: N815 (names that the server looks for)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nobody reads a log here."""

        def _answer(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler


def _ask(node: str, request: BaseHTTPRequestHandler, body: bytes) -> tuple[int, dict[str, str], bytes]:
    """What the node answers: status, the headers that the client reads, content."""
    connection = http.client.HTTPConnection(node, timeout=60)
    connection.request(request.command, request.path, body, {**request.headers, "Host": node})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    kept = {name: value for name in ("Content-Type", "X-Elastic-Product") if (value := response.headers.get(name))}
    return response.status, kept, content
