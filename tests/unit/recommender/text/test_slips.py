import pytest

from recommender.text.slips import slip_keys


def meet(one: str, other: str) -> bool:
    return not set(slip_keys(one)).isdisjoint(slip_keys(other))


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("나의 라임 오렌지나무", "나의라임 오랜지나무"),  # another vowel, spaced otherwise
        ("가짜 노동", "가자 노동"),  # another first consonant
        ("책 먹는 여우", "챙 먹는 여우"),  # another last consonant
        ("책 먹는 여우", "채 먹는 여우"),  # the last consonant forgotten
        ("총, 균, 쇠", "총균세"),
        ("三國志 연의", "삼극지 연의"),
        ("The Great Gatsby", "The Graet Gatsby"),  # two letters swapped
        ("Wuthering Heights", "wuthering hights"),  # one forgotten
        ("1984년의 봄", "1985년의 봄"),
        ("데미안", "데미안"),
    ],
)
def test_a_title_meets_what_differs_by_one_letter(title: str, typed: str) -> None:
    assert meet(title, typed)
    assert meet(typed, title)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("과학 이야기", "문학 이야기"),  # a syllable that differs in more than one letter is another word
        ("한국사", "한국어"),
        ("나의 라임 오렌지나무", "나의 래임 오랜지나무"),  # two slips
        ("논어", "농어"),  # too short
        ("Emma", "Enma"),
        ("가나다라" * 11, "가나다러" + "가나다라" * 10),  # too long
        ("?", "!"),
    ],
)
def test_other_titles_do_not_meet(one: str, other: str) -> None:
    assert not meet(one, other)


def test_a_key_is_a_word_that_both_engines_keep_whole() -> None:
    keys = slip_keys("삼국지")
    assert len(keys) == len(set(keys)) == 10  # the title and three for each syllable
    assert all(key.isalnum() and key.isascii() and len(key) == 10 for key in keys)
