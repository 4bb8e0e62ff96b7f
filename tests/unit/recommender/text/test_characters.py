import unicodedata

import pytest

from recommender.text.characters import LONGEST_HANJA_CALL, fold_latin, hanja_read, normalize, surface


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  데미안\t\n 소설 ", "데미안 소설"),
        (unicodedata.normalize("NFD", "데미안"), "데미안"),  # file names and some exports come decomposed
        ("트렌드　코리아\u001c２０２２", "트렌드 코리아 2022"),  # U+3000 and U+001C split tokens in one engine only
        ("\ufeff제목\u200b없음\u00ad", "제목없음"),
        ("Ｗｈｙ？", "Why?"),
        ("신라‧가야・백제ㆍ고구려", "신라·가야·백제·고구려"),
        ("Gulliver’s Travels", "Gulliver's Travels"),
        ("\x00\x07", ""),
        ("half a surrogate \ud83d", "half a surrogate"),
    ],
)
def test_normalize_keeps_what_is_meant(text: str, expected: str) -> None:
    assert normalize(text) == expected


def test_a_surface_of_composed_text_moves_nothing() -> None:
    text = "신라‧가야\u200b ＡＢＣ"
    assert surface(text).text == "신라·가야  ABC"
    assert surface(text).original_span(6, 9) == (6, 9)


def test_a_surface_of_decomposed_text_knows_where_everything_stood() -> None:
    text = unicodedata.normalize("NFD", "책 데미안, café") + "!"
    written = surface(text)
    assert written.text == "책 데미안, café!"
    for word in ("데미안", "café", "!"):
        start = written.text.index(word)
        left, right = written.original_span(start, start + len(word))
        assert unicodedata.normalize("NFC", text[left:right]) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les Misérables", "les miserables"),
        ("STRASSE Straße", "strasse strasse"),
        ("Ⅱ", "ii"),
        ("ㅋㅋ데미안", "ㅋㅋ데미안"),  # compatibility letters stay what the keyboard gave
    ],
)
def test_latin_is_folded_and_hangul_is_not(text: str, expected: str) -> None:
    assert fold_latin(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三國志", "삼국지"),
        ("李陵의 女性", "이릉의 여성"),  # the first syllable follows the initial-sound rule
        ("관상의 神", "관상의 신"),
        ("日本のむかし話", "日本のむかし話"),  # Japanese has no Korean reading
        ("國" * (LONGEST_HANJA_CALL + 5), "국" * (LONGEST_HANJA_CALL + 5)),
    ],
)
def test_hanja_are_read_character_for_character(text: str, expected: str) -> None:
    assert hanja_read(text) == expected
