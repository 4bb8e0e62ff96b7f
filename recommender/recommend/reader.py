"""What bears on a question of all that is known of its reader, for many questions in a few round trips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.bundle import Bundle
from recommender.encoding.base import Encoder
from recommender.engine.base import Engine
from recommender.errors import NotFoundError
from recommender.models import AgeGroup, Book, HistoryEntry, Preferences, Weighted
from recommender.readers.crowd import CrowdStore, PopularWith
from recommender.readers.store import ReaderStore
from recommender.recommend.bearing import Asking, Bearing
from recommender.recommend.companions import Neighbour, co_borrowed_with, keys_of
from recommender.recommend.intake import Answer
from recommender.recommend.leanings import leanings_of
from recommender.recommend.taste import likings, taste_of
from recommender.records import book_from_record
from recommender.search.service import BOOKS

Sources = Mapping[str, Mapping[str, Any]]
"""Book id → record and vector of a read book that the library holds."""


@dataclass(frozen=True, slots=True)
class ReaderContext:
    """A reader as far as one question is concerned; everything is empty for a question without a reader."""

    history: tuple[HistoryEntry, ...] = ()  # all of it: what was read is never suggested
    relevant: tuple[HistoryEntry, ...] = ()  # liked books that bear on the question, best first
    relevant_books: tuple[Book | None, ...] = ()  # their records, None where the library does not hold the book
    preferences: Preferences | None = None
    wishes: tuple[Weighted, ...] = ()  # genres and keywords that bear on the question, best first
    leanings: tuple[Answer, ...] = ()  # preferred length, level and tone, as answers in the reader's own words
    taste: NDArray[np.float32] | None = None  # `(dims,)`, of length 1
    co_borrowed: Mapping[str, Neighbour] = field(default_factory=dict)  # id of a held book → what speaks for it
    popular: PopularWith = field(default_factory=PopularWith)  # with readers of the same age, or of the age asked for


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a question is about."""

    asking: Asking
    groups: tuple[AgeGroup, ...] = ()  # for whom the question wants a book; empty: for the reader
    wants_popular: bool = False  # asks for what others borrow


@dataclass(frozen=True, slots=True)
class _Known:
    """One reader with the books that count for one question."""

    history: tuple[HistoryEntry, ...]
    preferences: Preferences | None
    relevant: tuple[HistoryEntry, ...]  # liked ones, best first
    counted: Mapping[HistoryEntry, float]  # entry → how much it was liked, below 0 if it was not


class ContextReader:
    """Looks readers up."""

    def __init__(self, engine: Engine, readers: ReaderStore, encoder: Encoder, bundle: Bundle) -> None:
        self._engine = engine
        self._readers = readers
        self._crowd = CrowdStore(engine)
        self._encoder = encoder
        self._tuned = bundle.recommend
        self._bearing = Bearing(engine, readers, encoder, bundle)

    def contexts(self, asked: Sequence[Reader]) -> tuple[ReaderContext, ...]:
        """One context a question, in their order.

        Raises:
            NotFoundError: nothing is known of a reader.
        """
        known = self._known([each.asking for each in asked])
        sources = self._sources(known)
        companions = self._crowd.companions([key for each in known for key in keys_of(each.counted)])
        return tuple(
            ReaderContext(
                history=each.history,
                relevant=each.relevant,
                relevant_books=tuple(_book(sources, entry) for entry in each.relevant),
                preferences=each.preferences,
                wishes=_relevant_wishes(
                    each.preferences, reader.asking.text, self._encoder, self._tuned.enrichment.preference_limit
                ),
                leanings=leanings_of(each.preferences),
                taste=self._taste(each, sources),
                co_borrowed=co_borrowed_with(each.counted, companions),
                popular=self._popular(reader, each),
            )
            for reader, each in zip(asked, known, strict=True)
        )

    def _known(self, askings: Sequence[Asking]) -> list[_Known]:
        reader_ids = list(dict.fromkeys(asking.reader_id for asking in askings if asking.reader_id))
        histories = self._readers.histories(reader_ids)
        preferences = self._readers.preferences_of(reader_ids)
        for reader_id in reader_ids:
            if not (histories[reader_id] or preferences.get(reader_id)):
                raise NotFoundError(
                    f"there is no reader {reader_id!r}; load their history or preferences first, or ask without a reader"
                )
        bearing = self._bearing.ranked(askings, histories)
        return [
            self._counted(asking, near, histories.get(asking.reader_id, ()), preferences.get(asking.reader_id))
            for asking, near in zip(askings, bearing, strict=True)
        ]

    def _counted(
        self,
        asking: Asking,
        near: Sequence[HistoryEntry],
        history: tuple[HistoryEntry, ...],
        preferences: Preferences | None,
    ) -> _Known:
        """What counts: all that was read, or what bears on a question where there is one."""
        liked_at = dict(zip(history, likings(history, self._tuned.taste), strict=True))
        liked_from = self._tuned.enrichment.liked_from
        if asking.asks:
            ranked = list(near)
        else:
            ranked = sorted(history, key=lambda entry: (entry.rating or 0.0, entry.read_on), reverse=True)
        liked = [entry for entry in ranked if entry.rating is None or entry.rating >= liked_from]
        by_weight = sorted(ranked, key=lambda entry: -abs(liked_at[entry]))[: self._tuned.taste.books]
        return _Known(
            history,
            preferences,
            tuple(liked[: self._tuned.enrichment.history_limit]),
            {entry: liked_at[entry] for entry in by_weight},
        )

    def _sources(self, known: Sequence[_Known]) -> Sources:
        """The records and vectors of every read book that counts."""
        wanted = dict.fromkeys(
            entry.book_id for each in known for entry in (*each.counted, *each.relevant) if entry.book_id
        )
        found = self._engine.mget(BOOKS, list(wanted), source=["record", "vector"]) if wanted else ()
        return {document.id: document.source for document in found if document}

    def _taste(self, known: _Known, sources: Sources) -> NDArray[np.float32] | None:
        held = [(entry, weight) for entry, weight in known.counted.items() if entry.book_id in sources]
        vectors = [np.asarray(sources[entry.book_id]["vector"], dtype=np.float32) for entry, _ in held]
        return taste_of(vectors, [weight for _, weight in held], self._tuned.taste)

    def _popular(self, reader: Reader, known: _Known) -> PopularWith:
        """What readers of an age borrow; of somebody of whom no age is known, what everybody does."""
        age_group = known.preferences.age_group if known.preferences else None
        groups = reader.groups or ((age_group,) if age_group else ())
        bears = groups or reader.asking.reader_id or reader.wants_popular
        return self._crowd.popular(groups) if bears else PopularWith()


def _book(sources: Sources, entry: HistoryEntry) -> Book | None:
    source = sources.get(entry.book_id)
    return book_from_record(source["record"]) if source else None


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
