"""Opening what the commands work with."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from recommender.settings import Settings

if TYPE_CHECKING:
    from indexer.loading import CatalogueLoader
    from indexer.progress import Progress
    from indexer.readers.learning import CrowdLearner
    from indexer.readers.loading import ReadersLoader
    from recommender.library import Library


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


@contextmanager
def opened_library() -> Iterator["Library"]:
    """The library that the environment's settings describe, closed at the end.

    Raises:
        SettingsError: a setting is wrong.
    """
    from recommender.library import open_library

    library = open_library(Settings.from_environment(os.environ))
    try:
        yield library
    finally:
        library.close()


def catalogue_loader(library: "Library", progress: "Progress") -> "CatalogueLoader":
    """What loads and rebuilds the catalogue of a library."""
    from indexer.loading import CatalogueLoader
    from recommender.call_numbers import read_shelf_prefixes

    return CatalogueLoader(
        library.engine,
        library.analyzer,
        library.encoder,
        prefixes=read_shelf_prefixes(library.settings.shelf_prefixes),
        data_dir=library.settings.data_dir,
        clock=now,
        progress=progress,
    )


def readers_loader(library: "Library") -> "ReadersLoader":
    """What loads the readers of a library."""
    from indexer.readers.loading import ReadersLoader

    problems = library.settings.data_dir / "problems"
    return ReadersLoader(library.engine, library.readers, problems, this_year=now().year)


def crowd_learner(library: "Library") -> "CrowdLearner":
    """What learns from all readers of a library together."""
    from indexer.readers.learning import CrowdLearner

    return CrowdLearner(library.engine, library.readers, library.bundle.recommend.crowd, now)
