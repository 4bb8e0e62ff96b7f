"""Which books are asked for in which way: the same ones for the same catalogue and seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.known_items.catalogue import KnownCatalogue
from evaluation.known_items.kinds import Kind
from recommender.models import Book
from recommender.text.normalization import title_key


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A query and the book that somebody has in mind."""

    query: str
    book: Book


def sample(kind: Kind, catalogue: KnownCatalogue, count: int, *, seed: int) -> list[KnownItem]:
    """At most `count` queries of one kind, each title once, the books drawn evenly.

    Each kind has its own source of chance, so that asking for fewer kinds changes none of the others.
    """
    rng = random.Random(f"{seed} {kind.name}")
    found: list[KnownItem] = []
    for item in _items(kind, catalogue, rng):
        if len(found) == count:
            break
        found.append(item)
    return found


def _items(kind: Kind, catalogue: KnownCatalogue, rng: random.Random) -> Iterator[KnownItem]:
    seen: set[str] = set()
    books = sorted(catalogue.books, key=lambda book: book.id)
    for book in rng.sample(books, len(books)):
        key = title_key(book.title)
        if key in seen:
            continue
        query = kind.make(book, rng)
        if query and kind.accepts(query, book, catalogue):
            seen.add(key)
            yield KnownItem(query, book)
