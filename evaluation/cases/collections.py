"""Graded questions about a catalogue as a judged collection, so that they can be tuned for."""

from collections.abc import Sequence
from pathlib import Path

from evaluation.cases.checking import grades_by_query
from evaluation.cases.reading import read_judgements
from evaluation.cases.values import Shelf
from evaluation.collections.values import Collection, Passage
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
    return Collection(
        name=name,
        documents=tuple(Passage(book.id, book.title, book.description) for book in books),
        queries={query: query for query in grades},
        qrels=grades,
    )
