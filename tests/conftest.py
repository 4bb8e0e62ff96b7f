"""What tests of several rooms share: the real node, and both engines."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from recommender.engine.base import Engine
from recommender.engine.elasticsearch import ElasticsearchEngine
from recommender.engine.embedded import EmbeddedEngine
from tests import elasticsearch_node

ENGINES = ("embedded", "elasticsearch")


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """A real node, one for the whole run; tests keep apart by their index prefixes."""
    if running := os.environ.get("SEOGA_TEST_ELASTICSEARCH_URL"):
        yield running
        return
    with elasticsearch_node.running_node() as node:
        yield node.url


def index_prefix() -> str:
    """A prefix for indices that no other test has."""
    return f"test-{uuid.uuid4().hex[:12]}-"


@contextmanager
def empty_engine(name: str, *, folder: Path, url: str) -> Iterator[Engine]:
    """One of the engines with nothing in it; its indices are dropped afterwards."""
    engine: Engine
    if name == "embedded":
        engine = EmbeddedEngine(folder)
    else:
        engine = ElasticsearchEngine(url, index_prefix=index_prefix(), timeout_s=60.0)
    yield engine
    for index in engine.indices():
        engine.drop_index(index)
    engine.close()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, elasticsearch_url: str, tmp_path: Path) -> Iterator[Engine]:
    """Each engine in turn, empty for every test."""
    with empty_engine(request.param, folder=tmp_path / "engine", url=elasticsearch_url) as engine:
        yield engine


@pytest.fixture(params=ENGINES, scope="module")
def shared_engine(
    request: pytest.FixtureRequest, elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Each engine in turn, one for all tests of a module: for those that only read."""
    with empty_engine(request.param, folder=tmp_path_factory.mktemp("engine"), url=elasticsearch_url) as engine:
        yield engine
