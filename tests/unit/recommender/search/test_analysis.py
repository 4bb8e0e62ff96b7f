import pytest

from recommender.search.analysis import analyse
from recommender.text.morphemes import Analyzer


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("text", "is_worry"),
    [
        ("요즘 불안해서 잠이 안 와요", True),
        ("수능이 걱정돼서 잠이 안 온다", True),
        ("잠이 안 올 때 읽을 책 추천해 줘", True),
        ("I am worried about my exams", True),
        ("books about friendship", True),
        ("데미안", False),
        ("나의 라임 오렌지나무", False),
        ("How to cook", False),
        ("수능이 걱정돼요 기출문제집 추천해 주세요", False),  # a workbook is what is wanted
    ],
)
def test_a_worry_is_a_sentence_that_asks_for_no_workbook(analyzer: Analyzer, text: str, *, is_worry: bool) -> None:
    assert analyse(text, analyzer).is_worry is is_worry


@pytest.mark.parametrize(
    ("text", "is_identifier"),
    [
        ("978-89-374-6044-9", True),
        ("8937460440", True),
        ("813.6 박98ㅇ", True),
        ("C 863 에296틴 v.5", True),
        ("1984", False),
        ("7년의 밤", False),
        ("813 소설", False),
    ],
)
def test_an_identifier_is_an_isbn_or_a_call_number(analyzer: Analyzer, text: str, *, is_identifier: bool) -> None:
    assert analyse(text, analyzer).is_identifier is is_identifier


def test_tokens_are_named_as_they_were_typed(analyzer: Analyzer) -> None:
    query = analyse("Harry Potters 읽기", analyzer)

    assert query.as_typed(query.tokens.match) == ("Harry", "Potters", "읽다")
