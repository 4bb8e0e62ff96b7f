"""What the page and its script are told of a sitting: never whose an answer is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.judging.items import Item
from evaluation.judging.page.sittings import Sitting
from evaluation.judging.page.tasks import Task
from evaluation.judging.page.wording import LANGUAGES, words
from evaluation.judging.rubric import Rubric, read_rubric


@dataclass(frozen=True, slots=True)
class Wording:
    """The page's texts and the rubric in one language."""

    language: str

    @property
    def texts(self) -> Mapping[str, Any]:
        """Name → text."""
        return words(self.language)

    @property
    def rubric(self) -> Rubric:
        """What the grades mean."""
        return read_rubric(self.language)

    @property
    def other(self) -> str:
        """The language to switch to."""
        return next(each for each in LANGUAGES if each != self.language)

    def say(self, name: str, **values: object) -> str:
        """A text with its values filled in."""
        return str(self.texts[name]).format(**values)

    def asked(self, task: Task) -> list[tuple[str, str]]:
        """Questions of the intake → what was answered."""
        return [(self.rubric.words[name], self.rubric.said(value)) for name, value in task.question.answers.items()]

    def side(self, task: Task, number: int) -> str:
        """The name of a side."""
        if len(task.sides) == 1:
            return self.say("only_side")
        return self.say("side", side=self.texts["sides"][number])

    def given(self, sitting: Sitting, item: Item) -> str:
        """What a judge said of an item, beside its title."""
        grade = sitting.grade_of(item)
        if grade is not None:
            return self.say("given", grade=int(grade), label=self.rubric.grades[int(grade)].label)
        return self.say("skipped") if sitting.is_skipped(item) else ""

    def progress(self, sitting: Sitting) -> str:
        """How far a judge is."""
        return self.say("progress", judged=sitting.judged, total=len(sitting.items))

    def message(self, sitting: Sitting, item: Item | None) -> str:
        """What has just happened, for whoever does not see it."""
        if item is None:
            return self.say("nothing_to_undo")
        grade = sitting.grade_of(item)
        if grade is not None:
            return self.say("saved", title=item.book.title, grade=int(grade))
        return self.say("saved_skip" if sitting.is_skipped(item) else "undone", title=item.book.title)


def state(sitting: Sitting, item: Item | None, wording: Wording) -> dict[str, object]:
    """What has changed, for the page's script."""
    grade = sitting.grade_of(item) if item else None
    return {
        "item": item.id if item else None,
        "grade": None if grade is None else int(grade),
        "skipped": bool(item and sitting.is_skipped(item)),
        "given": wording.given(sitting, item) if item else "",
        "judged": sitting.judged,
        "progress": wording.progress(sitting),
        "message": wording.message(sitting, item),
    }
