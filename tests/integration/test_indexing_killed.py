"""`kill -9` in the middle of a load, on both engines: the old catalogue answers, and the next load cleans up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.generations import GenerationRecords
from recommender.engine.base import Engine, Search
from recommender.engine.factory import create_engine
from recommender.settings import Settings
from tests.conftest import ENGINES, index_prefix
from tests.integration import catalogue_files as files

ROOT = Path(__file__).parents[2]

BOOKS = 3_500
"""Three batches and a half, so that there is a middle to be killed in."""

MOMENTS = ("reading", "fitting", "indexing", "half-built", "merging the index", "verifying")
"""What a load says it is doing when it is killed; half-built is when the new index holds books already."""

PATIENCE_SECONDS = 300


@pytest.fixture(params=ENGINES)
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a command that works on an empty library on each engine."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SEOGA_")}
    settings = {"SEOGA_DATA_DIR": str(tmp_path / "data"), "SEOGA_ENGINE": request.param, "PYTHONUNBUFFERED": "1"}
    if request.param == "elasticsearch":
        settings["SEOGA_ELASTICSEARCH_URL"] = request.getfixturevalue("elasticsearch_url")
        settings["SEOGA_ELASTICSEARCH_PREFIX"] = index_prefix()
        settings["SEOGA_ELASTICSEARCH_TIMEOUT"] = "60"
    return inherited | settings


@pytest.fixture
def engine(environment: dict[str, str]) -> Iterator[Engine]:
    """The engine as the web application has it open all the while."""
    engine = create_engine(Settings.from_environment(environment))
    yield engine
    for index in engine.indices():
        engine.drop_index(index)
    engine.close()


def load(path: Path, environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start a load."""
    program = [sys.executable, "-m", "indexer", "books", "load", str(path)]
    return subprocess.Popen(
        program, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def load_wholly(path: Path, environment: dict[str, str]) -> None:
    process = load(path, environment)
    output, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, output


def kill_at(moment: str, path: Path, environment: dict[str, str], engine: Engine) -> None:
    """Start a load and end it with SIGKILL at a moment."""
    before = set(engine.indices())
    with load(path, environment) as process:
        awaited = "indexing" if moment == "half-built" else moment
        said = _until(process, awaited)
        assert said.startswith(awaited), said
        if moment == "half-built":
            _wait_for_books(engine, before)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize("polite", [signal.SIGINT, signal.SIGTERM])
def test_a_load_that_is_stopped_politely_leaves_nothing(
    environment: dict[str, str], engine: Engine, tmp_path: Path, polite: signal.Signals
) -> None:
    load_wholly(files.write_csv(tmp_path / "small.csv"), environment)
    live = engine.aliases()["books"]
    # What a shell starts in the background ignores Ctrl-C, and hands that down.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with load(files.write_large_csv(tmp_path / "large.csv", BOOKS), environment) as process:
        _until(process, "indexing")
        _wait_for_books(engine, {live})
        process.send_signal(polite)
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 2
    assert output.splitlines()[-1] == "Error: stopped; the catalogue is as it was before"
    assert [name for name in engine.indices() if name.startswith("books-")] == [live]
    assert GenerationRecords(engine).current_claim() is None


def _until(process: subprocess.Popen[str], awaited: str) -> str:
    """Read what a load says until it says that it is at a step; everything it said, if it ends before."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        if line.startswith(awaited):
            return line
        said += line
    return said


def _wait_for_books(engine: Engine, before: set[str]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        new = [name for name in engine.indices() if name not in before and name.startswith("books-")]
        if new and engine.count(new[0]) > 0:
            return
        time.sleep(0.02)
    raise AssertionError("the new index never held a book")


def answers(engine: Engine) -> tuple[int, list[str]]:
    """How many books there are, and what a search for one of them finds."""
    body = {"query": {"bool": {"filter": [{"terms": {"title_keys": ["데미안"]}}]}}}
    (found,) = engine.msearch([Search("books", body)])
    return engine.count("books"), [hit.id for hit in found.hits]


def test_a_load_that_is_killed_at_any_moment_harms_nothing(
    environment: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    small = files.write_csv(tmp_path / "small.csv")
    large = files.write_large_csv(tmp_path / "large.csv", BOOKS)
    load_wholly(small, environment)
    expected, live = answers(engine), engine.aliases()["books"]
    assert expected[0] == 5
    for moment in MOMENTS:
        kill_at(moment, large, environment, engine)
        assert answers(engine) == expected, moment
        assert engine.aliases()["books"] == live, moment
    load_wholly(large, environment)
    assert engine.count("books") == BOOKS
    newest = engine.aliases()["books"]
    assert [name for name in engine.indices() if name.startswith("books-")] == sorted([live, newest])
    records = GenerationRecords(engine)
    assert records.names() == {live, newest}
    assert records.current_claim() is None
