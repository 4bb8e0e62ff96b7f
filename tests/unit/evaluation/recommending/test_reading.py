from pathlib import Path

import pytest

from evaluation.recommending.reading import read_recommendation_cases
from evaluation.recommending.values import CaseKind, RecommendationCase
from recommender.errors import InputError
from recommender.recommend.values import Intake, Question

HEADER = "query\treader\tanswers\tlanguage\tbest\tfitting\tnote\n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "recommendations.tsv"
    path.write_bytes(text.encode(encoding))
    return path


CASES = (
    RecommendationCase(3, "로봇이 나오는 소설", books={"천 개의 파랑": 2, "작별인사": 1}),
    RecommendationCase(
        5,
        intake=Intake(mood="tired", effect="푹 쉬는 느낌"),
        reader="mr-park",
        language="en",
        books={"무소유": 2, "인연": 2},
    ),
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "# 우리 학교에서 물어본 것\n" + HEADER + "로봇이 나오는 소설\t\t\t\t천 개의 파랑\t작별인사\n\n"
            "\tmr-park\tmood=tired | effect = 푹 쉬는 느낌\ten\t무소유 | 인연\t\t밤에\n",
            "utf-8",
        ),
        (
            (
                "\n질문,독자,답,언어,꼭 맞는 책,어울리는 책\n로봇이 나오는 소설,,,ko,천 개의 파랑,작별인사\n#,,,,,\n"
                ",mr-park,mood=tired|effect=푹 쉬는 느낌,en,무소유|인연,\n"
            ),
            "cp949",
        ),
    ],
    ids=["tabs", "Korean names, Excel's encoding"],
)
def test_cases_are_read_as_spreadsheets_save_them(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_recommendation_cases(written(tmp_path, text, encoding)) == CASES


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("로봇\t\t\t\t\t작별인사\n", "line 2: best is empty; fill it in, or begin the line with #"),
        (
            "\t\t\t\t무소유\t\n",
            "line 2: query is empty, and there are no answers and no reader; fill in one of the three",
        ),
        ("로봇\t\ttired\t\t무소유\t\n", 'line 2: answers "tired" is no answer; write question=answer with one of mood'),
        ("로봇\t\tmoood=tired\t\t무소유\t\n", 'line 2: answers "moood=tired" is no answer'),
        ("로봇\t\tmood=\t\t무소유\t\n", 'line 2: answers "mood=" is no answer'),
        (
            "로봇\t\tmood=tired | mood=happy\t\t무소유\t\n",
            'line 2: answers "mood=happy" answers mood a second time; keep one of the two',
        ),
        ("로봇\t\t\tkr\t무소유\t\n", 'line 2: language "kr" is not known; write ko or en, or leave it empty'),
        ("로봇\t\t\t\t무소유\t인연 | 무소유\n", 'line 2: fitting "무소유" is among the best as well; keep it in one'),
        (
            "로봇\t\t\t\t무소유\n로봇\t\t\t\t인연\n",
            'line 3: query "로봇" was asked in line 2 already; join the two lines',
        ),
        ("가" * 2001 + "\t\t\t\t무소유\n", "has 2,001 characters; ask with at most 2,000"),
        ("", "there is no case below the header; add a line such as"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = written(tmp_path, HEADER + row)

    with pytest.raises(InputError) as raised:
        read_recommendation_cases(path)

    assert str(raised.value).startswith(str(path))
    assert message in str(raised.value)


def test_a_file_without_the_needed_columns_says_which(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no column best \(or 꼭 맞는 책, 최적\)"):
        read_recommendation_cases(written(tmp_path, "query\tbook\n로봇\t천 개의 파랑\n"))


def test_the_same_question_of_another_reader_is_another_case(tmp_path: Path) -> None:
    rows = "로봇\t\t\t\t무소유\n로봇\thaneul\t\t\t무소유\n로봇\t\tmood=tired\t\t무소유\n"

    cases = read_recommendation_cases(written(tmp_path, HEADER + rows))

    assert [case.name for case in cases] == ["로봇", "로봇 [haneul]", "로봇 [mood=tired]"]
    assert [case.kind for case in cases] == [CaseKind.QUESTION, CaseKind.READER, CaseKind.ANSWERS]
    assert cases[2].question() == Question("로봇", intake=Intake(mood="tired"))
