"""Known items as a judged collection, so that they can be tuned for beside questions."""

from collections.abc import Sequence

from evaluation.collections.values import Collection, Passage
from evaluation.known_items.catalogue import KnownCatalogue
from evaluation.known_items.kinds import KINDS, Answered, Kind
from evaluation.known_items.sampling import sample
from recommender.models import Book

BY_SEARCHING = tuple(kind for kind in KINDS if kind.answered is Answered.BY_TITLE)
"""Kinds that a search answers by its words; an ISBN is found or not, whatever is tuned, and suggestions rank nothing."""


def known_item_collection(
    name: str, books: Sequence[Book], *, per_kind: int, seed: int, kinds: Sequence[Kind] = BY_SEARCHING
) -> Collection:
    """Queries of several kinds over one catalogue; every work with the title that was meant is relevant.

    Args:
        name: of the collection.
        books: the whole catalogue.
        per_kind: at most this many queries of each kind.
        seed: of the draw.
        kinds: which ways of asking.
    """
    catalogue = KnownCatalogue.of(books)
    items = [
        (f"{kind.name}-{number}", item)
        for kind in kinds
        for number, item in enumerate(sample(kind, catalogue, per_kind, seed=seed), 1)
    ]
    return Collection(
        name=name,
        documents=tuple(Passage(book.id, book.title, book.description) for book in catalogue.books),
        queries={query_id: item.query for query_id, item in items},
        qrels={query_id: dict.fromkeys(catalogue.with_title_of(item.book), 1) for query_id, item in items},
    )
