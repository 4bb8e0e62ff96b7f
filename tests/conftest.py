"""What tests of several rooms share: the real node, and both engines."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.engine.base import Engine
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


@pytest.fixture
def index_prefix() -> str:
    """A prefix that no other test has."""
    return f"test-{uuid.uuid4().hex[:12]}-"


@pytest.fixture
def embedded_engine(tmp_path: Path) -> Iterator[Engine]:
    """The embedded engine on an empty folder."""
    from recommender.engine.embedded import EmbeddedEngine

    engine = EmbeddedEngine(tmp_path / "engine")
    yield engine
    engine.close()


@pytest.fixture
def elasticsearch_engine(elasticsearch_url: str, index_prefix: str) -> Iterator[Engine]:
    """The Elasticsearch engine on the shared node, with a prefix of its own; its indices are dropped afterwards."""
    from recommender.engine.elasticsearch import ElasticsearchEngine

    engine = ElasticsearchEngine(elasticsearch_url, index_prefix=index_prefix, timeout_s=60.0)
    yield engine
    for index in engine.indices():
        engine.drop_index(index)
    engine.close()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine
