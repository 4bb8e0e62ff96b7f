"""Which held work a reader's book is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.works.keys import makers_agree, name_key
from recommender.engine.base import Engine, Hit, Search
from recommender.errors import IndexMissingError
from recommender.models import Book, HistoryEntry
from recommender.records import book_from_record
from recommender.text.isbn import isbn_forms
from recommender.text.normalization import title_keys
from recommender.text.titles import parse_title

ALIAS = "books"

BATCH = 200
"""Entries looked up in one round trip."""

CANDIDATES = 20
"""Works that may share a title before the author decides."""


@dataclass(frozen=True, slots=True)
class BookMatcher:
    """Finds held works by ISBN, or by title and author."""

    engine: Engine

    def matched(self, entries: Sequence[HistoryEntry]) -> Iterator[HistoryEntry]:
        """The entries with the id of the held work, where one is recognised."""
        for start in range(0, len(entries), BATCH):
            yield from self._matched_batch(entries[start : start + BATCH])

    def _matched_batch(self, entries: Sequence[HistoryEntry]) -> Iterator[HistoryEntry]:
        try:
            answers = self.engine.msearch([Search(ALIAS, _body(entry)) for entry in entries])
        except IndexMissingError:
            yield from entries  # nothing is held yet
            return
        for entry, answer in zip(entries, answers, strict=True):
            book = _same_work(entry, [_book(hit) for hit in answer.hits])
            yield _completed(entry, book) if book else entry


def _body(entry: HistoryEntry) -> dict[str, Any]:
    forms: list[dict[str, Any]] = []
    if entry.title:
        forms.append({"terms": {"title_keys": list(title_keys(entry.title))}})
    if entry.isbn:
        forms.append({"terms": {"isbn": list(isbn_forms(entry.isbn))}})
    return {
        "query": {"bool": {"filter": [{"bool": {"should": forms, "minimum_should_match": 1}}]}},
        "size": CANDIDATES,
        "_source": ["record"],
    }


def _book(hit: Hit) -> Book:
    return book_from_record((hit.source or {})["record"])


def _same_work(entry: HistoryEntry, candidates: Sequence[Book]) -> Book | None:
    """The candidate with the entry's ISBN; else the one by its author; else, if it names no author, the only one."""
    for book in candidates:
        if entry.isbn and entry.isbn in (*book.isbns, *(holding.isbn for holding in book.holdings)):
            return book
    if not entry.author:
        return candidates[0] if len(candidates) == 1 else None
    names = [name_key(name) for name in entry.author.split(", ")]
    return next((book for book in candidates if _is_by(book, names)), None)


def _is_by(book: Book, names: Sequence[str]) -> bool:
    return makers_agree(names, [name_key(person.name) for person in book.people])


def _completed(entry: HistoryEntry, book: Book) -> HistoryEntry:
    """An entry that gave only a number gets the title and author it stands for."""
    title = entry.title or parse_title(book.title).title
    return replace(entry, book_id=book.id, title=title, author=entry.author or ", ".join(book.authors[:3]))
