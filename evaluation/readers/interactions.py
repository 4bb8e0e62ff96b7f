"""Who read what, from a file in any form that the indexer takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.problems import Problem
from indexer.readers.records import HistoryCleaner
from indexer.sources.columns import HISTORY, ColumnRecogniser
from indexer.sources.opening import open_table
from recommender.errors import InputError
from recommender.models import HistoryEntry
from recommender.readers.records import entry_title_key

LEAST_READERS = 2
"""Of one reader nothing can be learned for another."""


@dataclass(frozen=True, slots=True)
class Interactions:
    """Every usable row of a file, and what was wrong with the others."""

    source: str
    rows: int
    entries: tuple[HistoryEntry, ...]  # under the file's own reader ids
    problems: tuple[Problem, ...] = ()

    @property
    def kept_out(self) -> int:
        """How many rows could not be used."""
        return sum(problem.kept_out for problem in self.problems)


def read_interactions(path: Path) -> Interactions:
    """Read a history file: CSV, JSON, JSONL or Excel with readers, titles or ISBNs, and dates where it has them.

    Raises:
        InputError: the file cannot be read, or tells of fewer than two readers; names the file, the row and the value.
    """
    table = open_table(path, ColumnRecogniser(HISTORY))
    cleaner = HistoryCleaner(lambda reader: reader, default_reader="", this_year=datetime.now(UTC).year)
    entries = tuple(cleaner.entries(table.records))
    if not entries:
        first = cleaner.problems[0].sentence() if cleaner.problems else "there is no row below the header"
        raise InputError(f"{path.name}: none of {cleaner.records:,} rows could be used; the first: {first}")
    if len({entry.reader_id for entry in entries}) < LEAST_READERS:
        raise InputError(
            f"{path.name}: all {len(entries):,} rows are of one reader, so nothing can be compared; "
            "give the readers in a column reader_id or user_id"
        )
    return Interactions(path.name, cleaner.records, entries, tuple(cleaner.problems))


def item_of(entry: HistoryEntry) -> str:
    """What a book is known by: its work where a catalogue holds it, else its number, else its title."""
    return entry.book_id or entry.isbn or entry_title_key(entry)


def by_reader(entries: Iterable[HistoryEntry]) -> dict[str, list[HistoryEntry]]:
    """Each reader's books, each once, in the order of the file; of a book read twice the latest reading."""
    read: dict[str, dict[str, HistoryEntry]] = {}
    for entry in entries:
        books = read.setdefault(entry.reader_id, {})
        known = books.get(item_of(entry))
        if known is None or entry.read_on >= known.read_on:
            books[item_of(entry)] = entry
    return {reader: list(books.values()) for reader, books in read.items()}
