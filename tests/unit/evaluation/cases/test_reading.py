from pathlib import Path

import pytest

from evaluation.cases.reading import read_cases, read_judgements
from evaluation.cases.values import Case, Judgement
from recommender.errors import InputError


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "cases.tsv"
    path.write_bytes(text.encode(encoding))
    return path


CASES = (Case(3, "데미얀", ("데미안",), 1, "한 글자 틀림"), Case(5, "편의점", ("불편한 편의점", "편의점 인간"), 10))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "# 학교 도서관의 사례\nquery\tbook\twithin\tnote\n데미얀\t데미안\t1\t한 글자 틀림\n\n편의점\t불편한 편의점 | 편의점 인간\t\t\n",
            "utf-8",
        ),
        (
            "\n검색어,서명,몇 위 안,비고\n데미얀,데미안,1,한 글자 틀림\n#,,,\n편의점,불편한 편의점|편의점 인간,,\n",
            "cp949",
        ),
        (
            "\nBook;Query;Note;Within\r\n데미안;데미얀;한 글자 틀림;1\r\n;;;\r\n불편한 편의점|편의점 인간;편의점\r\n",
            "utf-8-sig",
        ),
    ],
    ids=["tabs", "Korean names, Excel's encoding", "semicolons, other order, Windows"],
)
def test_cases_are_read_as_spreadsheets_save_them(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_cases(written(tmp_path, text, encoding)) == CASES


HEADER = "query\tbook\twithin\tnote\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER + "데미안\t\t1\n", "line 2: book is empty; fill it in, or begin the line with #"),
        (HEADER + "데미안\t데미안\t1\n \t키친\t1\n", "line 3: query is empty"),
        (HEADER + "데미안\t데미안\t첫째\n", 'line 2: within "첫째" does not fit; write a number from 1 to 100'),
        (HEADER + "데미안\t데미안\t0\n", 'within "0" does not fit'),
        (HEADER + "데미안\t데미안\t101\n", 'within "101" does not fit'),
        (HEADER + f"{'긴 ' * 1500}\t데미안\t1\n", "has 2,999 characters; ask with at most 2,000"),
        ("query,book,within\n시선으로부터,,시선으로부터,1\n", 'line 2: "1" stands beyond the last column'),
        (
            "질의문\tbook\n데미안\t데미안\n",
            "there is no column query (or 검색어, 질의, 질문); the columns seen are: 질의문, book",
        ),
        (HEADER, "there is no case below the header"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_what_to_do(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_cases(written(tmp_path, text))

    assert message in str(caught.value)
    assert "cases.tsv" in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"없음.tsv: the file cannot be read"):
        read_cases(tmp_path / "없음.tsv")


GRADES = "query\tbook\tgrade\n"


def test_judgements_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, GRADES + "로봇 이야기\t천 개의 파랑\t2\n로봇 이야기\t로마인 이야기\t0\n")

    assert read_judgements(path) == (
        Judgement(2, "로봇 이야기", "천 개의 파랑", 2),
        Judgement(3, "로봇 이야기", "로마인 이야기", 0),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GRADES + "로봇\t나인\t3\n", 'line 2: grade "3" does not fit; write a number from 0 to 2'),
        (GRADES + "로봇\t나인\t\n", "line 2: grade does not fit"),
        (GRADES + "로봇\t나인\t0\n", 'line 2: query "로봇" has no book that answers it; give one a grade of 1 or 2'),
        (GRADES, "there is no judgement below the header"),
        ("query\tbook\n로봇\t나인\n", "there is no column grade"),
    ],
)
def test_a_judgement_that_cannot_be_used_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_judgements(written(tmp_path, text))

    assert message in str(caught.value)
