import pytest

from evaluation.judging.known_grades import listed_judgements, zeros
from evaluation.judging.report import Report
from evaluation.judging.values import Judgement
from recommender.errors import InputError
from tests.judged_answers import ANSWERS, DIRECT, DIRECT_CAMP, INVENTED, STAGED, STAGED_CAMP


def graded(judge: str, grades: dict[str, float]) -> list[Judgement]:
    """A judge's grades by book id, wherever the book stands, and the zeros beside them."""
    given = [
        Judgement(judge, answer.id, answer.item(book), book.book_id, grades[book.book_id], rubric="1")
        for answer in ANSWERS
        for book in answer.books
        if book.book_id in grades
    ]
    return [*given, *zeros(ANSWERS, judge=judge)]


STRICT = graded("strict", {"anxiety": 4, "worry": 2, "kitchen": 1, "holes": 5})
MILD = graded("mild", {"anxiety": 5, "worry": 3, "kitchen": 2, "holes": 5})


def test_what_does_not_exist_is_zero_and_nobody_is_asked() -> None:
    assert zeros(ANSWERS, judge="사서1") == (
        Judgement("사서1", DIRECT.id, DIRECT.item(INVENTED), grade=0, rubric="1"),
        Judgement("사서1", DIRECT_CAMP.id, item="", grade=0, rubric="1"),  # no book at all
    )


def test_means_are_means_of_questions_with_what_is_missing_as_zero() -> None:
    report = Report(STRICT, seed=1)
    found = {each.system: each for each in report.fitness()}

    assert found["staged-system"].by_question == {STAGED.question.id: 3.0, STAGED_CAMP.question.id: 5.0}
    assert found["direct-system"].by_question == {DIRECT.question.id: pytest.approx(5 / 3), DIRECT_CAMP.question.id: 0}
    assert found["staged-system"].mean == 4.0
    assert (found["direct-system"].books, found["direct-system"].missing) == (5 - 1, 2)
    interval = found["staged-system"].interval(seed=1)
    assert interval == (3.0, 5.0)


def test_judges_agree_on_what_they_judged_themselves() -> None:
    (pair,) = Report([*STRICT, *MILD], seed=1).pairs()

    assert (pair.one, pair.other) == ("mild", "strict")
    assert pair.agreement is not None
    assert pair.agreement.books == 4  # one book in two answers was judged once, and zeros of the program are nobody's
    assert pair.agreement.kappa == pytest.approx(1 - 0.75 / (1.6875 + 2.5 + 0.75**2))


def test_differences_are_taken_from_the_first_system_judge_by_judge() -> None:
    order = ["another", "staged-system", "direct-system"]
    found = Report([*STRICT, *MILD], seed=1, order=order).contrasts()

    assert [(each.judge, each.system, each.against, each.questions) for each in found] == [
        ("mild", "direct-system", "staged-system", 2),
        ("strict", "direct-system", "staged-system", 2),
    ]
    assert found[1].difference.mean == pytest.approx((5 / 3 - 3 + 0 - 5) / 2)


def test_systems_stand_in_the_order_wished_for_and_others_after_them() -> None:
    assert Report(STRICT, seed=1).systems == ("direct-system", "staged-system")
    assert Report(STRICT, seed=1, order=["staged-system"]).systems == ("staged-system", "direct-system")


def test_the_last_word_counts_and_a_grade_taken_back_does_not() -> None:
    first, *rest = STRICT
    changed = Judgement(first.judge, first.answer, first.item, first.book, 1, rubric="1")
    taken_back = Judgement(first.judge, first.answer, first.item, first.book, None, rubric="1")

    def staged(judgements: list[Judgement]) -> dict[str, float]:
        return dict(Report(judgements, seed=1, order=["staged-system"]).fitness()[0].by_question)

    assert staged([first, *rest, changed])[STAGED.question.id] == 1.5
    assert staged([first, *rest, taken_back])[STAGED.question.id] == 2.0


def test_grades_of_two_rubrics_are_not_averaged() -> None:
    with pytest.raises(InputError, match="versions 1 and 2, which do not mean the same; report them apart"):
        Report([*STRICT, Judgement("old", STAGED.id, "x", "b", 3, rubric="2")], seed=1)


def test_nothing_judged_is_no_report() -> None:
    with pytest.raises(InputError, match="no judge gave a grade yet"):
        Report([Judgement("사서1", STAGED.id, "x", "b", None, skipped=True)], seed=1)


def test_listed_grades_speak_of_their_own_questions_and_books() -> None:
    grades = {STAGED.question.id: {"anxiety": 4.5}}
    spoken = listed_judgements(ANSWERS, grades, judge="list")

    assert [(each.answer, each.book, each.grade) for each in spoken] == [
        (STAGED.id, "anxiety", 4.5),
        (DIRECT.id, "anxiety", 4.5),
        (DIRECT.id, "", 0),
    ]
    lower_bound = listed_judgements(ANSWERS, grades, judge="list", unlisted=0.0)
    assert [(each.book, each.grade) for each in lower_bound if each.answer == STAGED.id] == [
        ("anxiety", 4.5),
        ("worry", 0),
    ]
