"""Rows of CSV text, whatever its delimiter, and rows of a sheet: a header somewhere near the top, then records.

Python's own `csv` reads these: it says on which line a record began, which the faster readers do not, and a problem
that cannot be found in the file cannot be mended.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from indexer.problems import Problem
from indexer.sources.columns import IGNORED, ColumnMap, ColumnRecogniser, missing_columns
from indexer.sources.records import RawRecord, Table

DELIMITERS = (",", "\t", ";", "|")

HEADER_WITHIN = 30
"""Rows in which a header is looked for: an export may put the school's name and the date above it."""

MOST_LINES = 100
"""Lines that one row may have: a description has paragraphs, but a quotation mark that is never closed takes the whole file."""

LARGEST_CELL = 1 << 30
"""What `csv` itself may refuse; how long a value may really be is decided where its field is known."""


@dataclass(frozen=True, slots=True)
class NumberedRow:
    """The cells of one row and the line on which it begins."""

    row: int
    cells: Sequence[str]
    unclosed: bool = False  # it opens a quotation mark that no line soon after it closes


def read_delimited(text: str, source: str, recogniser: ColumnRecogniser) -> Table:
    """Read CSV with the delimiter under which most columns are understood.

    Raises:
        InputError: no row near the top names the columns that such a file needs.
    """
    csv.field_size_limit(LARGEST_CELL)
    delimiter = max(DELIMITERS, key=lambda candidate: _understood(text, candidate, recogniser))
    return table_of(_rows(text, delimiter), source, recogniser)


def table_of(rows: Iterable[NumberedRow], source: str, recogniser: ColumnRecogniser) -> Table:
    """Find the header among the first rows and make records of what follows it.

    Raises:
        InputError: no row near the top names the columns that such a file needs.
    """
    remaining = iter(rows)
    first = list(islice(remaining, HEADER_WITHIN))
    position = _header_position(first, recogniser)
    if position is None:
        raise missing_columns(source, _widest(first), recogniser.vocabulary)
    header = [cell.strip() for cell in first[position].cells]
    columns = recogniser.map(header)
    return Table(
        source=source,
        columns={header[at]: field for at, field in columns.fields.items()},
        unused=columns.unused,
        records=_records(chain(first[position + 1 :], remaining), source, header, columns),
    )


def _rows(text: str, delimiter: str) -> Iterator[NumberedRow]:
    """Every row; one whose quotation mark swallows the lines after it ends with its own line, so that they are read."""
    lines = text.splitlines(keepends=True)
    start = 0
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
        read = 0
        for cells in reader:
            spanned = reader.line_num - read
            if spanned > MOST_LINES:
                yield NumberedRow(row=start + read + 1, cells=cells, unclosed=True)
                read += 1
                break
            yield NumberedRow(row=start + read + 1, cells=cells)
            read = reader.line_num
        start += max(read, 1)


def _understood(text: str, delimiter: str, recogniser: ColumnRecogniser) -> int:
    """How many columns of the likeliest header are understood under this delimiter."""
    first = islice(_rows(text, delimiter), HEADER_WITHIN)
    return max((len(recogniser.map(row.cells).fields) for row in first), default=0)


def _header_position(rows: Sequence[NumberedRow], recogniser: ColumnRecogniser) -> int | None:
    understood = {
        position: len(columns.fields)
        for position, row in enumerate(rows)
        if recogniser.is_header(columns := recogniser.map(row.cells))
    }
    return max(understood, key=lambda position: (understood[position], -position), default=None)


def _widest(rows: Sequence[NumberedRow]) -> Sequence[str]:
    """The row that looks most like a header: the first of those with the most filled cells."""
    return max(rows, key=lambda row: sum(bool(cell.strip()) for cell in row.cells), default=NumberedRow(1, ())).cells


def _records(
    rows: Iterable[NumberedRow], source: str, header: Sequence[str], columns: ColumnMap
) -> Iterator[RawRecord | Problem]:
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        if row.unclosed:
            yield _unclosed(row, source)
            continue
        surplus = [cell for cell in row.cells[len(header) :] if cell.strip()]
        if surplus:
            yield _too_many_cells(row, source, len(header), surplus)
        else:
            yield RawRecord(source=source, row=row.row, values=_values(row.cells, columns))


def _values(cells: Sequence[str], columns: ColumnMap) -> dict[str, str | list[str]]:
    values: dict[str, str | list[str]] = {}
    for position, field in columns.fields.items():
        if field == IGNORED:
            continue
        cell = cells[position] if position < len(cells) else ""
        if field in values:
            known = values[field]
            values[field] = [*(known if isinstance(known, list) else [known]), cell]
        else:
            values[field] = cell
    return values


def _unclosed(row: NumberedRow, source: str) -> Problem:
    reason = "a quotation mark is opened in this row and not closed in the lines after it; close it, or write it twice"
    return Problem(source=source, row=row.row, field="", value=" | ".join(row.cells)[:200], reason=reason)


def _too_many_cells(row: NumberedRow, source: str, expected: int, surplus: Sequence[str]) -> Problem:
    return Problem(
        source=source,
        row=row.row,
        field="",
        value=" | ".join(row.cells),
        reason=f"the row has {expected + len(surplus)} cells under {expected} columns; put a value that holds the delimiter in quotation marks",
    )
