"""A chat server on localhost with a real socket: it answers as it is told to, and refuses what it does not know."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = Mapping[str, Any]


@dataclass
class ChatServer:
    """What the server says, and what it was asked.

    Args:
        answer: what a question is answered with.
        refuses: names of fields that are answered with status 400, as a strict server answers unknown ones.
        models: the names it serves.
        broken: answers everything with this status and page instead.
    """

    answer: Callable[[Body], str]
    refuses: frozenset[str] = frozenset()
    models: tuple[str, ...] = ("tiny-chat",)
    broken: tuple[HTTPStatus, str] | None = None
    asked: list[Body] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    url: str = ""

    def respond(self, path: str, body: Body | None) -> tuple[HTTPStatus, str, str]:
        """Status, content type and text for one request."""
        if self.broken:
            return self.broken[0], "text/html", self.broken[1]
        if path == "/v1/models":
            return _json(HTTPStatus.OK, {"object": "list", "data": [_model(name) for name in self.models]})
        if path != "/v1/chat/completions" or body is None:
            return _json(HTTPStatus.NOT_FOUND, {"error": {"message": f"no {path} here"}})
        self.asked.append(body)
        if unknown := self.refuses & body.keys():
            return _json(HTTPStatus.BAD_REQUEST, {"error": {"message": f"unknown field {min(unknown)}"}})
        if body.get("stream"):
            return HTTPStatus.OK, "text/event-stream", _events(body, self.answer(body))
        return _json(HTTPStatus.OK, _completion(body, self.answer(body)))


@contextmanager
def running(server: ChatServer) -> Iterator[ChatServer]:
    """Serve on a free port of this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*server.respond(self.path, None))

        def do_POST(self) -> None:
            server.keys.add(self.headers.get("Authorization", ""))
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._send(*server.respond(self.path, body))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's name)
            """Keep the test's output clean."""

        def _send(self, status: HTTPStatus, content_type: str, text: str) -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    server.url = f"http://127.0.0.1:{listener.server_port}/v1"
    try:
        yield server
    finally:
        listener.shutdown()
        serving.join()
        listener.server_close()


def _json(status: HTTPStatus, value: object) -> tuple[HTTPStatus, str, str]:
    return status, "application/json", json.dumps(value, ensure_ascii=False)


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "library"}


def _events(body: Body, text: str) -> str:
    """The same as server-sent events, a word at a time, the tokens at the end where they are asked for."""
    whole = _completion(body, text)
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": body["model"]}
    words = [word if place == 0 else f" {word}" for place, word in enumerate(text.split(" "))]
    chunks = [{**chunk, "choices": [{"index": 0, "delta": {"content": word}}]} for word in words]
    if body.get("stream_options", {}).get("include_usage"):
        chunks.append({**chunk, "choices": [], "usage": whole["usage"]})
    return "".join(f"data: {json.dumps(each, ensure_ascii=False)}\n\n" for each in chunks) + "data: [DONE]\n\n"


def _completion(body: Body, text: str) -> dict[str, Any]:
    """Counts a word as a token."""
    read = sum(len(message["content"].split()) for message in body["messages"])
    written = len(text.split())
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": body["model"],
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}],
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
    }
