"""What one judge sees, in which order and on which side: by chance, and the same whenever they come back."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.judging.items import Item, items_of
from evaluation.judging.values import JudgedBook, JudgedQuestion, StoredAnswer

SIDES = 2
"""Answers side by side: more cannot be compared at a glance, and do not fit on a screen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One book on one side; without an item where it does not exist, and there is nothing to judge."""

    book: JudgedBook
    item: Item | None


@dataclass(frozen=True, slots=True)
class Task:
    """One question with one answer or two."""

    question: JudgedQuestion
    answers: tuple[StoredAnswer, ...]  # left, right
    sides: tuple[tuple[Shown, ...], ...]  # the books of each, best first

    @property
    def items(self) -> tuple[Item, ...]:
        """What is judged here, from the left to the right, nothing twice."""
        items = (shown.item for side in self.sides for shown in side)
        return tuple({item.id: item for item in items if item}.values())


def tasks_for(answers: Sequence[StoredAnswer], judge: str, *, seed: int) -> tuple[Task, ...]:
    """All tasks of a judge: questions in an order of their own, so that nobody's tiredness falls on the same ones.

    Args:
        answers: of any number of systems; more than two to a question become several tasks.
        judge: whose order it is.
        seed: of the chance.
    """
    chance = random.Random(f"{seed}/{judge}")
    by_question: dict[str, list[StoredAnswer]] = {}
    for answer in answers:
        by_question.setdefault(answer.question.id, []).append(answer)
    questions = list(by_question.values())
    chance.shuffle(questions)
    items = {item.id: item for item in items_of(answers)}
    tasks = []
    for found in questions:
        chance.shuffle(found)
        tasks += [_task(found[start : start + SIDES], items) for start in range(0, len(found), SIDES)]
    return tuple(tasks)


def _task(answers: Sequence[StoredAnswer], items: dict[str, Item]) -> Task:
    sides = tuple(
        tuple(Shown(book, items.get(answer.item(book)) if book.is_held else None) for book in answer.books)
        for answer in answers
    )
    return Task(answers[0].question, tuple(answers), sides)
