"""Rows of an Excel workbook, XLSX or the older XLS: the sheet in which a header is found."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from indexer.sources.columns import ColumnRecogniser
from indexer.sources.delimited import NumberedRow, table_of
from indexer.sources.records import Table
from recommender.errors import InputError

Cell = str | float | bool | date | datetime | time | timedelta


def read_spreadsheet(path: Path, recogniser: ColumnRecogniser) -> Table:
    """Read the sheet with the most rows among those that have the columns needed.

    Raises:
        InputError: the workbook cannot be read, or no sheet has the columns.
    """
    sheets = _sheets(path)
    tables: list[tuple[int, Table]] = []
    refusals: list[InputError] = []
    for name, rows in sheets.items():
        place = path.name if len(sheets) == 1 else f"{path.name} [{name}]"
        try:
            tables.append((len(rows), table_of(_rows(rows), place, recogniser)))
        except InputError as refusal:
            refusals.append(refusal)
    if not tables:
        raise refusals[0] if refusals else InputError(f"{path.name}: the workbook has no sheet with rows in it")
    return max(tables, key=lambda sized: sized[0])[1]


def _sheets(path: Path) -> dict[str, list[list[Cell]]]:
    """Every sheet that is not empty, from its first row and column on, so that row numbers are those that Excel shows."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
        sheets = {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names
        }
    except CalamineError as error:
        reason = (str(error).splitlines() or ["its contents are damaged"])[0]
        raise InputError(
            f"{path.name}: the workbook cannot be read ({reason}); open it in Excel, save it as XLSX and load that"
        ) from error
    return {name: rows for name, rows in sheets.items() if rows}


def _rows(sheet: Sequence[Sequence[Cell]]) -> Iterator[NumberedRow]:
    for number, cells in enumerate(sheet, start=1):
        yield NumberedRow(row=number, cells=[_text(cell) for cell in cells])


def _text(cell: Cell) -> str:
    """A cell as it was typed: a sheet keeps every number as a fraction, an ISBN and a year too."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return str(cell)
