import socket
import subprocess
import sys
import threading
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.fakes import ClosedSearch, fake_library
from webapp.server import create_server, warm_up
from webapp.version import VERSION

ROOT = Path(__file__).parents[3]


def run_webapp(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "webapp", *arguments],
        cwd=ROOT,
        env={"PATH": "", "PYTHONUTF8": "1", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_names_the_defaults() -> None:
    finished = run_webapp("--help")
    assert finished.returncode == 0
    assert "127.0.0.1" in finished.stdout
    assert "8000" in finished.stdout


def test_a_wrong_setting_is_one_sentence() -> None:
    finished = run_webapp(SEOGA_ENGIN="embedded")
    assert finished.returncode == 2
    assert "SEOGA_ENGINE" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        finished = run_webapp("--port", str(taken.getsockname()[1]), SEOGA_DATA_DIR=str(tmp_path))
    assert finished.returncode == 2
    assert "--port" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_library_that_does_not_answer_is_no_reason_not_to_start(caplog: pytest.LogCaptureFixture) -> None:
    assert warm_up(fake_library()) is True
    assert warm_up(fake_library(search=ClosedSearch)) is False
    assert "does not answer" in caplog.text


def test_answers_are_sent_as_they_are_made() -> None:
    app, second_wanted = Flask(__name__), threading.Event()

    @app.get("/")
    def stream() -> Iterator[bytes]:
        yield b"first"
        assert second_wanted.wait(timeout=20), "the first part was held back until the second was there"
        yield b"second"

    server = create_server(app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.effective_port}/", timeout=30) as response:
            assert response.read(5) == b"first"
            second_wanted.set()
            assert response.read() == b"second"
    finally:
        server.trigger.pull_trigger(server.close)  # in the server's own thread, whose loop then ends
        thread.join(timeout=20)
        server.task_dispatcher.shutdown()


def test_a_server_told_to_stop_stops_cleanly(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "webapp", "--port", "0"],
        cwd=ROOT,
        env={"PATH": "", "PYTHONUTF8": "1", "SEOGA_DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert "http://127.0.0.1:" in server.stdout.readline()
    server.terminate()
    _output, complaints = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "Traceback" not in complaints
    assert "does not answer yet" in complaints  # nothing was loaded


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
