"""Files → rows and problems, with the count of each file's records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.cleaning.rows import Row, RowCleaner
from indexer.problems import Problem
from indexer.sources.columns import BOOKS, ColumnRecogniser
from indexer.sources.opening import open_table
from indexer.sources.records import Table
from recommender.errors import InputError


@dataclass(slots=True)
class Reading:
    """What was read of all files."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)  # source → records in the file
    unused: dict[str, tuple[str, ...]] = field(default_factory=dict)  # source → columns that nothing is made of
    paths: dict[str, Path] = field(default_factory=dict)


def read_books(paths: Sequence[Path], cleaner: RowCleaner, overrides: Mapping[str, str]) -> Reading:
    """Read and clean all files.

    Raises:
        InputError: a file cannot be read, holds nothing usable, or is given twice.
    """
    recogniser = ColumnRecogniser(BOOKS, overrides)
    reading = Reading()
    for path in paths:
        if path.resolve() in {known.resolve() for known in reading.paths.values()}:
            raise InputError(f"{path}: this file is given twice; name it once")
        _read_one(open_table(path, recogniser), path, cleaner, reading)
    reading.problems += cleaner.problems
    return reading


def _read_one(table: Table, path: Path, cleaner: RowCleaner, reading: Reading) -> None:
    source = table.source
    if source in reading.paths:
        raise InputError(
            f"{path}: another file is called {path.name}, too; rename one, so that the report can tell them apart"
        )
    reading.paths[source] = path
    reading.unused[source] = table.unused
    for record in table.records:
        reading.records[source] += 1
        if isinstance(record, Problem):
            reading.problems.append(record)
        elif (row := cleaner.clean(record)) is not None:
            reading.rows.append(row)
    if not reading.records[source]:
        raise InputError(f"{path.name}: there is a header, but no row below it; export the list again")
