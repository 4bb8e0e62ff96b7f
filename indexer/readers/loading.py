"""Loading readers' histories and preferences."""

import dataclasses
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.problems import Problem, write_problems
from indexer.readers.lending import LendingStore
from indexer.readers.loan_records import LoansCleaner
from indexer.readers.matching import BookMatcher
from indexer.readers.preference_records import PreferencesCleaner, unique_by_reader
from indexer.readers.records import HistoryCleaner
from indexer.sources.columns import HISTORY, LOANS, PREFERENCES, ColumnRecogniser
from indexer.sources.opening import open_table
from indexer.sources.records import Table
from recommender.engine.base import Engine
from recommender.errors import InputError
from recommender.models import HistoryEntry, Preferences
from recommender.readers.records import entry_id
from recommender.readers.store import ReaderStore


@dataclass(frozen=True, slots=True)
class ReadersReport:
    """What became of a file about readers: `rows == stored + merged + problems`."""

    source: str
    rows: int
    stored: int
    merged: int  # rows about a book of the same reader that another row is about, too
    problems: int
    readers: int
    held: int = 0  # entries whose book the library holds
    not_held: tuple[str, ...] = ()  # titles of the others
    dropped: int = 0  # entries of these readers that were there before, with --replace
    ages: int = 0  # readers whose age the file tells
    values_left_out: int = 0
    problems_file: Path | None = None

    @property
    def problem_share(self) -> float:
        """Share of all rows that were kept out, 0 to 1."""
        return self.problems / self.rows if self.rows else 0.0


@dataclass(frozen=True, slots=True)
class LoansReport:
    """What became of a file of loans: `rows == stored + problems`."""

    source: str
    rows: int
    stored: int
    problems: int
    works: int  # different books in the file
    not_held: tuple[str, ...]  # titles of those that the library does not hold, of all files
    problems_file: Path | None = None

    @property
    def problem_share(self) -> float:
        """Share of all rows that were kept out, 0 to 1."""
        return self.problems / self.rows if self.rows else 0.0


