from collections.abc import Iterator

import pytest

from recommender.engine.embedded import EmbeddedEngine
from recommender.text.morphemes import Analyzer
from tests.small_library import SmallLibrary


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(num_workers=1)


@pytest.fixture(scope="package")
def library(analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLibrary]:
    """Only read by tests."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("library"))
    yield SmallLibrary(engine, analyzer)
    engine.close()
