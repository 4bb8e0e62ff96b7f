import json
from pathlib import Path

import pytest

from evaluation.judging.questions.personas import persona_question
from evaluation.judging.questions.reading import read_questions
from recommender.bundle import Method
from recommender.errors import InputError
from recommender.recommend.values import Intake, Question


@pytest.mark.parametrize(
    ("instruction", "persona", "question"),
    [
        (
            "잠들기 전에 읽을 책 3권을 추천해줘.",
            "감정: 불안함\n직업: 직장인\n효과: 위로, 안정\n상황: 잠들기 전\n집중도: 가볍게",
            Question(
                "잠들기 전에 읽을 책 3권을 추천해줘.", Intake("불안함", "위로, 안정", "직장인", "잠들기 전", "가볍게")
            ),
        ),
        (  # all on one line, between slashes; a slash within an answer divides nothing
            "책을 권해 주세요",
            "감정: 지침 / 원하는 효과: 휴식/재충전 / 직업: 구직자 / 상황: 스트레스 해소 / 집중도: 몰입",
            Question("책을 권해 주세요", Intake("지침", "휴식/재충전", "구직자", "스트레스 해소", "몰입")),
        ),
        (  # lines without a label that is known belong to the question, and so does a label without a text
            "책을 권해 주세요",
            "나이: 20대\n감정: 설렘\n직업:\n기분: 들뜸",
            Question("책을 권해 주세요 나이: 20대 직업: 기분: 들뜸", Intake(mood="설렘")),
        ),
        ("", "감정: 외로움", Question("", Intake(mood="외로움"))),
        (
            "Books for a rainy day",
            "Mood: tired\nJob: nurse",
            Question("Books for a rainy day", Intake("tired", "", "nurse"), language="en"),
        ),
    ],
)
def test_a_persona_is_a_question_with_answers(instruction: str, persona: str, question: Question) -> None:
    assert persona_question("a", {"instruction": instruction, "input": persona}) == question


def test_bodies_of_the_endpoint_are_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "asked.jsonl"
    lines = (
        {"question": " 로봇 이야기 ", "size": 5, "num_candidates": 10, "method": "direct"},
        {"intake": {"mood": "tired"}, "reader_id": "2026-0317", "language": "en"},
        {"question": " 로봇 이야기 ", "size": 5, "num_candidates": 10, "method": "direct"},  # once is enough
        {"instruction": "위로가 되는 책", "input": "감정: 슬픔"},  # both kinds may stand in one file
    )
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")

    assert read_questions(path).questions == (
        Question("로봇 이야기", size=5, num_candidates=10, method=Method.DIRECT),
        Question(intake=Intake(mood="tired"), reader_id="2026-0317", language="en"),
        Question("위로가 되는 책", Intake(mood="슬픔")),
    )
    assert len(read_questions(path, limit=2).questions) == 2


def test_cases_are_questions_and_keep_their_grades() -> None:
    read = read_questions(Path(__file__).parents[4] / "sample" / "recommendation_cases.tsv", limit=3)

    assert [case.question() for case in read.cases] == list(read.questions)
    assert len(read.questions) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"question": "a"}\n{"question": 3}', "line 2: question '3' should be a text"),
        (
            '{"question": "a", "filters": {"kdc": "8"}}',
            "line 1: the field 'filters' cannot be asked again; known are question",
        ),
        ('{"intake": {"moood": "tired"}}', "line 1, intake: the field 'moood' cannot be asked again; known are mood"),
        ('{"intake": "tired"}', "line 1: intake 'tired' should be an object such as"),
        ('{"question": "a", "size": 11}', "line 1: size '11' should be a whole number from 1 to 10"),
        (
            '{"question": "a", "num_candidates": true}',
            "line 1: num_candidates 'True' should be a whole number from 1 to 50",
        ),
        ('{"question": "a", "method": "magic"}', "line 1: method 'magic' should be staged or direct"),
        ('{"question": "a", "method": ["direct"]}', "line 1: method \"['direct']\" should be staged or direct"),
        ('{"language": "ko"}', "line 1: nothing is asked; fill in question"),
        ('[{"instruction": "", "input": ""}]', "entry 1: instruction and input are both empty; fill one in"),
        ('[{"instruction": "책", "input": 5}]', "entry 1: input '5' should be a text"),
        ('["책"]', 'entry 1: "책" is no JSON object'),
        ("[]", "there is no question"),
        ('{"question": "a"}\n{oops', "line 2: this is no JSON"),
        ("질문,책\n가,나", "there is no column best"),
    ],
)
def test_an_entry_that_cannot_be_used_is_named(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "questions.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(InputError) as raised:
        read_questions(path)
    assert said in str(raised.value)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match=r"없음\.jsonl: the file cannot be read"):
        read_questions(Path("없음.jsonl"))
