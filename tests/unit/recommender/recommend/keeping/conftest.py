from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.engine.embedded import EmbeddedEngine
from recommender.text.morphemes import Analyzer
from tests.keeping import Desk
from tests.small_library import SmallLibrary


@pytest.fixture
def desk(analyzer: Analyzer, tmp_path: Path) -> Iterator[Desk]:
    """With a library of its own, which a test may change."""
    engine = EmbeddedEngine(tmp_path)
    yield Desk(SmallLibrary(engine, analyzer))
    engine.close()
