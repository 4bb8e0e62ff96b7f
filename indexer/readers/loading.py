"""Loading readers' histories and preferences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.cleaning.values import UnusableValueError
from indexer.problems import Problem, write_problems
from indexer.readers.matching import BookMatcher
from indexer.readers.records import HistoryCleaner, read_preferences, unique_by_reader
from indexer.sources.columns import HISTORY, PREFERENCES, ColumnRecogniser
from indexer.sources.opening import open_table
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
    values_left_out: int = 0
    problems_file: Path | None = None

    @property
    def problem_share(self) -> float:
        """Share of all rows that were kept out, 0 to 1."""
        return self.problems / self.rows if self.rows else 0.0


class ReadersLoader:
    """Loads files about readers into the store."""

    def __init__(self, engine: Engine, store: ReaderStore, problems_folder: Path) -> None:
        self._matcher = BookMatcher(engine)
        self._store = store
        self._problems_folder = problems_folder

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
        cleaner = HistoryCleaner(self._store.pseudonym, reader)
        entries = {entry_id(entry): entry for entry in self._in_order(list(cleaner.entries(table.records)))}
        _refuse_useless(path, cleaner.records, len(entries), cleaner.problems)
        matched = list(self._matcher.matched(list(entries.values())))
        self._store.write_history(matched)
        dropped = self._store.keep_only(matched) if replace else 0
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
            values_left_out=len(cleaner.problems) - kept_out,
            problems_file=self._write_problems(path, cleaner.problems),
        )

    def load_preferences(self, path: Path, *, reader: str, columns: Mapping[str, str]) -> ReadersReport:
        """Store what readers said they like, in place of what they said before.

        Raises:
            InputError: the file cannot be used; nothing was changed.
        """
        table = open_table(path, ColumnRecogniser(PREFERENCES, columns))
        problems: list[Problem] = []
        preferences: list[Preferences] = []
        rows = 0
        for record in table.records:
            rows += 1
            if isinstance(record, Problem):
                problems.append(record)
                continue
            try:
                preferences.append(read_preferences(record, self._store.pseudonym, reader))
            except UnusableValueError as error:
                problems.append(Problem(record.source, record.row, "genres", "", str(error)))
        _refuse_useless(path, rows, len(preferences), problems)
        stored = unique_by_reader(preferences)
        self._store.write_preferences(stored)
        return ReadersReport(
            source=path.name,
            rows=rows,
            stored=len(stored),
            merged=len(preferences) - len(stored),
            problems=len(problems),
            readers=len(stored),
            problems_file=self._write_problems(path, problems),
        )

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


def _refuse_useless(path: Path, rows: int, usable: int, problems: Sequence[Problem]) -> None:
    if not rows:
        raise InputError(f"{path.name}: there is nothing in it; export the list again")
    if not usable:
        raise InputError(f"none of {rows:,} rows could be used; the first: {problems[0].sentence()}")
