"""Graded questions and cases about a catalogue as judged collections, so that they can be tuned for."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.cases.checking import grades_by_query
from evaluation.cases.reading import read_cases, read_judgements
from evaluation.cases.values import Shelf
from evaluation.collections.values import Collection, Judgements, Passage
from recommender.models import Book


def question_collection(name: str, path: Path, books: Sequence[Book]) -> Collection:
    """The questions of a file over the books of one catalogue; a book that nobody judged does not answer.

    Args:
        name: of the collection.
        path: the columns query, book and grade (`read_judgements`).
        books: the whole catalogue.

    Raises:
        InputError: a line cannot be read, or names a book that the catalogue does not hold.
    """
    grades = grades_by_query(read_judgements(path), Shelf(books))
    return _collection(name, grades, books)


def case_collection(name: str, path: Path, books: Sequence[Book]) -> Collection:
    """The cases of a file over the books of one catalogue; each book that would do is relevant.

    Args:
        name: of the collection.
        path: the columns query, book and within (`read_cases`).
        books: the whole catalogue.

    Raises:
        InputError: a line cannot be read.
    """
    shelf = Shelf(books)
    meant = {case.query: [book_id for book in case.books for book_id in shelf.meant(book)] for case in read_cases(path)}
    return _collection(name, {query: dict.fromkeys(ids, 1) for query, ids in meant.items()}, books)


def _collection(name: str, grades: Judgements, books: Sequence[Book]) -> Collection:
    return Collection(
        name=name,
        documents=tuple(Passage(book.id, book.title, book.description) for book in books),
        queries={query: query for query in grades},
        qrels=grades,
    )
