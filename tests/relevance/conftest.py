"""The sample library, loaded once as `python -m indexer sample` loads its books."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.cases.values import Shelf
from evaluation.temporary import live_books, load_catalogue, temporary_library
from indexer.progress import SilentProgress
from recommender.library import Library
from recommender.settings import Settings

SAMPLE = Path(__file__).resolve().parents[2] / "sample"


@pytest.fixture(scope="session")
def sample_library() -> Iterator[Library]:
    with temporary_library(Settings()) as library:
        load_catalogue(library, [SAMPLE / "catalogue.csv", SAMPLE / "descriptions.jsonl"], SilentProgress())
        yield library


@pytest.fixture(scope="session")
def sample_shelf(sample_library: Library) -> Shelf:
    return Shelf(live_books(sample_library))
