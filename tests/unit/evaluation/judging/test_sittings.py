from pathlib import Path

import pytest

from evaluation.judging.page.sittings import LONGEST_PAUSE_S, Room, Sitting
from evaluation.judging.page.tasks import tasks_for
from evaluation.judging.storing import JudgementFile, read_judgements
from evaluation.judging.values import JudgedBook, JudgedQuestion, StoredAnswer
from recommender.errors import InputError, NotFoundError
from tests.judged_answers import ANSWERS, CAMP, DIRECT, DIRECT_CAMP, INVENTED, STAGED


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def file(tmp_path: Path) -> JudgementFile:
    return JudgementFile(tmp_path / "judgements.jsonl")


def room(file: JudgementFile, clock: Clock | None = None, *, seed: int = 1) -> Room:
    return Room(ANSWERS, file, seed=seed, clock=clock or Clock())


def item_of(sitting: Sitting, book_id: str) -> str:
    return next(item.id for item in sitting.items.values() if item.book.book_id == book_id)


def test_every_judge_has_an_order_and_sides_of_their_own_and_keeps_them() -> None:
    many = [
        StoredAnswer(system, JudgedQuestion(f"질문 {number}"), (JudgedBook("키친", "kitchen"),))
        for system in ("left", "right")
        for number in range(20)
    ]

    def shown(judge: str, seed: int) -> list[tuple[str, list[str]]]:
        tasks = tasks_for(many, judge, seed=seed)
        return [(task.question.text, [answer.system for answer in task.answers]) for task in tasks]

    first = shown("사서1", 1)
    assert first == shown("사서1", 1)
    assert sorted(text for text, _ in first) == sorted(f"질문 {number}" for number in range(20))
    assert [text for text, _ in first] != [text for text, _ in shown("사서2", 1)]
    assert first != shown("사서1", 2)
    on_the_left = {systems[0] for _, systems in first}
    assert on_the_left == {"left", "right"}


def test_more_systems_than_sides_become_several_tasks() -> None:
    question = JudgedQuestion("질문")
    answers = [StoredAnswer(name, question, (JudgedBook(name, name),)) for name in ("a", "b", "c")]
    tasks = tasks_for(answers, "사서1", seed=1)

    assert [len(task.sides) for task in tasks] == [2, 1]
    assert {answer.system for task in tasks for answer in task.answers} == {"a", "b", "c"}


def test_a_grade_is_in_the_file_at_once_for_every_answer_with_zeros_for_what_does_not_exist(
    file: JudgementFile, clock: Clock
) -> None:
    sitting = room(file, clock).sitting("사서1")
    analects = item_of(sitting, "anxiety")
    place = sitting.place_of(sitting.items[analects])
    clock.now += 12.25
    sitting.grade(analects, 4)
    written = read_judgements([file.path])

    assert [(each.answer, each.grade, each.seconds) for each in written if each.item == analects] == [
        (STAGED.id, 4, 12.25),
        (DIRECT.id, 4, 12.25),
    ]
    zeros = {(each.answer, each.item, each.grade) for each in written if each.is_of_nothing}
    before = {(DIRECT_CAMP.id, "", 0)} if place else set()  # the empty answer to the question before, if there was one
    assert zeros == {(DIRECT.id, DIRECT.item(INVENTED), 0), *before}
    sitting.grade(analects, 5)
    assert len([each for each in read_judgements([file.path]) if each.is_of_nothing]) == len(zeros)  # once


def test_whoever_comes_back_goes_on_where_they_were(file: JudgementFile) -> None:
    first = room(file).sitting("사서1")
    task = first.tasks[0]
    for item in task.items:
        first.grade(item.id, 3)
    again = room(file).sitting(" 사서1 ")

    assert again.first_open == 1
    assert again.judged == len(task.items)
    assert again.grade_of(task.items[0]) == 3
    assert room(file).sitting("사서2").judged == 0
    for item in again.tasks[1].items:
        again.grade(item.id, None)
    assert (again.first_open, again.skipped) == (None, len(again.tasks[1].items))


def test_the_last_grade_is_taken_back_even_after_a_restart(file: JudgementFile) -> None:
    sitting = room(file).sitting("사서1")
    kitchen, worry = (item_of(sitting, book_id) for book_id in ("kitchen", "worry"))
    sitting.grade(kitchen, 5)
    sitting.grade(worry, 1)
    again = room(file).sitting("사서1")
    undone = again.undo()

    assert undone is not None
    assert undone.id == worry
    assert (again.grade_of(again.items[worry]), again.is_skipped(again.items[worry])) == (None, False)
    assert [each.grade for each in file.judgements() if each.item in (kitchen, worry)] == [5, None]
    assert again.undo() == again.items[kitchen]
    assert again.undo() is None
    assert room(file).sitting("사서1").judged == 0


def test_a_book_judged_anew_is_the_last_one(file: JudgementFile) -> None:
    sitting = room(file).sitting("사서1")
    kitchen, worry = (item_of(sitting, book_id) for book_id in ("kitchen", "worry"))
    for item_id, grade in ((kitchen, 5), (worry, 1), (kitchen, 2)):
        sitting.grade(item_id, grade)

    undone = sitting.undo()
    assert undone is not None
    assert undone.id == kitchen


def test_a_coffee_is_not_counted(file: JudgementFile, clock: Clock) -> None:
    sitting = room(file, clock).sitting("사서1")
    clock.now += 3 * LONGEST_PAUSE_S
    sitting.grade(item_of(sitting, "kitchen"), 3)
    clock.now += 100
    sitting.see()  # the page was opened again
    clock.now += 4
    sitting.grade(item_of(sitting, "worry"), 3)
    seconds = {each.book: each.seconds for each in file.judgements()}

    assert (seconds["kitchen"], seconds["worry"]) == (LONGEST_PAUSE_S, 4)


def test_what_cannot_be_judged_is_an_error(file: JudgementFile) -> None:
    sitting = room(file).sitting("사서1")

    with pytest.raises(NotFoundError, match="nothing to judge with the id 'x'"):
        sitting.grade("x", 3)
    with pytest.raises(InputError, match="the grade 6 is not from 0 to 5"):
        sitting.grade(item_of(sitting, "kitchen"), 6)
    assert not file.path.exists()


@pytest.mark.parametrize("label", ["", "  ", "a/b", "x" * 41, "줄\x00바꿈"])
def test_a_label_that_cannot_stand_in_an_address_is_refused(file: JudgementFile, label: str) -> None:
    with pytest.raises(InputError, match="is no label"):
        room(file).sitting(label)


def test_a_question_without_any_book_is_passed_over(file: JudgementFile) -> None:
    empty = [StoredAnswer(name, CAMP) for name in ("a", "b")]
    sitting = Room([*empty, STAGED], file, seed=3).sitting("사서1")
    with_books = next(place for place, task in enumerate(sitting.tasks) if task.items)

    assert sitting.first_open == with_books
    assert sitting.next_with_books(with_books, 1) is None
    assert sitting.next_with_books(with_books, -1) is None
