"""A librarians' file as rows: a table with a header, tabs or commas between its columns, as any spreadsheet saves it.

Korean names of the columns are known too. Several values that stand in one cell have `|` between them; a line that begins
with `#` says something to people.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.sources.columns import column_key
from indexer.sources.decoding import decode
from recommender.errors import InputError
from recommender.search.request import MAX_QUERY_LENGTH

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "query": ("query", "검색어", "질의", "질문"),
    "book": ("book", "title", "책", "서명", "제목", "자료명", "도서명"),
    "within": ("within", "first", "몇 위 안", "순위"),
    "grade": ("grade", "relevance", "점수", "관련도"),
    "note": ("note", "비고", "메모"),
    "reader": ("reader", "이용자", "독자"),
    "answers": ("answers", "답", "대답", "답변"),
    "language": ("language", "언어"),
    "best": ("best", "꼭 맞는 책", "최적"),
    "fitting": ("fitting", "어울리는 책", "적합"),
}
"""Column → its names, the English one first."""

COMMENT, BETWEEN = "#", "|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """What a cell says.

        Raises:
            InputError: it says nothing.
        """
        value = self.cells.get(column, "").strip()
        if not value:
            raise self.wrong(column, "", "is empty", "fill it in, or begin the line with # to leave it out")
        return value

    def several(self, column: str) -> tuple[str, ...]:
        """The values that stand in one cell; none if it is empty or not there."""
        return tuple(value.strip() for value in self.cells.get(column, "").split(BETWEEN) if value.strip())

    def query(self) -> str:
        """The question; empty if there is none.

        Raises:
            InputError: it is longer than the product takes.
        """
        query = self.cells.get("query", "").strip()
        if len(query) > MAX_QUERY_LENGTH:
            raise self.wrong("query", query, f"has {len(query):,} characters", f"ask with at most {MAX_QUERY_LENGTH:,}")
        return query

    def number(self, column: str, lowest: int, highest: int) -> int:
        """A whole number within bounds.

        Raises:
            InputError: the cell holds something else.
        """
        value = self.cells.get(column, "").strip()
        if not value.isdecimal() or not lowest <= int(value) <= highest:
            raise self.wrong(column, value, "does not fit", f"write a number from {lowest} to {highest}")
        return int(value)

    def wrong(self, column: str, value: str, what: str, next_step: str) -> InputError:
        """The error that names file, line, column, value and what to do."""
        shown = f' "{value[:60]}"' if value else ""
        return InputError(f"{self.path}, line {self.line}: {column}{shown} {what}; {next_step}")


def read_rows(path: Path, *, needed: tuple[str, ...]) -> Iterator[Row]:
    """The rows below the header, without empty lines and comments."""
    lines = csv.reader(io.StringIO(text := _text(path), newline=""), delimiter=_delimiter(text))
    header: list[str] | None = None
    for cells in lines:
        if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith(COMMENT):
            continue
        if header is None:
            header = _header(cells, path, needed)
            continue
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            extra = cells[len(header)].strip()[:60]
            raise InputError(
                f'{path}, line {lines.line_num}: "{extra}" stands beyond the last column; '
                f"there are {len(header)}: {', '.join(header)}; put quotation marks around a value that holds a comma"
            )
        yield Row(path, lines.line_num, dict(zip(header, cells, strict=False)))


def _header(cells: list[str], path: Path, needed: tuple[str, ...]) -> list[str]:
    names = {column_key(name): column for column, names in COLUMNS.items() for name in names}
    header = [names.get(column_key(cell), cell.strip()) for cell in cells]
    for column in needed:
        if column not in header:
            seen = ", ".join(cell.strip() for cell in cells if cell.strip())
            raise InputError(
                f"{path}: there is no column {column} (or {', '.join(COLUMNS[column][1:])}); the columns seen are: "
                f"{seen}; write their names into the first line"
            )
    return header


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read ({error.strerror}); correct the path") from error


def _delimiter(text: str) -> str:
    """What stands most often in the first line that says something."""
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(COMMENT)), "")
    return max("\t,;", key=first.count)