class ReadersLoader:
    """Loads files about readers into the store."""

    def __init__(self, engine: Engine, store: ReaderStore, problems_folder: Path, *, this_year: int) -> None:
        self._matcher = BookMatcher(engine)
        self._lending = LendingStore(engine)
        self._store = store
        self._problems_folder = problems_folder
        self._this_year = this_year

    def load_history(self, path: Path, *, reader: str, replace: bool, columns: Mapping[str, str]) -> ReadersReport:
        """Store who read what.

        Args:
            path: JSON as `{"read_books": […]}` or `{"readers": [{"reader_id", "read_books"}]}`, JSONL or CSV.
            reader: whose history it is where the file names nobody.
            replace: drop what these readers read before and the file does not name.
            columns: field → column, as the operator says.

        Raises:
            InputError: the file cannot be used; nothing was changed.
        """
        table = open_table(path, ColumnRecogniser(HISTORY, columns))
        cleaner = HistoryCleaner(self._store.pseudonym, reader, this_year=self._this_year)
        entries = {entry_id(entry): entry for entry in self._in_order(list(cleaner.entries(table.records)))}
        _refuse_useless(path, cleaner.records, len(entries), cleaner.problems)
        matched = list(self._matcher.matched(list(entries.values())))
        self._store.write_history(matched)
        dropped = self._store.keep_only(matched) if replace else 0
        if cleaner.age_groups:
            self._store.write_age_groups(cleaner.age_groups)
        kept_out = sum(problem.kept_out for problem in cleaner.problems)
        return ReadersReport(
            source=path.name,
            rows=cleaner.records,
            stored=len(matched),
            merged=cleaner.records - kept_out - len(matched),
            problems=kept_out,
            readers=len({entry.reader_id for entry in matched}),
            held=sum(bool(entry.book_id) for entry in matched),
            not_held=tuple(entry.title or entry.isbn for entry in matched if not entry.book_id),
            dropped=dropped,
            ages=len(cleaner.age_groups),
            values_left_out=len(cleaner.problems) - kept_out,
            problems_file=self._write_problems(path, cleaner.problems),
        )

    def load_preferences(self, path: Path, *, reader: str, columns: Mapping[str, str]) -> ReadersReport:
        """Store what readers said they like, in place of what they said before.

        Raises:
            InputError: the file cannot be used; nothing was changed.
        """
        table = open_table(path, ColumnRecogniser(PREFERENCES, columns))
        _refuse_history(table, {"title", "rating", "read_on"})
        cleaner = PreferencesCleaner(self._store.pseudonym, reader, this_year=self._this_year)
        preferences = list(cleaner.preferences(table.records))
        _refuse_useless(path, cleaner.records, len(preferences), cleaner.problems)
        stored = self._with_known_ages(unique_by_reader(preferences))
        self._store.write_preferences(stored)
        return ReadersReport(
            source=path.name,
            rows=cleaner.records,
            stored=len(stored),
            merged=len(preferences) - len(stored),
            problems=cleaner.records - len(preferences),
            readers=len(stored),
            ages=sum(each.age_group is not None for each in preferences),
            values_left_out=sum(not problem.kept_out for problem in cleaner.problems),
            problems_file=self._write_problems(path, cleaner.problems),
        )

    def load_loans(self, path: Path, *, replace: bool, columns: Mapping[str, str]) -> LoansReport:
        """Store what other libraries lend, by age and month; a month loaded again replaces what was counted for it.

        Args:
            path: a row a book: title, author, ISBN, loans (or a rank), age, year and month.
            replace: drop what was loaded before.
            columns: field → column, as the operator says.

        Raises:
            InputError: the file cannot be used; nothing was changed.
        """
        table = open_table(path, ColumnRecogniser(LOANS, columns))
        _refuse_history(table, {"reader_id"})
        cleaner = LoansCleaner(this_year=self._this_year)
        rows = list(cleaner.loans(table.records))
        _refuse_useless(path, cleaner.records, len(rows), cleaner.problems)
        works = self._lending.write(rows, replace=replace)
        return LoansReport(
            source=path.name,
            rows=cleaner.records,
            stored=len(rows),
            problems=len(cleaner.problems),
            works=works,
            not_held=tuple(
                entry.title or entry.isbn
                for entry in self._matcher.matched([each.work for each in self._lending.works()])
                if not entry.book_id
            ),
            problems_file=self._write_problems(path, cleaner.problems),
        )

    def _with_known_ages(self, preferences: Sequence[Preferences]) -> list[Preferences]:
        """Preferences that say nothing of an age leave the one that is known."""
        known = self._store.age_groups()
        return [
            dataclasses.replace(each, age_group=each.age_group or known.get(each.reader_id)) for each in preferences
        ]

    def _in_order(self, entries: Sequence[HistoryEntry]) -> list[HistoryEntry]:
        """Earlier readings first, so that of one book read twice the latest is kept."""
        return sorted(entries, key=lambda entry: entry.read_on)

    def _write_problems(self, path: Path, problems: Sequence[Problem]) -> Path | None:
        target = self._problems_folder / f"{path.stem}.problems.csv"
        if not problems:
            target.unlink(missing_ok=True)
            return None
        write_problems(target, problems)
        return target


def _refuse_history(table: Table, telling: Container[str]) -> None:
    """Who read what is neither what somebody likes nor what others lend, though some columns are called alike."""
    columns = [
        table.unused[at] for at, field in ColumnRecogniser(HISTORY).map(table.unused).fields.items() if field in telling
    ]
    if columns:
        raise InputError(
            f"{table.source}: this is a reading history (column {columns[0]}); load it with "
            f"`python -m indexer history load {table.source}`"
        )


def _refuse_useless(path: Path, rows: int, usable: int, problems: Sequence[Problem]) -> None:
    if not rows:
        raise InputError(f"{path.name}: there is nothing in it; export the list again")
    if not usable:
        raise InputError(f"none of {rows:,} rows could be used; the first: {problems[0].sentence()}")
