"""The library that a command asks: the live one, or one made of files for the occasion."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.progress import measuring_progress
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.library import Library


@contextmanager
def live_or_made_of(catalogue: Sequence[Path], settings: Settings) -> Iterator["Library"]:
    """The live library, or one with nothing but the given files.

    Raises:
        SettingsError: a setting is wrong.
        InputError: a file cannot be used.
    """
    from evaluation.temporary import load_catalogue, temporary_library
    from recommender.library import open_library

    if not catalogue:
        library = open_library(settings)
        try:
            yield library
        finally:
            library.close()
        return
    with temporary_library(settings) as library:
        with measuring_progress() as progress:
            load_catalogue(library, list(catalogue), progress)
        yield library
