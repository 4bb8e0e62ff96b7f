"""Who has judged what so far: read from the file when a judge sits down, and kept with it at every key."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property

from evaluation.judging.items import Item
from evaluation.judging.known_grades import zeros
from evaluation.judging.page.tasks import Task, tasks_for
from evaluation.judging.rubric import read_rubric
from evaluation.judging.storing import JudgementFile
from evaluation.judging.values import HIGHEST, LOWEST, StoredAnswer
from recommender.errors import InputError, NotFoundError

LONGEST_NAME = 40
"""Characters of a judge's label."""

LONGEST_PAUSE_S = 600.0
"""Seconds; whoever takes longer over one book was away."""


class Sitting:
    """One judge at work.

    Args:
        judge: a label, by which nobody outside knows the person.
        tasks: in the judge's order.
        file: where judgements go.
        clock: seconds.
    """

    def __init__(self, judge: str, tasks: Sequence[Task], file: JudgementFile, clock: Callable[[], float]) -> None:
        self.judge = judge
        self.tasks = tuple(tasks)
        self._file = file
        self._clock = clock
        self._since = clock()
        known = [each for each in file.judgements() if each.judge == judge]
        self._zeroed = {(each.answer, each.item) for each in known if each.is_of_nothing}
        self._grades = {
            each.item: each.grade
            for each in known
            if not each.is_of_nothing and (each.skipped or each.grade is not None)
        }

    @cached_property
    def items(self) -> dict[str, Item]:
        """All that there is to judge, by id."""
        return {item.id: item for task in self.tasks for item in task.items}

    @property
    def judged(self) -> int:
        """Books graded or skipped."""
        return sum(item_id in self._grades for item_id in self.items)

    @property
    def skipped(self) -> int:
        """Books of which the judge could not say."""
        return sum(map(self.is_skipped, self.items.values()))

    @property
    def first_open(self) -> int | None:
        """Place of the first task with a book that is neither graded nor skipped; None at the end."""
        return next((place for place, task in enumerate(self.tasks) if self.open_items(task)), None)

    def next_with_books(self, place: int, step: int) -> int | None:
        """Place of the next task, forwards (1) or backwards (-1), in which there is something to judge."""
        places = range(place + step, len(self.tasks) if step > 0 else -1, step)
        return next((each for each in places if self.tasks[each].items), None)

    def open_items(self, task: Task) -> tuple[Item, ...]:
        """What of a task is neither graded nor skipped."""
        return tuple(item for item in task.items if item.id not in self._grades)

    def grade_of(self, item: Item) -> float | None:
        """The grade given; None where there is none."""
        return self._grades.get(item.id)

    def is_skipped(self, item: Item) -> bool:
        """Whether the judge said that they cannot say."""
        return item.id in self._grades and self._grades[item.id] is None

    def see(self) -> None:
        """A page was opened: the seconds of the next grade count from here."""
        self._since = self._clock()

    def grade(self, item_id: str, grade: int | None) -> None:
        """Keep a grade, or with None that the book was skipped.

        Raises:
            NotFoundError: there is no such item.
            InputError: the grade is none of the rubric's.
        """
        if item_id not in self.items:
            raise NotFoundError(f"there is nothing to judge with the id {item_id!r}; open the page again")
        if grade is not None and not LOWEST <= grade <= HIGHEST:
            raise InputError(f"the grade {grade} is not from {LOWEST} to {HIGHEST}; press one of these keys")
        self._keep(self.items[item_id], grade, skipped=grade is None)
        self._grades.pop(item_id, None)  # so that the last one judged stands last, for undo
        self._grades[item_id] = grade

    def undo(self) -> Item | None:
        """Take the last grade back; None where there is none."""
        last = next((item_id for item_id in reversed(self._grades) if item_id in self.items), None)
        if last is None:
            return None
        self._keep(self.items[last], None, skipped=False)
        del self._grades[last]
        return self.items[last]

    def place_of(self, item: Item) -> int:
        """Place of the first task in which an item stands."""
        return next(place for place, task in enumerate(self.tasks) if item in task.items)

    def _keep(self, item: Item, grade: int | None, *, skipped: bool) -> None:
        now = self._clock()
        seconds, self._since = min(now - self._since, LONGEST_PAUSE_S), now
        version = read_rubric(item.question.language).version
        kept = item.judgements(self.judge, grade, seconds=seconds, rubric=version, skipped=skipped)
        seen = [answer for task in self.tasks[: self.place_of(item) + 1] for answer in task.answers]
        missing = [each for each in zeros(seen, judge=self.judge) if (each.answer, each.item) not in self._zeroed]
        self._file.add([*kept, *missing])
        self._zeroed |= {(each.answer, each.item) for each in missing}


class Room:
    """All judges of some answers.

    Args:
        answers: what is judged.
        file: where judgements go.
        seed: of the order of questions and sides.
        clock: seconds.
    """

    def __init__(
        self,
        answers: Sequence[StoredAnswer],
        file: JudgementFile,
        *,
        seed: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.answers = tuple(answers)
        self._file = file
        self._seed = seed
        self._clock = clock
        self._sittings: dict[str, Sitting] = {}
        self.lock = threading.RLock()  # held while a judge's key is worked on: two may come in at once

    def sitting(self, judge: str) -> Sitting:
        """A judge's work, as far as it is.

        Raises:
            InputError: the label is empty, too long, or holds what cannot stand in an address.
        """
        label = " ".join(judge.split())
        if not label or len(label) > LONGEST_NAME or "/" in label or not label.isprintable():
            raise InputError(f"{judge[:60]!r} is no label; write 1 to {LONGEST_NAME} letters or digits, without a /")
        with self.lock:
            if label not in self._sittings:
                tasks = tasks_for(self.answers, label, seed=self._seed)
                self._sittings[label] = Sitting(label, tasks, self._file, self._clock)
            return self._sittings[label]
