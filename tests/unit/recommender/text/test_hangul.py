import pytest

from recommender.text.hangul import compose, initials, josa, keystrokes, letters_of, with_particle


@pytest.mark.parametrize(
    ("syllable", "letters"), [("닭", ("ㄷ", "ㅏ", "ㄺ")), ("데", ("ㄷ", "ㅔ", "")), ("힣", ("ㅎ", "ㅣ", "ㅎ"))]
)
def test_syllables_come_apart_and_together(syllable: str, letters: tuple[str, str, str]) -> None:
    assert letters_of(syllable) == letters
    assert compose(*letters) == syllable


@pytest.mark.parametrize(
    ("text", "strokes"),
    [
        ("닭", "ㄷㅏㄹㄱ"),
        ("달ㄱ", "ㄷㅏㄹㄱ"),
        ("왜", "ㅇㅗㅐ"),
        ("꿈 2", "ㄲㅜㅁ 2"),
        ("의사", "ㅇㅡㅣㅅㅏ"),
        ("ㄳ", "ㄱㅅ"),
    ],
)
def test_keystrokes_are_what_fingers_do(text: str, strokes: str) -> None:
    assert keystrokes(text) == strokes


def test_initials_keep_everything_else() -> None:
    assert initials("해리포터 7 (Harry)") == "ㅎㄹㅍㅌ 7 (Harry)"


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("데미안", "은"),
        ("소나기", "는"),
        ("데미안(Demian)", "은"),  # the particle agrees with the word before the remark
        ("《소년이 온다》", "는"),
        ("'죄와 벌'", "은"),
        ("(소설)", "은"),
        ("MBTI", "는"),
        ("SQL", "은"),
        ("book", "은"),
        ("Harry Potter", "는"),
        ("Walden", "은"),
        ("Kindle", "은"),
        ("1984", "는"),
        ("365", "는"),
        ("제3", "은"),
        ("2010", "은"),
        ("1만 100", "은"),
        ("1000000", "은"),
        ("0", "은"),
        ("", "는"),
        ("!!", "는"),
    ],
)
def test_the_particle_fits_the_word(word: str, topic: str) -> None:
    assert with_particle(word, "은", "는") == word + topic


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("책", "을/를", "을"),
        ("소설", "으로/로", "로"),  # after ㄹ as after a vowel
        ("7", "으로/로", "로"),
        ("도서관", "으로/로", "으로"),
        ("시", "와/과", "와"),
        ("책", "와/과", "과"),  # in whichever order the pair is named
        ("책", "이/가", "이"),
    ],
)
def test_josa_chooses_from_a_pair(word: str, pair: str, expected: str) -> None:
    assert josa(word, pair) == expected
