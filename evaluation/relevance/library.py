"""A library that holds the passages of a collection, built by the product's own loader and thrown away afterwards."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.collections.values import Passage
from evaluation.temporary import temporary_library
from indexer.progress import Progress
from recommender.models import Book, Holding
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.library import Library


@contextmanager
def library_of(books: Iterable[Book], settings: Settings, *, cache: Path, progress: Progress) -> Iterator["Library"]:
    """A library with these books and nothing else, in a data folder of its own; on a cluster under a prefix of its own.

    Args:
        books: indexed just as they are.
        settings: the engine, encoder, bundle and dictionary to use.
        cache: where document vectors are kept between runs.
        progress: told how far it is.

    Raises:
        SettingsError: a setting, or a file that it names, is wrong.
        EngineError: the engine failed.
    """
    from indexer.cli.opening import catalogue_loader

    with temporary_library(settings, cache=cache) as library:
        catalogue_loader(library, progress).load_books(list(books))
        yield library


def passage_book(passage: Passage) -> Book:
    """The book by which a library would hold a passage.

    The product takes no record without a title. A passage that has none is catalogued under its first line, as a
    cataloguer titles a leaflet.
    """
    first_line, _, rest = passage.text.strip().partition("\n")
    title, description = (passage.title, passage.text) if passage.title.strip() else (first_line.strip(), rest.strip())
    return Book(id=passage.id, title=title, description=description, holdings=(Holding(),))
