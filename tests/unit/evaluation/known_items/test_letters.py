import pytest

from evaluation.known_items.hanja_readings import read_hanja
from evaluation.known_items.letters import Syllable, first_consonants, slips, spelled_out, syllable, typed_in_latin
from evaluation.known_items.romanising import romanised
from recommender.text.hangul import letters_of


@pytest.mark.parametrize(
    ("text", "typed"), [("독서", "ehrtj"), ("꿈", "Rna"), ("닭", "ekfr"), ("왜 1984?", "dho 1984?")]
)
def test_keys_of_a_keyboard_left_in_latin(text: str, typed: str) -> None:
    assert typed_in_latin(text) == typed


def test_syllables_are_taken_apart_as_the_search_does_and_put_together_again() -> None:
    # Written apart from the search's own arithmetic; both have to be right.
    for code in range(ord("가"), ord("힣") + 1):
        letters = syllable(chr(code))
        assert (letters.lead, letters.vowel, letters.tail) == letters_of(chr(code))
        assert letters.written() == chr(code)


def test_letters_and_first_consonants() -> None:
    assert spelled_out("닭 2") == "ㄷㅏㄺ 2"
    assert first_consonants("어린 왕자 2") == "ㅇㄹ ㅇㅈ 2"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("렌", "랜"), ("왜", "외"), ("젠", "벤"), ("가", "까"), ("까", "가"), ("닥", "닷"), ("책", "갳")],
)
def test_slips_of_finger_and_ear(right: str, wrong: str) -> None:
    assert wrong in slips(right)


def test_no_slip_is_the_syllable_itself() -> None:
    for right in "가까닭왜의뷁힣":
        assert right not in slips(right)
        assert len(slips(right)) >= 2


def test_the_same_syllable_is_the_same_value() -> None:
    assert syllable("가") == Syllable("ㄱ", "ㅏ")


@pytest.mark.parametrize(
    ("text", "as_written", "as_said"),
    [
        ("채식주의자", "chaesikjuuija", "chaesikjuuija"),
        ("국물", "gukmul", "gungmul"),
        ("신라", "sinra", "silla"),
        ("별내", "byeolnae", "byeollae"),
        ("독립", "dokrip", "dongnip"),
        ("왕십리", "wangsipri", "wangsimni"),
        ("종로", "jongro", "jongno"),
        ("좋고", "jotgo", "joko"),
        ("해돋이", "haedoti", "haedoji"),
        ("같이", "gati", "gachi"),
        ("책을", "chaekeul", "chaegeul"),
        ("닭이", "daki", "dalgi"),
        ("앉아", "ana", "anja"),
        ("않는", "anneun", "anneun"),
        ("좋아", "jota", "joa"),
        ("울릉", "ulleung", "ulleung"),
        ("강아지 똥 2", "gangaji ttong 2", "gangaji ttong 2"),
    ],
)
def test_the_revised_romanisation(text: str, as_written: str, as_said: str) -> None:
    assert (romanised(text, as_said=False), romanised(text, as_said=True)) == (as_written, as_said)


@pytest.mark.parametrize(
    ("hanja", "hangul"), [("三國志", "삼국지"), ("老人", "노인"), ("女人", "여인"), ("論語", "논어"), ("龘", None)]
)
def test_hanja_are_read(hanja: str, hangul: str | None) -> None:
    assert read_hanja(hanja) == hangul
