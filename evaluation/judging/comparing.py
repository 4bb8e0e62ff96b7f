"""Asking several systems the same questions, and what is known beforehand of their answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evaluation.cases.values import Shelf
from evaluation.judging.asking import Readers, System, answers_of, judged_question
from evaluation.judging.known_grades import CASE_GRADES, listed_judgements
from evaluation.judging.lists.matching import ListMatcher
from evaluation.judging.lists.reading import BookList
from evaluation.judging.questions.reading import Questions
from evaluation.judging.values import Judgement, StoredAnswer
from recommender.errors import InputError
from recommender.recommend.values import Question

if TYPE_CHECKING:
    from recommender.models import Book

CASES = "cases"
"""The judge whose grades stand in a file of cases; a book that is not listed there counts 0, so that it is a lower bound."""

Keep = Callable[[StoredAnswer], None]


@dataclass(frozen=True, slots=True)
class Shelves:
    """What a library holds, as far as judging needs it."""

    books: "Mapping[str, Book]"  # by id
    readers: Readers
    matcher: ListMatcher


def compared(
    systems: Sequence[System],
    questions: Sequence[Question],
    shelves: Shelves,
    keep: Keep,
    *,
    known: Sequence[StoredAnswer] = (),
) -> tuple[StoredAnswer, ...]:
    """Every system's answer to every question, system by system.

    Args:
        systems: are asked.
        questions: what they are asked.
        shelves: what the library holds.
        keep: is handed each new answer as soon as it is there.
        known: answers of a run that was stopped; what a system of the same settings has answered is not asked again.
    """
    ids = {question: judged_question(question, shelves.readers).id for question in questions}
    answers: list[StoredAnswer] = []
    for system in systems:
        before = {answer.question.id: answer for answer in known if _is_of(system, answer)}
        answers += [before[question_id] for question_id in ids.values() if question_id in before]
        open_questions = [question for question, question_id in ids.items() if question_id not in before]
        for answer in answers_of(system, open_questions, shelves.readers, shelves.books.keys()):
            keep(answer)
            answers.append(answer)
    return tuple(answers)


def beside(answers: Sequence[StoredAnswer], stored: Sequence[StoredAnswer]) -> tuple[StoredAnswer, ...]:
    """The answers and, of those stored, the ones to the same questions.

    Raises:
        InputError: a stored system has the name of an arm, or none of its answers is to these questions.
    """
    asked, arms = ({answer.question.id for answer in answers}, {answer.system for answer in answers})
    fitting = [answer for answer in stored if answer.question.id in asked]
    if same := arms & {answer.system for answer in stored}:
        raise InputError(f'the stored answers are of a system "{min(same)}" too; give the arm another name')
    if unused := {answer.system for answer in stored} - {answer.system for answer in fitting}:
        raise InputError(
            f'the stored answers of "{min(unused)}" are to none of these questions, which differ in text, answers, '
            "language or what is known of the reader; ask the questions that they answer"
        )
    return (*answers, *fitting)


def case_judgements(answers: Sequence[StoredAnswer], questions: Questions, shelves: Shelves) -> tuple[Judgement, ...]:
    """What the cases that the questions were read from say; nothing for questions that were not."""
    shelf = Shelf(shelves.books.values())
    grades: dict[str, dict[str, float]] = {}
    for case in questions.cases:
        meant = grades.setdefault(judged_question(case.question(), shelves.readers).id, {})
        for title, grade in case.books.items():
            for book_id in shelf.meant(title):
                meant[book_id] = max(CASE_GRADES[grade], meant.get(book_id, 0.0))
    return listed_judgements(answers, grades, judge=CASES, unlisted=0.0)


def list_judgements(
    answers: Sequence[StoredAnswer],
    questions: Sequence[Question],
    lists: Sequence[BookList],
    shelves: Shelves,
    *,
    judge: str,
) -> tuple[Judgement, ...]:
    """What graded lists say; one that names no question speaks of all of them, and none speaks of books it does not name."""
    grades: dict[str, dict[str, float]] = {}
    for each in lists:
        listed = shelves.matcher.grades(each.books)
        for question in questions:
            if listed and _is_meant(each.question, question):
                grades.setdefault(judged_question(question, shelves.readers).id, {}).update(listed)
    return listed_judgements(answers, grades, judge=judge)


def _is_meant(listed: Question, asked: Question) -> bool:
    """Whether a list speaks of a question: by what it names of text, answers and reader."""
    if listed.reader_id not in ("", asked.reader_id):
        return False
    bare = replace(listed, reader_id="")
    return bare == Question(language=listed.language) or (listed.text, listed.intake) == (asked.text, asked.intake)


def _is_of(system: System, answer: StoredAnswer) -> bool:
    """Whether a system with the same name and settings gave an answer; one that failed with an error is asked again."""
    return system.name == answer.system and dict(system.settings) == dict(answer.settings)
