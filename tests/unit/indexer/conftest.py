"""An engine and a clock for the indexer's tests."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from recommender.engine.base import Engine
from recommender.engine.embedded import EmbeddedEngine


class SteppingClock:
    """An instant later by one second each time it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def embedded_engine(tmp_path: Path) -> Iterator[Engine]:
    engine = EmbeddedEngine(tmp_path / "engine")
    yield engine
    engine.close()
