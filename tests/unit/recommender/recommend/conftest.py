from collections.abc import Iterator

import pytest

from recommender.text.morphemes import Analyzer
from tests.small_library import SmallLibrary


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(num_workers=1)


@pytest.fixture(scope="package")
def library(analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallLibrary]:
    """Only read by tests."""
    opened = SmallLibrary(tmp_path_factory.mktemp("library"), analyzer)
    yield opened
    opened.engine.close()
