"""Texts typed on the keyboard of the other script."""

import pytest

from recommender.text.keyboard import as_hangul, as_latin, hangul_so_far, is_gibberish


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ehrtj", "독서"),
        ("gksrkd", "한강"),
        ("EHRTJ", "독서"),  # caps lock
        ("Rhcdml dudghs", "꽃의 영혼"),  # shift for ㄲ
        ("ekfrrhrl", "닭고기"),
        ("djEjgrp tkf rjtdlsrk", "어떻게 살 것인가"),
        ("dhodhk 2", "왜와 2"),
        ("gofl vhxj 7", "해리 포터 7"),
        ("todxprwnlvpfl", "생텍쥐페리"),
        ("dkswdk", "앉아"),
        ("Elf, dlfrrl!", "띨, 읽기!"),
        ("dldi rl", "이야 기"),
    ],
)
def test_latin_letters_typed_for_hangul(typed: str, meant: str) -> None:
    assert as_hangul(typed) == meant


@pytest.mark.parametrize("typed", ["harry", "love", "demian", "book", "데미안", "한강 gksrkd", "1984", "", "C++"])
def test_what_makes_no_whole_syllables_was_meant_as_it_is(typed: str) -> None:
    assert as_hangul(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ㅗㅁㄱ교 ㅔㅐㅅㅅㄷㄱ", "harry potter"), ("ㅣㅐㅍㄷ", "love"), ("ㅇ드ㅑ무", "demian"), ("19ㅓ", "19j")],
)
def test_hangul_typed_for_latin_letters(typed: str, meant: str) -> None:
    assert as_latin(typed) == meant


@pytest.mark.parametrize("typed", ["데미안", "demian", "1984", "데미안 ㅁ a"])
def test_whole_syllables_were_meant_as_they_are(typed: str) -> None:
    assert as_latin(typed) is None


@pytest.mark.parametrize(
    ("typed", "so_far"),
    [("ehr", "독"), ("ehrt", "돇"), ("ehrtj", "독서"), ("eh", "도"), ("e", "ㄷ"), ("gktks", "하산")],
)
def test_each_moment_of_typing(typed: str, so_far: str) -> None:
    assert hangul_so_far(typed) == so_far


@pytest.mark.parametrize("text", ["ㅗㅁㄱ교", "ㅜㅜ"])
def test_vowels_without_a_syllable_are_gibberish(text: str) -> None:
    assert is_gibberish(text)


@pytest.mark.parametrize("text", ["ㄷㅁㅇ", "데미안", "harry", ""])
def test_initials_and_words_are_not(text: str) -> None:
    assert not is_gibberish(text)
