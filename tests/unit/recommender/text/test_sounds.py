"""Readings of words in both scripts, and how alike they are."""

import pytest

from recommender.text.hangul_sounds import hangul_keys, hangul_readings
from recommender.text.latin_sounds import latin_readings
from recommender.text.sounds import likeness


def _likeness(latin: str, hangul: str) -> float:
    pairs = ((one, other) for one in latin_readings((latin,)) for other in hangul_readings((hangul,)))
    return max((likeness(one, other) for one, other in pairs if one.key == other.key), default=0.0)


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("데미안", "TMN"),
        ("해리", "HR"),
        ("포터", "PT"),
        ("마르크스", "MKS"),  # a liquid before a consonant stands among the vowels
        ("크리스티", "KRST"),  # ㅡ is no vowel of its own
        ("요한", "N"),  # nor ㅎ within a word a consonant
        ("안나", "N"),  # one sound
        ("헬렌", "HRN"),
    ],
)
def test_a_key_is_the_row_of_consonants(word: str, key: str) -> None:
    assert hangul_readings((word,))[0].key == key


def test_what_is_said_otherwise_than_written_has_a_reading_of_its_own() -> None:
    assert {reading.key for reading in hangul_readings(("독립문",))} == {"TKRPMN", "TNMN"}


@pytest.mark.parametrize(
    "words",
    [
        ("데미안",),
        ("독립문",),
        ("아름다운",),
        ("닭이",),
        ("값",),
        ("해리", "포터"),
        ("김", "호영"),
        ("있어",),
        ("놓다",),
        ("길을", "잃는"),
    ],
)
def test_keys_hold_every_key_of_the_readings(words: tuple[str, ...]) -> None:
    assert {reading.key for reading in hangul_readings(words)} <= set(hangul_keys(words))


@pytest.mark.parametrize(
    ("latin", "near", "far"),
    [
        ("demian", "데미안", "도미노"),
        ("harry", "해리", "허루"),
        ("almond", "아몬드", "이무니드"),
        ("zorba", "조르바", "제비"),
        ("gatsby", "개츠비", "국수보"),
        ("christie", "크리스티", "카라스토"),
        ("camus", "카뮈", "코마"),
    ],
)
def test_the_word_itself_is_more_alike_than_others_of_its_consonants(latin: str, near: str, far: str) -> None:
    assert _likeness(latin, near) > 0.85
    assert _likeness(latin, near) > _likeness(latin, far) + 0.05


def test_a_likeness_below_the_least_is_none() -> None:
    (latin, *_), (hangul, *_) = latin_readings(("harry",)), hangul_readings(("허루",))

    assert 0.0 < likeness(latin, hangul) < 0.9
    assert likeness(latin, hangul, 0.9) == 0.0
