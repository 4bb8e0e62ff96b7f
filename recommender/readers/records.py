"""Histories and preferences as they are stored."""

import hashlib
from collections.abc import Mapping
from typing import Any

from recommender.models import AgeGroup, HistoryEntry, Preferences, Weighted
from recommender.text.normalization import title_key
from recommender.text.titles import parse_title


def entry_id(entry: HistoryEntry) -> str:
    """One id for one reader and one work, so that a file loaded twice doubles nothing."""
    return _hashed(entry.reader_id, *_work(entry))


def work_key(entry: HistoryEntry) -> str:
    """By which the readers of one work meet: the id of the held book, or else one made of what was read."""
    return entry.book_id or f"read:{_hashed(*_work(entry))}"


def entry_title_key(entry: HistoryEntry) -> str:
    """The title proper, as titles are compared; a book known by its number alone is compared by that."""
    return title_key(parse_title(entry.title).title) if entry.title else entry.isbn


def _work(entry: HistoryEntry) -> tuple[str, str]:
    return entry_title_key(entry), title_key(entry.author) if entry.author else ""


def _hashed(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def entry_text(entry: HistoryEntry) -> str:
    """What a question is compared with."""
    return " ".join(filter(None, (entry.title, entry.author, *entry.genres, entry.note)))


def entry_document(entry: HistoryEntry, tokens: list[str]) -> dict[str, Any]:
    """A document of the index `reading_history`."""
    return {
        "reader_id": entry.reader_id,
        "book_id": entry.book_id or None,
        "title_key": entry_title_key(entry),
        "read_on": entry.read_on or None,
        "rating": entry.rating,
        "tokens": " ".join(tokens),
        "record": entry_record(entry),
    }


def entry_record(entry: HistoryEntry) -> dict[str, Any]:
    """An entry as JSON."""
    return {
        "reader_id": entry.reader_id,
        "title": entry.title,
        "author": entry.author,
        "book_id": entry.book_id,
        "isbn": entry.isbn,
        "rating": entry.rating,
        "note": entry.note,
        "read_on": entry.read_on,
        "genres": list(entry.genres),
    }


def entry_from_record(record: Mapping[str, Any]) -> HistoryEntry:
    """The entry that `entry_record` stored."""
    return HistoryEntry(
        reader_id=record["reader_id"],
        title=record["title"],
        author=record.get("author", ""),
        book_id=record.get("book_id", ""),
        isbn=record.get("isbn", ""),
        rating=record.get("rating"),
        note=record.get("note", ""),
        read_on=record.get("read_on", ""),
        genres=tuple(record.get("genres", ())),
    )


def preferences_record(preferences: Preferences) -> dict[str, Any]:
    """Preferences as JSON."""
    return {
        "reader_id": preferences.reader_id,
        "genres": [{"name": genre.name, "weight": genre.weight} for genre in preferences.genres],
        "authors": list(preferences.authors),
        "keywords": list(preferences.keywords),
        "avoid_topics": list(preferences.avoid_topics),
        "disliked_authors": list(preferences.disliked_authors),
        "preferred_length": preferences.preferred_length,
        "complexity": preferences.complexity,
        "tone": preferences.tone,
        "age_group": preferences.age_group.value if preferences.age_group else None,
    }


def preferences_from_record(record: Mapping[str, Any]) -> Preferences:
    """The preferences that `preferences_record` stored."""
    return Preferences(
        reader_id=record["reader_id"],
        genres=tuple(Weighted(genre["name"], genre["weight"]) for genre in record.get("genres", ())),
        authors=tuple(record.get("authors", ())),
        keywords=tuple(record.get("keywords", ())),
        avoid_topics=tuple(record.get("avoid_topics", ())),
        disliked_authors=tuple(record.get("disliked_authors", ())),
        preferred_length=record.get("preferred_length", ""),
        complexity=record.get("complexity", ""),
        tone=record.get("tone", ""),
        age_group=AgeGroup(record["age_group"]) if record.get("age_group") else None,
    )
