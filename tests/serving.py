"""The real commands in processes of their own: what an operator types, and the server that they start."""

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TIMEOUT_S = 120


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """This process's environment with the given settings and no others: `engine="elasticsearch"` sets SEOGA_ENGINE."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SEOGA_")}
    given = {f"SEOGA_{name.upper()}": value for name, value in settings.items()}
    return inherited | given | {"SEOGA_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"}


def indexer(
    variables: Mapping[str, str], *arguments: str | Path, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run `python -m indexer …`; what it printed is in the result."""
    command = [sys.executable, "-m", "indexer", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=TIMEOUT_S * 3, check=False
    )
    if check:
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done


@contextmanager
def served(variables: Mapping[str, str]) -> Iterator[str]:
    """The URL of `python -m webapp` on a free port."""
    server = subprocess.Popen(
        [sys.executable, "-m", "webapp", "--port", "0"], cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True
    )
    try:
        yield _announced_url(server)
    finally:
        server.terminate()
        server.communicate(timeout=30)


def _announced_url(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        if found := re.search(r"http://\S+", line):
            return found.group()
    pytest.fail(f"the server ended with {server.wait()} before it said where it listens")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answered."""

    status: int
    body: Any
    content_type: str


def ask(url: str, body: Any = None) -> Answer:
    """GET, or POST a JSON body; error statuses are answers too."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"} if data else {})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
            return Answer(response.status, json.load(response), response.headers.get_content_type())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, json.load(error), error.headers.get_content_type())
