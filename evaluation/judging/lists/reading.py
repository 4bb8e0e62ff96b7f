"""Lists of books that another system recommended, or that somebody graded: title and author, whatever holds them.

* a table (CSV, XLSX) or JSON with `title`, `author`, perhaps `relevance_score`, `question`, `why`, `help`: one book a
  row; rows of one question are one answer;
* a corpus of `instruction`, `input` and `output`: the books are read from the output's text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from evaluation.judging.entries import json_entries, read_text
from evaluation.judging.lists.chat import NamedBook, named_books
from evaluation.judging.questions.personas import is_persona, persona_question
from evaluation.judging.values import HIGHEST, LOWEST
from indexer.problems import Problem
from indexer.sources.columns import BOOKS, HISTORY, IGNORED, ColumnRecogniser, Vocabulary
from indexer.sources.opening import open_table
from indexer.sources.records import RawRecord
from recommender.errors import InputError
from recommender.recommend.values import Question

LIST = Vocabulary(
    kind="list",
    required=("title",),
    synonyms={
        "title": BOOKS.synonyms["title"],
        "author": BOOKS.synonyms["responsibility"],
        "grade": ("relevance_score", "relevance", "grade", "score", "점수", "적합도", "관련도"),
        "question": ("question", "query", "instruction", "질문", "검색어"),
        "reader_id": HISTORY.synonyms["reader_id"],
        "why": ("why", "reason", "추천이유", "이유"),
        "help": ("help", "도움"),
        IGNORED: ("NO", "번호", "연번", "rank", "순위"),
    },
)


@dataclass(frozen=True, slots=True)
class ListedBook:
    """One book of a list, and the grade it has there, if any."""

    place: str
    book: NamedBook
    grade: float | None = None


@dataclass(frozen=True, slots=True)
class BookList:
    """What was recommended to one question."""

    question: Question
    books: tuple[ListedBook, ...]


def read_lists(path: Path, asked: Question, *, columns: Mapping[str, str]) -> tuple[BookList, ...]:
    """Read a file of lists.

    Args:
        path: of the file.
        asked: the question (and reader) of rows that name none.
        columns: field → column, where the names are not understood by themselves.

    Raises:
        InputError: the file cannot be read, or a row cannot be used; names row and value.
    """
    if (corpus := _corpus(path)) is not None:
        return corpus
    lists: dict[Question, list[ListedBook]] = {}
    for record in open_table(path, ColumnRecogniser(LIST, columns)).records:
        if isinstance(record, Problem):
            raise InputError(f"{record.source}, row {record.row}: {record.reason}; correct it")
        lists.setdefault(_question(record, asked), []).append(_listed(record))
    return tuple(BookList(question, tuple(books)) for question, books in lists.items())


def _corpus(path: Path) -> tuple[BookList, ...] | None:
    """The answers of a corpus for fine-tuning; None for a file of another kind."""
    if path.suffix.lower() in (".xlsx", ".xls") or read_text(path).lstrip()[:1] not in ("[", "{"):
        return None
    entries = json_entries(path)
    first = next(entries, None)
    if first is None or not is_persona(first[1]):
        return None
    return tuple(_answered(place, fields) for place, fields in chain([first], entries))


def _answered(place: str, fields: Mapping[str, Any]) -> BookList:
    output = fields.get("output")
    if not isinstance(output, str):
        raise InputError(f"{place}: output {str(output)[:60]!r} should be the text of an answer")
    books = tuple(ListedBook(place, book) for book in named_books(output))
    return BookList(persona_question(place, fields), books)


def _question(record: RawRecord, asked: Question) -> Question:
    text, reader_id = (_text(record, name) for name in ("question", "reader_id"))
    if not (text or reader_id):
        return asked
    return Question(text=text or asked.text, reader_id=reader_id or asked.reader_id, language=asked.language)


def _listed(record: RawRecord) -> ListedBook:
    title = _text(record, "title")
    if not title:
        raise InputError(f"{_place(record)}: title is empty; fill it in, or take the row out")
    book = NamedBook(title, *(_text(record, name) for name in ("author", "why", "help")))
    return ListedBook(_place(record), book, _grade(record))


def _grade(record: RawRecord) -> float | None:
    value = record.values.get("grade")
    if value is None or value == "":
        return None
    try:
        grade = float(value)
    except (TypeError, ValueError):
        grade = float("nan")
    if isinstance(value, bool) or not LOWEST <= grade <= HIGHEST:
        raise InputError(
            f"{_place(record)}: the grade {str(value)[:60]!r} is no number from {LOWEST} to {HIGHEST}; correct it, or "
            "leave it empty"
        )
    return grade


def _text(record: RawRecord, name: str) -> str:
    value = record.values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise InputError(f"{_place(record)}: {name} {str(value)[:60]!r} should be a text")
    return str(value).strip()


def _place(record: RawRecord) -> str:
    return f"{record.source}, row {record.row}"
