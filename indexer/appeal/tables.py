"""Corrections as a table that a librarian edits in a spreadsheet: writing it, and reading it back."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from indexer.appeal.words import read_codes, written
from indexer.cleaning.values import UnusableValueError, as_text
from indexer.problems import Problem, shown
from indexer.sources.columns import IGNORED, ColumnRecogniser, Vocabulary
from indexer.sources.opening import open_table
from recommender.appeal.applying import Codes
from recommender.errors import InputError, NotFoundError
from recommender.models import AppealCode, AppealFacet, AppealSource, Book

TABLE = Vocabulary(
    kind="appeal",
    required=("book_id",),
    synonyms={
        "book_id": ("book_id", "id", "책번호", "도서ID", "자료ID"),
        "mood": ("분위기", "mood", "moods"),
        "effect": ("효과", "effect", "effects"),
        "pace": ("속도", "전개", "pace"),
        "depth": ("깊이", "집중도", "depth"),
        IGNORED: ("제목", "서명", "title", "저자", "author", "기록과 추정", "record and estimates"),
    },
)

HEADERS: Mapping[str, tuple[str, ...]] = {
    "ko": ("책번호", "제목", "저자", "분위기", "효과", "속도", "깊이", "기록과 추정"),
    "en": ("book_id", "title", "author", "mood", "effect", "pace", "depth", "record and estimates"),
}

MOST_SHOWN = 10
"""Mistakes named at once: enough to mend a file in one go, few enough to read."""


def write_table(path: Path, books: Iterable[tuple[Book, Codes]], language: str) -> int:
    """Write what librarians say of books, and beside it, to go by, what records and estimates say; returns the rows.

    With a byte order mark, because Excel takes Korean text without one for something else.
    """
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS[language])
        for book, codes in books:
            writer.writerow(_row(book, codes, language))
            rows += 1
    return rows


def _row(book: Book, codes: Codes, language: str) -> Iterator[str]:
    yield from (book.id, _unformulated(book.title), _unformulated(", ".join(book.authors)))
    yield from (written(facet, codes.get(facet), language) for facet in AppealFacet)
    yield _told(book, language)


def _unformulated(text: str) -> str:
    """Text that a spreadsheet would otherwise run as a formula (OWASP, "CSV injection")."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _told(book: Book, language: str) -> str:
    """What the record says, and what is estimated with how much confidence: `따뜻한, 잔잔한? 62%`."""
    terms = (*book.recorded, *(term for term in book.appeal if term.source is not AppealSource.LIBRARIAN))
    return ", ".join(
        written(term.facet, (term.code,), language)
        + (f"? {term.confidence:.0%}" if term.source is AppealSource.ESTIMATED else "")
        for term in terms
    )


def read_table(
    path: Path, find: Callable[[str], Book], columns: Mapping[str, str] | None = None
) -> list[tuple[Book, Codes]]:
    """What a file says of each book that it names; all of it can be used, or nothing is.

    Args:
        path: CSV, Excel or JSON, with a column of book ids; an empty cell says nothing of a facet, 없음 that it has none.
        find: gives the book with an id, or raises `NotFoundError`.
        columns: field → column, where a header is not recognised.

    Raises:
        InputError: with every row that cannot be used, up to ten, and what could stand there instead.
    """
    problems: list[Problem] = []
    said: dict[str, tuple[Book, Codes]] = {}
    for record in open_table(path, ColumnRecogniser(TABLE, columns)).records:
        if isinstance(record, Problem):
            problems.append(record)
            continue
        values = {field: as_text(value) for field, value in record.values.items()}
        book, codes, wrong = _read_row(values, find)
        if book is not None and said.get(book.id, (book, codes))[1] != codes:
            wrong.append(("book_id", values["book_id"], "an earlier row says otherwise of the same book"))
        if book is not None and not wrong:
            said[book.id] = (book, codes)
        problems += [Problem(record.source, record.row, field, value, reason) for field, value, reason in wrong]
    if problems:
        raise InputError(_nothing_written(path, problems))
    return list(said.values())


def _read_row(
    values: Mapping[str, str], find: Callable[[str], Book]
) -> tuple[Book | None, Codes, list[tuple[str, str, str]]]:
    """A row's book and codes, and (field, value, reason) of what is wrong with it."""
    wrong: list[tuple[str, str, str]] = []
    codes: dict[AppealFacet, tuple[AppealCode, ...]] = {}
    for facet in AppealFacet:
        try:
            read = read_codes(facet, values.get(facet.value, ""))
        except UnusableValueError as error:
            wrong.append((facet.value, values[facet.value], str(error)))
        else:
            codes |= {facet: read} if read is not None else {}
    book_id = values.get("book_id", "")
    try:
        return find(book_id), codes, wrong
    except NotFoundError:
        wrong.append(("book_id", book_id, "the catalogue has no book with this id"))
        return None, codes, wrong


def _nothing_written(path: Path, problems: list[Problem]) -> str:
    lines = [f"row {each.row}: {each.field} {shown(each.value)}: {each.reason}" for each in problems[:MOST_SHOWN]]
    more = [f"and {len(problems) - MOST_SHOWN:,} more"] if len(problems) > MOST_SHOWN else []
    return "\n  ".join([f"{path.name}: nothing was changed, because of", *lines, *more])
