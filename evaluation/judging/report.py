"""What judgements of any number of judges say of systems: means, how sure they are, and how far judges agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from evaluation.judging.agreement import Agreement, agreement
from evaluation.judging.storing import latest
from evaluation.judging.values import Judgement
from evaluation.relevance.significance import Difference, compare
from recommender.errors import InputError

FEWEST = 2
"""Questions; of one no interval can be drawn."""


@dataclass(frozen=True, slots=True)
class Fitness:
    """What one judge thinks of one system."""

    system: str
    judge: str
    by_question: Mapping[str, float]  # question → mean grade of the answer's books
    books: int
    missing: int  # of them, those that do not exist, and answers without any

    @property
    def mean(self) -> float:
        """Over questions: each counts the same, however many books its answer has."""
        return float(np.mean(list(self.by_question.values())))

    def interval(self, *, seed: int) -> tuple[float, float] | None:
        """95 %, drawn by question; None for fewer than two."""
        values = _column(self.by_question.values())
        if len(values) < FEWEST:
            return None
        (found,) = compare(values, np.zeros_like(values), seed=seed)
        return found.low, found.high


@dataclass(frozen=True, slots=True)
class Pair:
    """What two judges have in common."""

    one: str
    other: str
    agreement: Agreement | None


@dataclass(frozen=True, slots=True)
class Contrast:
    """How much better one judge finds one system than another, on the questions that both answered."""

    judge: str
    system: str
    against: str
    questions: int
    difference: Difference


class Report:
    """Figures of the judgements of one rubric version.

    Args:
        judgements: of any files, in any order; each judge's last word counts.
        seed: of the intervals.
        order: names of systems in the order of tables; differences are taken from the first. Others come after them.

    Raises:
        InputError: there is no grade, or grades of two versions of the rubric.
    """

    def __init__(self, judgements: Iterable[Judgement], *, seed: int, order: Sequence[str] = ()) -> None:
        self._graded = [each for each in latest(judgements) if each.grade is not None]
        self._seed = seed
        self._order = tuple(order)
        if not self._graded:
            raise InputError("no judge gave a grade yet; judge with `judge model` or `judge page` first")
        versions = sorted({each.rubric for each in self._graded if each.rubric})
        if len(versions) > 1:
            raise InputError(
                f"the grades are of the rubric's versions {' and '.join(versions)}, which do not mean the same; report "
                "them apart"
            )

    @property
    def judges(self) -> tuple[str, ...]:
        """In alphabetical order."""
        return tuple(sorted({each.judge for each in self._graded}))

    @property
    def systems(self) -> tuple[str, ...]:
        """In the order wished for, then by name."""
        judged = {each.system for each in self._graded}
        wished = [system for system in dict.fromkeys(self._order) if system in judged]
        return (*wished, *sorted(judged - set(wished)))

    def fitness(self) -> tuple[Fitness, ...]:
        """Every system as every judge sees it."""
        found = (self._fitness(system, judge) for system in self.systems for judge in self.judges)
        return tuple(each for each in found if each.by_question)

    def pairs(self) -> tuple[Pair, ...]:
        """Every two judges; the zeros that the program gave are no agreement of theirs."""
        return tuple(self._pair(one, other) for one, other in combinations(self.judges, 2))

    def kappas_of(self, judge: str) -> tuple[float, ...]:
        """Agreement of one judge with each other one, where it can be said."""
        pairs = (pair for pair in self.pairs() if judge in (pair.one, pair.other))
        return tuple(pair.agreement.kappa for pair in pairs if pair.agreement)

    def contrasts(self) -> tuple[Contrast, ...]:
        """Every system against the first, judge by judge."""
        by_judge: dict[str, dict[str, Fitness]] = defaultdict(dict)
        for each in self.fitness():
            by_judge[each.judge][each.system] = each
        first = self.systems[0]
        found = (
            contrast(systems[system], systems[first], seed=self._seed)
            for systems in by_judge.values()
            for system in systems
            if system != first and first in systems
        )
        return tuple(each for each in found if each)

    def _fitness(self, system: str, judge: str) -> Fitness:
        given = [each for each in self._graded if (each.system, each.judge) == (system, judge)]
        grades: dict[str, list[float]] = defaultdict(list)
        for each in given:
            grades[each.question].append(each.grade or 0.0)
        means = {question: float(np.mean(values)) for question, values in grades.items()}
        return Fitness(system, judge, means, len(given), sum(each.is_of_nothing for each in given))

    def _pair(self, one: str, other: str) -> Pair:
        theirs = {judge: self._by_item(judge) for judge in (one, other)}
        pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for item, (question, grade) in theirs[one].items():
            if item in theirs[other]:
                pairs[question].append((grade, theirs[other][item][1]))
        return Pair(one, other, agreement(pairs, seed=self._seed))

    def _by_item(self, judge: str) -> Mapping[str, tuple[str, float]]:
        """Item → question and grade: a book that several systems gave for the same reasons was judged once."""
        theirs = (each for each in self._graded if each.judge == judge and not each.is_of_nothing)
        return {each.item: (each.question, each.grade or 0.0) for each in theirs}


def contrast(new: Fitness, old: Fitness, *, seed: int) -> Contrast | None:
    """The difference on common questions; None for fewer than two."""
    common = [question for question in new.by_question if question in old.by_question]
    if len(common) < FEWEST:
        return None
    values = [_column(each.by_question[question] for question in common) for each in (new, old)]
    (difference,) = compare(*values, seed=seed)
    return Contrast(new.judge, new.system, old.system, len(common), difference)


def _column(values: Iterable[float]) -> NDArray[np.float64]:
    return np.array(list(values), dtype=np.float64)[:, None]
