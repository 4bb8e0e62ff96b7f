"""The part of a file of readers whose books a catalogue holds."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from evaluation.readers.interactions import Interactions
from evaluation.temporary import live_books
from indexer.progress import SilentProgress
from recommender.errors import InputError
from recommender.models import HistoryEntry

if TYPE_CHECKING:
    from recommender.library import Library


def join(library: "Library", interactions: Interactions) -> tuple[HistoryEntry, ...]:
    """The readings whose book the library holds, recognised as the indexer does: by ISBN, or by title and author.

    Raises:
        InputError: it holds none of them.
    """
    from indexer.readers.matching import BookMatcher

    matched = BookMatcher(library.engine).matched(interactions.entries)
    joined = tuple(entry for entry in matched if entry.book_id)
    if not joined:
        raise InputError(
            f"{interactions.source}: the catalogue holds none of the books of its {len(interactions.entries):,} rows; "
            "give the catalogue that these readers read from"
        )
    return joined


def keep_only(library: "Library", book_ids: Collection[str]) -> None:
    """Leave the library with these books alone."""
    from indexer.cli.opening import catalogue_loader

    books = [book for book in live_books(library) if book.id in book_ids]
    catalogue_loader(library, SilentProgress()).load_books(books)
