"""Rows of all files, and the live catalogue if they are added to it → books, with every row accounted for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.cleaning.rows import Row
from indexer.problems import Problem
from indexer.works.grouping import group
from indexer.works.merging import Entry, as_entry, merged_book
from indexer.works.series import with_series_apart
from recommender.models import Book
from recommender.text.normalization import title_key

LIVE = "the live catalogue"


@dataclass(frozen=True, slots=True)
class Assembly:
    """The books of a load, and what became of each file's rows."""

    books: tuple[Book, ...]
    indexed: Counter[str] = field(default_factory=Counter)  # source → rows that began a book
    merged: Counter[str] = field(default_factory=Counter)  # source → rows that joined one
    problems: tuple[Problem, ...] = ()


def assemble(rows: Sequence[Row], live: Iterable[Book] = ()) -> Assembly:
    """Group rows into works; with `live`, join them to the books that are there already."""
    usable, problems = _without_reused_numbers(rows)
    entries = [*(as_entry(book, LIVE) for book in live), *map(_entry, with_series_apart(usable))]
    groups = group([entry.book for entry in entries], [entry.control_number for entry in entries])
    indexed: Counter[str] = Counter()
    merged: Counter[str] = Counter()
    for members in groups:
        indexed[entries[members[0]].source] += 1
        merged.update(entries[member].source for member in members[1:])
    books = (merged_book([entries[member] for member in members]) for members in groups)
    return Assembly(
        books=tuple(sorted(books, key=lambda book: book.id)), indexed=indexed, merged=merged, problems=problems
    )


def _entry(row: Row) -> Entry:
    return Entry(
        source=row.source,
        book=row.book,
        holdings=(row.holding,) * row.copies,
        is_holding=row.is_holding,
        control_number=row.control_number,
    )


def _without_reused_numbers(rows: Sequence[Row]) -> tuple[list[Row], tuple[Problem, ...]]:
    """Keep out rows whose registration number is already that of another title: one number is one copy."""
    owners: dict[str, Row] = {}
    usable: list[Row] = []
    problems: list[Problem] = []
    for row in rows:
        owner = owners.setdefault(row.holding.registration_number, row) if row.holding.registration_number else row
        if title_key(owner.title.title) == title_key(row.title.title):
            usable.append(row)
        else:
            problems.append(_reused(row, owner))
    return usable, tuple(problems)


def _reused(row: Row, owner: Row) -> Problem:
    return Problem(
        source=row.source,
        row=row.row,
        field="registration_number",
        value=row.holding.registration_number,
        reason=f'{owner.source}, row {owner.row} has this number already, for "{owner.statement}"',
    )
