"""Reading librarians' files of searches.

Cases have the columns `query`, `book`, `within`, `note`; graded questions `query`, `book`, `grade`. Several books that
would do stand in one cell.
"""

from pathlib import Path

from evaluation.cases.tables import Row, read_rows
from evaluation.cases.values import Case, Judgement
from recommender.errors import InputError

DEFAULT_WITHIN = 10
"""A book that is on the first page is found."""

MOST_WITHIN = 100
"""Nobody looks further, and no search of this reaches further."""

HIGHEST_GRADE = 2


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read a file of cases; `within` may be left out and is then the first page.

    Raises:
        InputError: the file cannot be read, or a row cannot be used; names line, value and what to do.
    """
    cases = tuple(_case(row) for row in read_rows(path, needed=("query", "book")))
    if not cases:
        raise InputError(f"{path}: there is no case below the header; add a line such as 데미안<tab>데미안<tab>1")
    return cases


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read a file of graded questions, one judgement a line.

    Raises:
        InputError: the file cannot be read, a row cannot be used, or a question has no book of grade 1 or more.
    """
    rows = [(row, _judgement(row)) for row in read_rows(path, needed=("query", "book", "grade"))]
    if not rows:
        raise InputError(
            f"{path}: there is no judgement below the header; add a line such as 로봇 이야기<tab>천 개의 파랑<tab>2"
        )
    answered = {judgement.query for _, judgement in rows if judgement.grade}
    for row, judgement in rows:
        if judgement.query not in answered:
            raise row.wrong("query", judgement.query, "has no book that answers it", "give one a grade of 1 or 2")
    return tuple(judgement for _, judgement in rows)


def _case(row: Row) -> Case:
    row.text("book")
    books = row.several("book")
    within = row.number("within", 1, MOST_WITHIN) if row.cells.get("within", "").strip() else DEFAULT_WITHIN
    return Case(row.line, _query(row), books, within, row.cells.get("note", "").strip())


def _judgement(row: Row) -> Judgement:
    return Judgement(row.line, _query(row), row.text("book"), row.number("grade", 0, HIGHEST_GRADE))


def _query(row: Row) -> str:
    row.text("query")
    return row.query()
