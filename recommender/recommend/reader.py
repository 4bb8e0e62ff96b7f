"""What bears on one question of all that is known of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import EnrichmentBundle
from recommender.encoding.base import Encoder
from recommender.errors import NotFoundError
from recommender.models import Book, HistoryEntry, Preferences, Weighted
from recommender.readers.store import ReaderStore
from recommender.records import content_text
from recommender.search.service import SearchService


@dataclass(frozen=True, slots=True)
class ReaderContext:
    """A reader as far as one question is concerned; everything is empty for a question without a reader."""

    history: tuple[HistoryEntry, ...] = ()  # all of it: what was read is never suggested
    relevant: tuple[HistoryEntry, ...] = ()  # liked books that bear on the question, best first
    relevant_books: tuple[Book | None, ...] = ()  # their records, None where the library does not hold the book
    preferences: Preferences | None = None
    wishes: tuple[Weighted, ...] = ()  # genres and keywords that bear on the question, best first


def read_context(
    reader_id: str,
    question: str,
    tokens: Sequence[str],
    *,
    readers: ReaderStore,
    search: SearchService,
    encoder: Encoder,
    limits: EnrichmentBundle,
) -> ReaderContext:
    """Look a reader up.

    Args:
        reader_id: as the library knows the reader; empty for none.
        question: the reader's words, by whose meaning preferences are chosen; may be empty.
        tokens: the same as tokens, by which read books are found.
        readers: where history and preferences are kept.
        search: where the records of read books are.
        encoder: what compares preferences with the question.
        limits: how much may be taken.

    Raises:
        NotFoundError: nothing is known of such a reader.
    """
    if not reader_id:
        return ReaderContext()
    if not readers.knows(reader_id):
        raise NotFoundError(
            f"there is no reader {reader_id!r}; load their history or preferences first, or ask without a reader"
        )
    history = readers.history(reader_id)
    preferences = readers.preferences(reader_id)
    relevant = _relevant(readers, reader_id, tokens, history, limits)
    books = search.books([entry.book_id for entry in relevant if entry.book_id])
    return ReaderContext(
        history=history,
        relevant=relevant,
        relevant_books=tuple(books.get(entry.book_id) for entry in relevant),
        preferences=preferences,
        wishes=_relevant_wishes(preferences, question, encoder, limits.preference_limit),
    )


def taste_vector(context: ReaderContext, encoder: Encoder) -> NDArray[np.float32] | None:
    """The mean `(dims,)` of the liked books that bear on the question, weighted by rating; None without any."""
    liked = [
        (content_text(book), entry.rating or 0.0)
        for entry, book in zip(context.relevant, context.relevant_books, strict=True)
        if book
    ]
    if not liked:
        return None
    weights = np.array([max(rating, 1.0) for _, rating in liked], dtype=np.float32)
    mean = weights @ encoder.encode_documents([text for text, _ in liked])
    length = float(np.linalg.norm(mean))
    return np.asarray(mean / length, dtype=np.float32) if length else None


def _relevant(
    readers: ReaderStore,
    reader_id: str,
    tokens: Sequence[str],
    history: Sequence[HistoryEntry],
    limits: EnrichmentBundle,
) -> tuple[HistoryEntry, ...]:
    """Liked books near the question by their words; without a question the best liked, then the latest."""
    if tokens:
        # Twice as many, because what was read but not liked is left out afterwards.
        found = readers.relevant_history(reader_id, tokens, limit=2 * limits.history_limit)
    else:
        found = tuple(sorted(history, key=lambda entry: (entry.rating or 0.0, entry.read_on), reverse=True))
    liked = [entry for entry in found if entry.rating is None or entry.rating >= limits.liked_from]
    return tuple(liked[: limits.history_limit])


def _relevant_wishes(
    preferences: Preferences | None, question: str, encoder: Encoder, limit: int
) -> tuple[Weighted, ...]:
    """Genres and keywords by their own weight times their nearness to the question."""
    if preferences is None:
        return ()
    wishes = {wish.name: wish for wish in (*preferences.genres, *map(Weighted, preferences.keywords))}
    if not wishes:
        return ()
    if not question:
        return tuple(sorted(wishes.values(), key=lambda wish: (-wish.weight, wish.name))[:limit])
    nearness = encoder.encode_queries(list(wishes)) @ encoder.encode_queries([question])[0]
    scored = [
        (float(near) * wish.weight, wish) for near, wish in zip(nearness, wishes.values(), strict=True) if near > 0
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].name))
    return tuple(wish for _, wish in scored[:limit])
