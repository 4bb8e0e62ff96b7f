"""Rows of an Excel workbook, XLSX or the older XLS: the sheet in which a header is found."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.sources.columns import ColumnRecogniser
from indexer.sources.delimited import NumberedRow, table_of
from indexer.sources.records import Table
from recommender.errors import InputError

if TYPE_CHECKING:
    from polars import DataFrame


def read_spreadsheet(path: Path, recogniser: ColumnRecogniser) -> Table:
    """Read the sheet with the most rows among those that have the columns needed.

    Raises:
        InputError: the workbook cannot be read, or no sheet has the columns.
    """
    sheets = _sheets(path)
    tables: list[tuple[int, Table]] = []
    refusals: list[InputError] = []
    for name, frame in sheets.items():
        place = path.name if len(sheets) == 1 else f"{path.name} [{name}]"
        try:
            tables.append((frame.height, table_of(_rows(frame), place, recogniser)))
        except InputError as refusal:
            refusals.append(refusal)
    if not tables:
        raise refusals[0] if refusals else InputError(f"{path.name}: the workbook has no sheet with rows in it")
    return max(tables, key=lambda sized: sized[0])[1]


def _sheets(path: Path) -> "dict[str, DataFrame]":
    """Every sheet that is not empty, all cells as text, so that no leading zero and no long number is lost."""
    import fastexcel
    import polars as pl

    try:
        names = fastexcel.read_excel(path).sheet_names
        frames = {
            name: pl.read_excel(
                path,
                engine="calamine",
                sheet_name=name,
                has_header=False,
                infer_schema_length=0,
                drop_empty_rows=False,
                drop_empty_cols=False,
                raise_if_empty=False,
            )
            for name in names
        }
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise InputError(
            f"{path.name}: the workbook cannot be read ({str(error).splitlines()[0]}); open it in Excel, save it as XLSX and load that"
        ) from error
    return {name: frame for name, frame in frames.items() if frame.height}


def _rows(frame: "DataFrame") -> Iterator[NumberedRow]:
    for number, cells in enumerate(frame.iter_rows(), start=1):
        yield NumberedRow(row=number, cells=[cell or "" for cell in cells])
