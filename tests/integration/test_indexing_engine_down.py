"""Elasticsearch is not there at the start of a load, or goes away in the middle of one."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli.main import main
from recommender.engine.base import Engine
from recommender.engine.elasticsearch import ElasticsearchEngine
from tests.conftest import index_prefix
from tests.contract.flaky_proxy import Fault, Proxy, flaky_proxy
from tests.integration import catalogue_files as files

FOR_GOOD = 100_000
"""Requests lost: more than any load sends."""


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    with flaky_proxy(elasticsearch_url) as proxy:
        yield proxy


@pytest.fixture
def prefix() -> str:
    return index_prefix()


@pytest.fixture
def engine(elasticsearch_url: str, prefix: str) -> Iterator[Engine]:
    """The same indices, reached past the proxy."""
    engine = ElasticsearchEngine(elasticsearch_url, index_prefix=prefix, timeout_s=60.0)
    yield engine
    for index in engine.indices():
        engine.drop_index(index)
    engine.close()


@pytest.fixture
def runner(proxy: Proxy, prefix: str, tmp_path: Path) -> CliRunner:
    others = {name: None for name in os.environ if name.startswith("SEOGA_")}
    settings = {
        "SEOGA_DATA_DIR": str(tmp_path / "data"),
        "SEOGA_ENGINE": "elasticsearch",
        "SEOGA_ELASTICSEARCH_URL": proxy.url,
        "SEOGA_ELASTICSEARCH_PREFIX": prefix,
        "SEOGA_ELASTICSEARCH_TIMEOUT": "30",
    }
    return CliRunner(env=others | settings)


def test_a_load_without_the_engine_is_one_sentence(runner: CliRunner, proxy: Proxy, tmp_path: Path) -> None:
    proxy.faults[""] = [Fault.LOSE_REQUEST] * FOR_GOOD
    result = runner.invoke(main, ["books", "load", str(files.write_csv(tmp_path / "catalogue.csv"))])
    assert result.exit_code == 2
    errors = [line for line in result.output.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert proxy.url in errors[0]
    assert "Traceback" not in result.output


def test_an_engine_that_goes_away_in_the_middle_keeps_the_old_catalogue(
    runner: CliRunner, proxy: Proxy, engine: Engine, prefix: str, tmp_path: Path
) -> None:
    small = files.write_csv(tmp_path / "small.csv")
    assert runner.invoke(main, ["books", "load", str(small)]).exit_code == 0
    live = engine.aliases()["books"]
    large = files.write_large_csv(tmp_path / "large.csv", 2_500)
    breaker = threading.Thread(target=_break_once_an_index_is_made, args=(proxy, prefix), daemon=True)
    breaker.start()
    result = runner.invoke(main, ["books", "load", str(large)])
    breaker.join()
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert engine.aliases()["books"] == live
    assert engine.count("books") == 5
    proxy.faults.clear()
    assert runner.invoke(main, ["books", "load", str(large)]).exit_code == 0
    assert engine.count("books") == 2_500
    assert len([name for name in engine.indices() if name.startswith("books-")]) == 2


def _break_once_an_index_is_made(proxy: Proxy, prefix: str) -> None:
    """Lose every request after the first one for a new generation."""
    made = sum(f"{prefix}books-" in path for path in proxy.requests)
    while sum(f"{prefix}books-" in path for path in list(proxy.requests)) == made:
        time.sleep(0.01)
    proxy.faults[""] = [Fault.LOSE_REQUEST] * FOR_GOOD
