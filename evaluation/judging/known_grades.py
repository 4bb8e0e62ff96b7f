"""Grades that need no judge: 0 for what does not exist, and what somebody wrote down beforehand."""

from collections.abc import Mapping, Sequence

from evaluation.judging.rubric import read_rubric
from evaluation.judging.values import LOWEST, Judgement, StoredAnswer
from evaluation.recommending.values import BEST, FITTING

CASE_GRADES: Mapping[int, float] = {BEST: 5.0, FITTING: 3.0}
"""Grade of a case → grade of the rubric: what a librarian hands over first, and what does not disappoint."""


def zeros(answers: Sequence[StoredAnswer], *, judge: str, rubric: str | None = None) -> tuple[Judgement, ...]:
    """0 for each book that does not exist, and for an answer without any: written beside a judge's grades, never asked.

    Args:
        answers: that the judge sees.
        judge: beside whose grades they are written.
        rubric: the version that the judge goes by; that of the question's language unless told.
    """
    found = []
    for answer in answers:
        version = read_rubric(answer.question.language).version if rubric is None else rubric
        items = [answer.item(book) for book in answer.books if not book.is_held] if answer.books else [""]
        found += [Judgement(judge, answer.id, item, grade=LOWEST, rubric=version) for item in items]
    return tuple(found)


def listed_judgements(
    answers: Sequence[StoredAnswer],
    grades: Mapping[str, Mapping[str, float]],
    *,
    judge: str,
    unlisted: float | None = None,
) -> tuple[Judgement, ...]:
    """What somebody wrote down beforehand, for the answers to the questions that they speak of.

    Args:
        answers: to be judged.
        grades: id of a question → id of a book → grade, 0 to 5.
        judge: who wrote them.
        unlisted: the grade of a held book that is not listed; None gives it none.
    """
    known = [answer for answer in answers if answer.question.id in grades]
    graded = (
        Judgement(judge, answer.id, answer.item(book), book.book_id, grade)
        for answer in known
        for book in answer.books
        if book.is_held and (grade := grades[answer.question.id].get(book.book_id, unlisted)) is not None
    )
    return (*graded, *zeros(known, judge=judge, rubric=""))
