"""A real chat server with a real, tiny model: the one that `transformers` brings along."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.generation.base import ChoiceTask, GeneratorState, Prompt, WritingTask
from recommender.generation.openai import OpenAIGenerator
from tests import tiny_models

START_S = 180.0
PROMPT = Prompt(system="당신은 사서입니다.", user="1. 데미안\n2. 어린 왕자\n3. 코스모스\n번호만 쓰세요.")


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    tiny_models.save_llama(folder)
    return folder


@pytest.fixture(scope="module")
def server_url(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from transformers.cli.transformers import main; main()",
        "serve",
        str(model_folder),
    ]
    command += ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(folder)}
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/health", server, log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                answer.read()
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise AssertionError(f"the chat server did not start:\n{log.read_text()[-2000:]}")


def test_a_real_server_chooses_and_writes_with_its_tokens_counted(server_url: str, model_folder: Path) -> None:
    generator = OpenAIGenerator(server_url, model=str(model_folder))

    (choice,) = generator.choose([ChoiceTask(PROMPT, None, candidates=3, size=2)])
    tasks = [WritingTask(PROMPT, fallback="-"), WritingTask(Prompt("사서", "코스모스"), fallback="-")]
    first, second = generator.write(tasks, max_tokens=9, temperature=0.0)

    assert len(choice.scores) == 3
    assert choice.prompt_tokens > 30
    assert first.prompt_tokens == choice.prompt_tokens > second.prompt_tokens > 0
    assert 0 < first.completion_tokens <= 9
    assert generator.state is GeneratorState.READY
