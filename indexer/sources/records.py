"""What every reader of a format hands on: records as the file has them, each with the place it came from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.problems import Problem


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One row or object of a file, its columns renamed to fields, its values untouched."""

    source: str  # the file's name
    row: int  # line of a text file, row of a sheet, item of a JSON array; from 1
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file: which columns were understood, and the records still to be read."""

    source: str
    columns: Mapping[str, str]  # column, as the file names it → field
    unused: tuple[str, ...]  # columns that nothing is made of
    records: Iterator[RawRecord | Problem]
