"""Which books of a library a case means, and how well an answer to it does."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evaluation.cases.values import Shelf
from evaluation.recommending.values import RecommendationCase
from evaluation.relevance.measures import MEASURES, measure
from recommender.errors import InputError
from recommender.models import Book, HistoryEntry
from recommender.text.normalization import title_key

if TYPE_CHECKING:
    from recommender.readers.store import ReaderStore

FIRST = 10
"""Candidates that are measured."""

NDCG, RECALL, AUTHORS = "nDCG@10", "recall@10", "authors"
FIGURES = (NDCG, RECALL, AUTHORS)
"""What is measured of every case; `authors` is the share of different authors among the first ten books."""


class RecommendationJudge:
    """Knows what suits in each case.

    Args:
        cases: what is asked.
        books: of the library, by id.
        readers: whose histories say what is never suggested again.

    Raises:
        InputError: a case names a book that the library does not hold or that its reader has read, or a reader of
            whom nothing is known.
    """

    def __init__(self, cases: Sequence[RecommendationCase], books: Mapping[str, Book], readers: "ReaderStore") -> None:
        shelf = Shelf(books.values())
        self.cases = tuple(cases)
        self.books = books
        self._qrels = {case.name: _grades(case, shelf, _history(case, readers)) for case in cases}

    def figures(self, answers: Mapping[str, Sequence[str]]) -> NDArray[np.float64]:
        """`(n_cases, len(FIGURES)) float64` of the answers (case's name → ids, best first)."""
        first = {name: tuple(ids[:FIRST]) for name, ids in answers.items()}
        names = [case.name for case in self.cases]
        measured = measure(first, self._qrels, names)
        columns = [measured[:, list(MEASURES).index(name)] for name in (NDCG, RECALL)]
        return np.column_stack([*columns, [self._different_authors(first[name]) for name in names]])

    def missing(self, case: RecommendationCase, answer: Sequence[str], *, grade: int) -> tuple[str, ...]:
        """Titles of the books of a grade that are not among the first ten."""
        found = set(answer[:FIRST])
        ids = (book_id for book_id, given in self._qrels[case.name].items() if given == grade)
        return tuple(self.books[book_id].title for book_id in ids if book_id not in found)

    def _different_authors(self, ids: Collection[str]) -> float:
        """1 if each book has an author of its own; a book without one counts as such."""
        authors = {(people[0].name if (people := self.books[book_id].people) else book_id) for book_id in ids}
        return len(authors) / len(ids) if ids else 0.0


def _history(case: RecommendationCase, readers: "ReaderStore") -> Sequence[HistoryEntry]:
    if not case.reader:
        return ()
    if not readers.knows(case.reader):
        raise InputError(
            f'line {case.line}: nothing is known of the reader "{case.reader}"; load their history or preferences, '
            "or take the line out"
        )
    return readers.history(case.reader)


def _grades(case: RecommendationCase, shelf: Shelf, history: Sequence[HistoryEntry]) -> dict[str, int]:
    read = {entry.book_id for entry in history} | {title_key(entry.title) for entry in history}
    grades: dict[str, int] = {}
    for book, grade in case.books.items():
        meant = shelf.meant(book)
        if not meant:
            raise InputError(f'line {case.line}: the library holds no book "{book}"; correct the title or take it out')
        if read.intersection((title_key(book), *meant)):
            raise InputError(
                f'line {case.line}: {case.reader} has read "{book}", which is therefore never recommended; take it out'
            )
        for book_id in meant:
            grades[book_id] = max(grade, grades.get(book_id, 0))
    return grades
