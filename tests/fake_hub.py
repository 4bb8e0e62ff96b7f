"""A model hub on localhost that keeps what is committed to it: the few endpoints that publishing needs, as the real one answers them."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Repository:
    """What was committed to one name."""

    private: bool
    files: dict[str, bytes] = field(default_factory=dict)
    commits: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Hub:
    """The hub's state, and whose token it takes."""

    url: str = ""
    token: str = "hf_right"  # noqa: S105 (nobody's)
    repositories: dict[str, Repository] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def create(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Make a repository."""
        name = f"{wanted['organization']}/{wanted['name']}" if wanted.get("organization") else wanted["name"]
        self.repositories.setdefault(name, Repository(private=wanted.get("visibility") == "private"))
        return {"url": f"{self.url}/{name}", "name": name, "id": name}

    def commit(self, name: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
        """Take a commit's files."""
        repository = self.repositories[name]
        for line in lines:
            if line["key"] == "file":
                repository.files[line["value"]["path"]] = base64.b64decode(line["value"]["content"])
        oid = hashlib.sha1(json.dumps(lines).encode(), usedforsecurity=False).hexdigest()
        repository.commits.append(oid)
        return {"success": True, "commitOid": oid, "commitUrl": f"{self.url}/{name}/commit/{oid}", "hookOutput": ""}


@contextmanager
def running_hub() -> Iterator[Hub]:
    """Serve a hub while the body runs."""
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            hub.asked.append(f"POST {self.path}")
            if self.headers["Authorization"] != f"Bearer {hub.token}":
                self._answer({"error": "Invalid username or password."}, status=401)
            elif self.path == "/api/validate-yaml":  # of a model card's head
                self._answer({"errors": [], "warnings": []})
            elif self.path == "/api/repos/create":
                self._answer(hub.create(json.loads(body)))
            elif self.path.startswith("/api/models/") and "/preupload/" in self.path:
                files = json.loads(body)["files"]
                self._answer(
                    {
                        "files": [
                            {"path": f["path"], "uploadMode": "regular", "shouldIgnore": False, "oid": None}
                            for f in files
                        ]
                    }
                )
            elif self.path.startswith("/api/models/") and "/commit/" in self.path:
                name = self.path.removeprefix("/api/models/").partition("/commit/")[0]
                self._answer(hub.commit(name, [json.loads(line) for line in body.splitlines()]))
            else:
                self._answer({"error": "not found"}, status=404)

        def do_GET(self) -> None:
            hub.asked.append(f"GET {self.path}")
            self._answer({"error": "not found"}, status=404)

        def _answer(self, value: dict[str, Any], *, status: int = 200) -> None:
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
