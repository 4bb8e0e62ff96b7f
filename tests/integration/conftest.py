"""The sample library on both engines, loaded by the command that an operator types."""

import uuid

import pytest

from tests import serving

Variables = dict[str, str]


@pytest.fixture(scope="session")
def embedded_sample(tmp_path_factory: pytest.TempPathFactory) -> Variables:
    """The environment of a sample library on the embedded engine."""
    variables = serving.environment(tmp_path_factory.mktemp("embedded"))
    serving.indexer(variables, "sample")
    return variables


@pytest.fixture(scope="session")
def elasticsearch_sample(tmp_path_factory: pytest.TempPathFactory, elasticsearch_url: str) -> Variables:
    """The same with two settings changed: on a real Elasticsearch node."""
    variables = serving.environment(
        tmp_path_factory.mktemp("elasticsearch"),
        engine="elasticsearch",
        elasticsearch_url=elasticsearch_url,
        elasticsearch_prefix=f"sample-{uuid.uuid4().hex[:8]}-",
        elasticsearch_timeout="60",
    )
    serving.indexer(variables, "sample")
    return variables


@pytest.fixture(params=["embedded", "elasticsearch"])
def sample(request: pytest.FixtureRequest) -> Variables:
    """Each engine's sample library in turn."""
    variables: Variables = request.getfixturevalue(f"{request.param}_sample")
    return variables
