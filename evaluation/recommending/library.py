"""The library over which recommendation cases are measured, and its readers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.temporary import load_catalogue, temporary_library
from indexer.cli.sample import SAMPLE
from indexer.progress import Progress
from recommender.models import Book
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.library import Library


@dataclass(frozen=True, slots=True)
class LibraryFiles:
    """What a library is made of."""

    catalogue: tuple[Path, ...]
    history: Path | None = None
    preferences: Path | None = None


SAMPLE_FILES = LibraryFiles(
    catalogue=(SAMPLE / "catalogue.csv", SAMPLE / "descriptions.jsonl"),
    history=SAMPLE / "history.json",
    preferences=SAMPLE / "preferences.json",
)


@contextmanager
def library_with_readers(files: LibraryFiles, settings: Settings, progress: Progress) -> Iterator["Library"]:
    """A library made of some files for a measurement, and gone afterwards.

    Raises:
        InputError: a file cannot be used.
        EngineError: the engine failed.
    """
    from indexer.cli.opening import readers_loader

    with temporary_library(settings) as library:
        load_catalogue(library, list(files.catalogue), progress)
        loader = readers_loader(library)
        if files.history:
            loader.load_history(files.history, reader="reader", replace=False, columns={})
        if files.preferences:
            loader.load_preferences(files.preferences, reader="reader", columns={})
        yield library


def books_by_id(books: tuple[Book, ...]) -> Mapping[str, Book]:
    """Id → book."""
    return {book.id: book for book in books}
