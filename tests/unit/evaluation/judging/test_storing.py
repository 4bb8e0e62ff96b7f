import json
from pathlib import Path

import pytest

from evaluation.judging.storing import JudgementFile, latest, read_answers, read_judgements, write_answers
from evaluation.judging.values import JudgedQuestion, Judgement, StoredAnswer
from recommender.errors import InputError
from tests.judged_answers import ANSWERS, ANXIOUS, STAGED

ONE = Judgement("사서1", STAGED.id, "item-1", "anxiety", 4, 2.5, "1")
TWO = Judgement("qwen", STAGED.id, "item-2", "worry", 3.412, 0.8, "1")


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    write_answers(tmp_path / "deep" / "answers.jsonl", ANSWERS)

    assert read_answers([tmp_path / "deep" / "answers.jsonl"]) == ANSWERS


def test_a_question_has_one_id_in_whatever_order_it_was_answered() -> None:
    other_way = dict(reversed(list(ANXIOUS.answers.items())))

    assert JudgedQuestion(ANXIOUS.text, other_way, "ko", ANXIOUS.reader).id == ANXIOUS.id
    assert JudgedQuestion(ANXIOUS.text, other_way, "ko").id != ANXIOUS.id  # another reader


def test_judgements_are_added_and_the_last_word_counts(tmp_path: Path) -> None:
    file = JudgementFile(tmp_path / "judgements.jsonl")
    file.add([ONE, TWO])
    changed = Judgement("사서1", STAGED.id, "item-1", "anxiety", 2, 1.0, "1")
    file.add([changed])

    assert file.judgements() == (changed, TWO)
    assert latest(read_judgements([file.path, file.path])) == (changed, TWO)


def test_a_line_that_a_crash_cut_off_is_not_counted_and_spoils_nothing(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    JudgementFile(path).add([ONE])
    with path.open("ab") as file:
        file.write('{"judge": "사서1", "ans'.encode())

    assert read_judgements([path]) == (ONE,)
    reopened = JudgementFile(path)
    reopened.add([TWO])
    assert reopened.judgements() == (ONE, TWO)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{oops}", "line 2: this is no JSON"),
        ("[1, 2]", "line 2: [1, 2] is no JSON object; each has to be one"),
        ('{"judge": "a", "answer": "s/q"}', "line 2: the field 'item' is missing; add it"),
        (
            '{"judge": "a", "answer": "s/q", "item": "i", "grad": 3}',
            "line 2: there is no field 'grad'; known are judge",
        ),
        ('{"judge": "a", "answer": "s/q", "item": "i", "grade": "5"}', "line 2, grade: '5' does not fit; a number"),
        ('{"judge": "a", "answer": "s/q", "item": "i", "grade": 7}', "line 2: the grade 7 is not from 0 to 5"),
        ('{"judge": "a", "answer": "s/q", "item": "i", "grade": NaN}', "line 2: the grade nan is not from 0 to 5"),
        (
            '{"judge": "a", "answer": "s/q", "item": "i", "skipped": 1}',
            "line 2, skipped: '1' does not fit; true or false",
        ),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "judgements.jsonl"
    JudgementFile(path).add([ONE])
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")

    with pytest.raises(InputError) as raised:
        read_judgements([path])
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"books": [{"title": "키친", "pages": 3}]}, "books: there is no field 'pages'"),
        ({"books": "키친"}, "books: '키친' does not fit; a list is wanted"),
        ({"question": {"answers": ["tired"]}}, "answers: \"['tired']\" does not fit; an object is wanted"),
        ({"spent": {"prompt_tokens": 1.5}}, "prompt_tokens: '1.5' does not fit; a whole number is wanted"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps({"system": "a", "question": {}, **changes}), encoding="utf-8")

    with pytest.raises(InputError) as raised:
        read_answers([path])
    assert said in str(raised.value)


def test_a_system_answers_a_question_once(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    write_answers(path, [*ANSWERS, StoredAnswer(STAGED.system, STAGED.question)])

    with pytest.raises(InputError, match=r"line 5: staged-system answered this question already in .*line 1"):
        read_answers([path])


def test_no_answer_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")

    with pytest.raises(InputError, match="there is no answer"):
        read_answers([tmp_path / "none.jsonl"])
