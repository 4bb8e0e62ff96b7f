"""Asking the library what its librarians expect of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evaluation.cases.values import Case, Judgement, Shelf
from evaluation.relevance.measures import HEADLINE, MEASURES, measure
from evaluation.relevance.rankings import search_all
from recommender.errors import InputError
from recommender.search.request import Mode, SearchRequest

if TYPE_CHECKING:
    from recommender.search.service import SearchService


REACH = 100
"""Books looked through for the one that was meant."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case."""

    case: Case
    rank: int | None  # of the first book that was meant, from 1; None: not among the first hundred
    first: str  # title of what stood first; empty where nothing was found
    is_held: bool  # whether the library has any of the books meant

    @property
    def passed(self) -> bool:
        """Whether the book stood where it has to."""
        return self.rank is not None and self.rank <= self.case.within

    @property
    def sentence(self) -> str:
        """The failure for a person: the case, what happened, and what stood first."""
        case, meant = self.case, " or ".join(self.case.books)
        asked = f'line {case.line}: "{case.query}" has to find {meant} in the first {case.within}'
        if not self.is_held:
            return f"{asked}, but the library holds no such book; correct the title or take the line out"
        place = f"it came {self.rank}" if self.rank else f"it was not among the first {REACH}"
        stood = f"first stood {self.first}" if self.first else "nothing was found"
        note = f" ({case.note})" if case.note else ""
        return f"{asked}, but {place}; {stood}{note}"


@dataclass(frozen=True, slots=True)
class Graded:
    """How well one mode answers the graded questions."""

    mode: Mode
    queries: tuple[str, ...]
    ndcg: NDArray[np.float64]  # (n_queries,), nDCG@10

    @property
    def mean(self) -> float:
        """Over all questions."""
        return float(self.ndcg.mean())


def check_cases(
    service: "SearchService",
    shelf: Shelf,
    cases: Sequence[Case],
    *,
    mode: Mode = Mode.HYBRID,
    advance: Callable[[int], None] = lambda _parts: None,
) -> tuple[Verdict, ...]:
    """Ask every case as a visitor would."""
    verdicts = []
    for case in cases:
        meant = {book_id for book in case.books for book_id in shelf.meant(book)}
        found = service.ids(SearchRequest(case.query, mode=mode, size=REACH))
        rank = next((place for place, book_id in enumerate(found, 1) if book_id in meant), None)
        verdicts.append(Verdict(case, rank, shelf.titles.get(found[0], "") if found else "", is_held=bool(meant)))
        advance(1)
    return tuple(verdicts)


def grade_answers(
    service: "SearchService", shelf: Shelf, judgements: Sequence[Judgement], modes: Sequence[Mode]
) -> tuple[Graded, ...]:
    """Measure the answers to graded questions.

    Raises:
        InputError: the library holds no book of a title that was judged.
    """
    qrels = grades_by_query(judgements, shelf)
    queries = {query: query for query in qrels}
    column = list(MEASURES).index(HEADLINE)
    return tuple(
        Graded(answers.mode, tuple(queries), measure(answers.rankings, qrels, list(queries))[:, column])
        for answers in search_all(service, queries, modes)
    )


def as_json(graded: Sequence[Graded]) -> dict[str, dict[str, float]]:
    """Mode → question → nDCG@10, to four digits: what is written down of a measurement."""
    return {
        one.mode.value: {query: round(value, 4) for query, value in zip(one.queries, one.ndcg.tolist(), strict=True)}
        for one in graded
    }


def grades_by_query(judgements: Sequence[Judgement], shelf: Shelf) -> dict[str, dict[str, int]]:
    """Query → id of a book → grade.

    Raises:
        InputError: the library does not hold a book that is judged.
    """
    qrels: dict[str, dict[str, int]] = {}
    for judgement in judgements:
        meant = shelf.meant(judgement.book)
        if not meant:
            raise InputError(
                f'line {judgement.line}: the library holds no book "{judgement.book}"; correct the title or take the line out'
            )
        qrels.setdefault(judgement.query, {}).update(dict.fromkeys(meant, judgement.grade))
    return qrels
