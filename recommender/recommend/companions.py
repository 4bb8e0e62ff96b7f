"""From the books that a reader liked to those that others borrowed with them: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recommender.models import HistoryEntry
from recommender.readers.crowd import Ranked
from recommender.readers.records import work_key

MOST = 200
"""Books kept: later ones have too little in common with anything that was liked to come forward."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What speaks for a book that others borrowed."""

    score: float  # its similarities to the liked books, each times how much that was liked, added up
    because: str  # title of the liked book that brings it most


def keys_of(counted: Mapping[HistoryEntry, float]) -> list[str]:
    """The works of which it has to be known what is borrowed with them."""
    return [work_key(entry) for entry, liked in counted.items() if liked > 0]


def co_borrowed_with(counted: Mapping[HistoryEntry, float], companions: Mapping[str, Ranked]) -> dict[str, Neighbour]:
    """Book → what speaks for it, best first; what the reader has read is left out.

    Args:
        counted: entry → how much it was liked; what was not liked brings nothing.
        companions: `work_key` → the books borrowed with that work.
    """
    read = {entry.book_id for entry in counted}
    scores: dict[str, float] = {}
    most: dict[str, tuple[float, str]] = {}
    for book_id, brought, title in _brought(counted, companions):
        if book_id in read:
            continue
        scores[book_id] = scores.get(book_id, 0.0) + brought
        most[book_id] = max(most.get(book_id, (0.0, "")), (brought, title))
    ranked = sorted(scores, key=lambda book_id: (-scores[book_id], book_id))[:MOST]
    return {book_id: Neighbour(round(scores[book_id], 6), most[book_id][1]) for book_id in ranked}


def _brought(
    counted: Mapping[HistoryEntry, float], companions: Mapping[str, Ranked]
) -> Iterable[tuple[str, float, str]]:
    """Book, how much it counts, and the title of the liked book that brings it."""
    for entry, liked in counted.items():
        for book_id, similarity in companions.get(work_key(entry), ()) if liked > 0 else ():
            yield book_id, similarity * liked, entry.title
