import pytest

from recommender.text.normalization import (
    LONGEST_PHRASE,
    MOST_PHRASED_WORDS,
    title_bigrams,
    title_key,
    title_keys,
    title_phrases,
)


@pytest.mark.parametrize(
    "spellings",
    [
        ("나의 라임 오렌지나무", "나의라임오렌지나무", "나의 라임 오렌지 나무!"),
        ("총, 균, 쇠", "총균쇠", "총·균·쇠"),
        ("우승(優勝) 열패(劣敗)의 신화", "우승열패의 신화"),  # a gloss says the word before it again
        ("三國志", "삼국지"),
        ("Les Misérables", "LES MISERABLES", "Les　Misérables"),
        ("프로그래밍 Ⅱ", "프로그래밍 II"),
    ],
)
def test_spellings_of_one_title_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({title_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("데미안 1", "데미안 2"), ("(만화)데미안", "데미안"), ("서울(상)", "서울"), ("?", "!")],
)
def test_different_titles_have_different_keys(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "(만화로 보는)맨큐의 경제학. 6: 화폐와 환율의 작동원리",
            ("만화로보는맨큐의경제학6화폐와환율의작동원리", "맨큐의경제학6화폐와환율의작동원리", "맨큐의경제학"),
        ),
        ("데미안 = Demian : 소설", ("데미안demian소설", "데미안", "demian")),
        ("(The)Giver", ("thegiver", "giver")),
        ("1984", ("1984",)),
        ("?!", ("?!",)),
    ],
)
def test_a_statement_is_known_by_each_of_its_keys(statement: str, expected: tuple[str, ...]) -> None:
    assert title_keys(statement) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("데미안", ["데미", "미안"]),
        ("총, 균, 쇠", ["총균", "균쇠"]),
        ("궁", ["궁"]),
        ("아리아리 아리랑", ["아리", "리아", "리랑"]),  # each pair once
        ("", []),
        ("K팝 2", ["k팝", "팝2"]),
    ],
)
def test_bigrams_of_a_title(title: str, expected: list[str]) -> None:
    assert title_bigrams(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("깊은 강은 흐른다", ["깊은", "깊은강은", "깊은강은흐른다", "강은", "강은흐른다", "흐른다"]),
        ("총, 균, 쇠", ["총", "총균", "총균쇠", "균", "균쇠", "쇠"]),
        ("Les Misérables", ["les", "lesmiserables", "miserables"]),
        ("현혹(眩惑)", ["현혹"]),
        ("또 또 또", ["또", "또또", "또또또"]),  # each once
        ("?!", []),
    ],
)
def test_phrases_of_a_title(title: str, expected: list[str]) -> None:
    assert title_phrases(title) == expected


def test_a_title_as_long_as_a_page_has_few_phrases() -> None:
    phrases = title_phrases("아주 긴 제목을 가진 책 " * 200)
    assert len(phrases) <= MOST_PHRASED_WORDS * (MOST_PHRASED_WORDS + 1) // 2
    assert title_phrases("가" * (LONGEST_PHRASE + 1)) == []
