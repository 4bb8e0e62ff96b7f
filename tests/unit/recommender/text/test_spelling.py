import pytest

from recommender.text.spelling import Speller

TITLES = [
    "데미안",
    "나의 라임 오렌지나무",
    "수레바퀴 아래서",
    "불편한 편의점",
    "총, 균, 쇠",
    "토지",
    "Gulliver's Travels",
    "채식주의자",
]
WORDS = {
    "데미안": 3,
    "라임": 2,
    "오렌지나무": 2,
    "과학": 40,
    "철학": 30,
    "우주": 20,
    "역사,": 50,
    "여행": 12,
    "불편한": 2,
    "편의점": 4,
    "travels": 1,
}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(WORDS, TITLES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("대미안", "데미안"),
        ("나의라임오랜지나무", "나의 라임 오렌지나무"),
        ("나에 라임 오렌지 나무", "나의 라임 오렌지나무"),
        ("수레바키 아래서", "수레바퀴 아래서"),
        ("불편한 편이점", "불편한 편의점"),
        ("총균쇄", "총, 균, 쇠"),
        ("Gullivers Travls", "Gulliver's Travels"),
        ("우주 과햑", "우주 과학"),  # word by word where no title is near
        ("역싸 여행", "역사 여행"),
    ],
)
def test_a_near_title_or_word_is_proposed(speller: Speller, typed: str, meant: str) -> None:
    assert speller.suggest(typed) == meant


@pytest.mark.parametrize(
    "typed", ["데미안", "데미 안", "과학", "우주 여행", "zzz", "asdfqwer", "토끼", "토비", "", "?!"]
)
def test_nothing_is_proposed_for_what_is_known_or_far_from_everything(speller: Speller, typed: str) -> None:
    assert speller.suggest(typed) is None


def test_of_equally_near_words_the_one_that_sounds_alike_wins() -> None:
    speller = Speller({"세계사": 1, "시계사": 100})
    assert speller.suggest("새계사") == "세계사"


def test_of_words_equally_near_and_alike_the_more_frequent_wins() -> None:
    assert Speller({"사랑방": 1, "사랑밥": 9}).suggest("사랑밭") == "사랑밥"
