"""The test set: books and readers with true sentences about them, and sentences with one lie each."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.errors import InputError
from recommender.models import Book, HistoryEntry
from recommender.recommend.grounding import Asker, ClaimKind
from recommender.records import book_from_record

FOLDER = Path(__file__).resolve().parent
LIBRARY = FOLDER / "library.jsonl"
SENTENCES = FOLDER / "sentences.jsonl"

UNCHECKABLE = "plot"
"""A plot told wrong in ordinary words: planted all the same, so that the figures show what the check cannot see."""

KINDS = frozenset((*ClaimKind, UNCHECKABLE))


@dataclass(frozen=True, slots=True)
class Case:
    """A book, and what is known of the reader who asked."""

    book: Book
    asker: Asker


@dataclass(frozen=True, slots=True)
class Planted:
    """One sentence; `lie` is the kind of its lie, empty for a true one, and `half` says how rules were made.

    Rules were made with the half that was *seen*, the *unseen* one was measured when they stood; *hard* lies were then worded so
    as to slip past them, and the tables extended afterwards.
    """

    book: str
    text: str
    lie: str
    half: str  # seen, unseen, hard


def read_cases(path: Path = LIBRARY) -> dict[str, Case]:
    """The books by their ids.

    Raises:
        InputError: a line is no such case; names file and line.
    """
    cases = [_case(line, where) for line, where in _lines(path)]
    return {case.book.id: case for case in cases}


def read_sentences(path: Path, books: Mapping[str, Case]) -> tuple[Planted, ...]:
    """The sentences of a file, each about a book that is known.

    Raises:
        InputError: a line is no such sentence, names no such book or no such kind of lie; names file and line.
    """
    return tuple(_planted(line, where, books) for line, where in _lines(path))


def _case(line: Mapping[str, Any], where: str) -> Case:
    try:
        book = book_from_record(line["book"])
        liked = tuple(
            HistoryEntry("reader", entry["title"], entry["author"], rating=entry["rating"], note=entry["note"])
            for entry in line["liked"]
        )
        borrowed_with = tuple(line.get("borrowed_with", ()))
        return Case(book, Asker(question=line["question"], liked=liked, borrowed_with=borrowed_with))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{where}: this is no case of the test set ({error!r}); see docs/recommendation.md") from error


def _planted(line: Mapping[str, Any], where: str, books: Mapping[str, Case]) -> Planted:
    try:
        planted = Planted(line["book"], line["text"], line["lie"], line.get("half", "unseen"))
    except (KeyError, TypeError) as error:
        raise InputError(f"{where}: a sentence has the fields book, text and lie ({error!r} is missing)") from error
    if planted.book not in books:
        raise InputError(f"{where}: there is no book {planted.book!r} in the test set; known are {_listed(books)}")
    if planted.lie and planted.lie not in KINDS:
        raise InputError(f"{where}: {planted.lie!r} is no kind of lie; known are {_listed(KINDS)}")
    return planted


def _lines(path: Path) -> Sequence[tuple[Mapping[str, Any], str]]:
    lines = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path}, line {number}"
        try:
            lines.append((json.loads(text), where))
        except ValueError as error:
            raise InputError(f"{where}: this is no JSON ({error}); write one object a line") from error
    return lines


def _listed(names: Mapping[str, Case] | frozenset[str]) -> str:
    return ", ".join(sorted(names))
