"""Giving a reader everything that is kept of them, and forgetting it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from recommender.errors import NotFoundError
from recommender.readers.records import entry_record, preferences_record
from recommender.readers.store import ReaderStore


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of one reader or of many."""

    entries: int
    preferences: bool = False


def export(readers: ReaderStore, reader_id: str) -> dict[str, Any]:
    """Everything that is kept of a reader, in the form that `history load` and `preferences load` take.

    Raises:
        NotFoundError: nothing is kept.
    """
    _refuse_unknown(readers, reader_id)
    preferences = readers.preferences(reader_id)
    told = _without_pseudonym(preferences_record(preferences)) if preferences else None
    return {
        "reader_id": reader_id,
        "read_books": [_without_pseudonym(entry_record(entry)) for entry in readers.history(reader_id)],
        **({"preferences": told} if told else {}),
    }


def erase(readers: ReaderStore, reader_id: str) -> Erased:
    """Forget everything about a reader.

    Raises:
        NotFoundError: nothing is kept.
    """
    _refuse_unknown(readers, reader_id)
    had_preferences = readers.preferences(reader_id) is not None
    return Erased(readers.erase(reader_id), had_preferences)


def expire(readers: ReaderStore, before: date, *, report: Callable[[str], None]) -> Erased:
    """Forget what all readers read before a day; what has no date stays, and `report` is told how much that is."""
    undated = sum(not entry.read_on for entry in readers.everything())
    if undated:
        report(f"{undated:,} entries have no date and stay; erase their readers, or load their histories anew")
    return Erased(readers.erase_read_before(before.isoformat()))


def _refuse_unknown(readers: ReaderStore, reader_id: str) -> None:
    if not readers.knows(reader_id):
        raise NotFoundError(
            f"nothing is kept of a reader {reader_id!r}; check the id, and that SEOGA_READER_KEY is the one the data was loaded with"
        )


def _without_pseudonym(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != "reader_id" and value not in ("", None, [])}
