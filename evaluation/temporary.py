"""A library made for a measurement by the product's own parts, and gone afterwards."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from indexer.progress import Progress
from recommender.errors import InputError
from recommender.models import Book
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.library import Library


@contextmanager
def temporary_library(settings: Settings, *, cache: Path | None = None) -> Iterator["Library"]:
    """An empty library: in a data folder of its own, on a cluster under a prefix of its own.

    Args:
        settings: the engine, encoder, bundle and dictionary to use.
        cache: where document vectors are kept between runs; nowhere unless told.

    Raises:
        SettingsError: a setting, or a file that it names, is wrong.
        EngineError: the engine failed.
    """
    from recommender.library import open_library

    with TemporaryDirectory(prefix="seoga-evaluation-", ignore_cleanup_errors=True) as folder:
        prefix = f"{settings.elasticsearch_prefix}evaluation-{uuid.uuid4().hex[:8]}-"
        apart = replace(settings, data_dir=Path(folder), elasticsearch_prefix=prefix)
        library = open_library(apart, cache_folder=cache / "encoded" if cache else None)
        try:
            yield library
        finally:
            for index in library.engine.indices():
                library.engine.drop_index(index)
            library.close()


def load_catalogue(library: "Library", paths: list[Path], progress: Progress) -> None:
    """Load catalogue files as `python -m indexer books load` does.

    Raises:
        InputError: a file cannot be used.
        EngineError: the engine failed.
    """
    from indexer.cli.opening import catalogue_loader
    from indexer.loading import LoadOptions

    catalogue_loader(library, progress).load(paths, LoadOptions())


def live_books(library: "Library") -> tuple[Book, ...]:
    """Every book of the live generation, in the order of ids.

    Raises:
        InputError: nothing was loaded yet.
    """
    from indexer.loading import stored_books
    from indexer.rollover import ALIAS

    live = library.engine.aliases().get(ALIAS)
    if live is None:
        raise InputError("there is no catalogue yet; run `python -m indexer books load FILE`, or name a catalogue file")
    return tuple(stored_books(library.engine, live))
