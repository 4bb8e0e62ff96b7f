"""The part of a file of readers whose books a catalogue holds."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from evaluation.readers.interactions import Interactions, item_of
from evaluation.temporary import live_books
from indexer.progress import SilentProgress
from recommender.errors import InputError
from recommender.models import Book, HistoryEntry, Holding

if TYPE_CHECKING:
    from recommender.library import Library


def recognised(library: "Library", interactions: Interactions) -> tuple[HistoryEntry, ...]:
    """The readings, those of held books with the book's id, recognised as the indexer does: by ISBN, or title and author.

    Raises:
        InputError: it holds none of them.
    """
    from indexer.readers.matching import BookMatcher

    matched = tuple(BookMatcher(library.engine).matched(interactions.entries))
    if not any(entry.book_id for entry in matched):
        raise InputError(
            f"{interactions.source}: the catalogue holds none of the books of its {len(interactions.entries):,} rows; "
            "give the catalogue that these readers read from"
        )
    return matched


def held_by_name(library: "Library", interactions: Interactions) -> tuple[HistoryEntry, ...]:
    """The readings in a library that holds every one of their books, and knows no more of it than its title or number."""
    from indexer.cli.opening import catalogue_loader

    ids = {item: f"item-{number:06}" for number, item in enumerate(sorted(set(map(item_of, interactions.entries))))}
    titles = {item_of(entry): entry.title or entry.isbn for entry in interactions.entries}
    books = [Book(id=ids[item], title=titles[item], holdings=(Holding(),)) for item in ids]
    catalogue_loader(library, SilentProgress()).load_books(books)
    return tuple(replace(entry, book_id=ids[item_of(entry)]) for entry in interactions.entries)


def keep_only(library: "Library", book_ids: Collection[str]) -> None:
    """Leave the library with these books alone."""
    from indexer.cli.opening import catalogue_loader

    books = [book for book in live_books(library) if book.id in book_ids]
    catalogue_loader(library, SilentProgress()).load_books(books)
