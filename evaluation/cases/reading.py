"""Reading librarians' files: a table with a header, tabs or commas between its columns, as any spreadsheet saves it.

Cases have the columns `query`, `book`, `within`, `note`; graded questions `query`, `book`, `grade`. Korean names of the
columns are known too. Several books that would do stand in one cell with `|` between them; a line that begins with `#`
says something to people.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.cases.values import Case, Judgement
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
}
"""Column → its names, the English one first."""

DEFAULT_WITHIN = 10
"""A book that is on the first page is found."""

MOST_WITHIN = 100
"""Nobody looks further, and no search of this reaches further."""

HIGHEST_GRADE = 2

COMMENT, BETWEEN_BOOKS = "#", "|"


@dataclass(frozen=True, slots=True)
class _Row:
    """One row below the header."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        value = self.cells.get(column, "").strip()
        if not value:
            raise self.wrong(column, "", "is empty", "fill it in, or begin the line with # to leave it out")
        return value

    def number(self, column: str, lowest: int, highest: int) -> int:
        value = self.cells.get(column, "").strip()
        if not value.isdecimal() or not lowest <= int(value) <= highest:
            raise self.wrong(column, value, "does not fit", f"write a number from {lowest} to {highest}")
        return int(value)

    def wrong(self, column: str, value: str, what: str, next_step: str) -> InputError:
        shown = f' "{value[:60]}"' if value else ""
        return InputError(f"{self.path}, line {self.line}: {column}{shown} {what}; {next_step}")


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read a file of cases; `within` may be left out and is then the first page.

    Raises:
        InputError: the file cannot be read, or a row cannot be used; names line, value and what to do.
    """
    cases = tuple(_case(row) for row in _rows(path, needed=("query", "book")))
    if not cases:
        raise InputError(f"{path}: there is no case below the header; add a line such as 데미안<tab>데미안<tab>1")
    return cases


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read a file of graded questions, one judgement a line.

    Raises:
        InputError: the file cannot be read, a row cannot be used, or a question has no book of grade 1 or more.
    """
    rows = [(row, _judgement(row)) for row in _rows(path, needed=("query", "book", "grade"))]
    if not rows:
        raise InputError(
            f"{path}: there is no judgement below the header; add a line such as 로봇 이야기<tab>천 개의 파랑<tab>2"
        )
    answered = {judgement.query for _, judgement in rows if judgement.grade}
    for row, judgement in rows:
        if judgement.query not in answered:
            raise row.wrong("query", judgement.query, "has no book that answers it", "give one a grade of 1 or 2")
    return tuple(judgement for _, judgement in rows)


def _case(row: _Row) -> Case:
    books = tuple(book.strip() for book in row.text("book").split(BETWEEN_BOOKS) if book.strip())
    within = row.number("within", 1, MOST_WITHIN) if row.cells.get("within", "").strip() else DEFAULT_WITHIN
    return Case(row.line, _query(row), books, within, row.cells.get("note", "").strip())


def _judgement(row: _Row) -> Judgement:
    return Judgement(row.line, _query(row), row.text("book"), row.number("grade", 0, HIGHEST_GRADE))


def _query(row: _Row) -> str:
    query = row.text("query")
    if len(query) > MAX_QUERY_LENGTH:
        raise row.wrong("query", query, f"has {len(query):,} characters", f"ask with at most {MAX_QUERY_LENGTH:,}")
    return query


def _rows(path: Path, *, needed: tuple[str, ...]) -> Iterator[_Row]:
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
        yield _Row(path, lines.line_num, dict(zip(header, cells, strict=False)))


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
