"""A catalogue loaded for a measurement by the product's own loader, and gone afterwards."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.loading import CatalogueLoader, LoadOptions, stored_books
from indexer.progress import Progress, SilentProgress
from indexer.rollover import ALIAS
from recommender.call_numbers import read_shelf_prefixes
from recommender.errors import InputError
from recommender.library import Library, open_library
from recommender.models import Book
from recommender.settings import Settings


@contextmanager
def temporary_library(settings: Settings) -> Iterator[Library]:
    """An empty library with these settings: a data folder of its own, on a cluster indices under a prefix of their own.

    Raises:
        SettingsError: a setting is wrong.
    """
    with TemporaryDirectory(prefix="seoga-evaluation-") as folder:
        apart = replace(settings, data_dir=Path(folder), elasticsearch_prefix=f"evaluation-{secrets.token_hex(4)}-")
        library = open_library(apart)
        try:
            yield library
        finally:
            if apart.engine == "elasticsearch":
                for index in library.engine.indices():
                    library.engine.drop_index(index)
            library.close()


def load_catalogue(library: Library, paths: list[Path], progress: Progress | None = None) -> None:
    """Load catalogue files as `python -m indexer books load` does.

    Raises:
        InputError: a file cannot be used.
    """
    loader = CatalogueLoader(
        library.engine,
        library.analyzer,
        library.encoder,
        prefixes=read_shelf_prefixes(library.settings.shelf_prefixes),
        data_dir=library.settings.data_dir,
        clock=lambda: datetime.now(UTC),
        progress=progress or SilentProgress(),
    )
    loader.load(paths, LoadOptions())


def live_books(library: Library) -> tuple[Book, ...]:
    """Every book of the live generation, in the order of ids.

    Raises:
        InputError: nothing was loaded yet.
    """
    live = library.engine.aliases().get(ALIAS)
    if live is None:
        raise InputError("there is no catalogue yet; run `python -m indexer books load FILE`, or name a catalogue file")
    return tuple(stored_books(library.engine, live))
