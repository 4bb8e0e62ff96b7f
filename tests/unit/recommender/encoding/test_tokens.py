import pytest

from recommender.encoding.tokens import MAX_WORD, Tokenizer, korean_key, syllable_keys
from recommender.text.morphemes import Analyzer

PIECES = frozenset(["the", "little", "prince", "library", "libr", "##ari", "##es", "b", "##t", "##s", "2020", "cafe"])


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", []),
        ("!? …", []),
        ("The Little Prince!", ["the", "little", "prince"]),
        ("Café", ["cafe"]),  # accents are dropped, as the word pieces are written without
        ("libraries", ["libr", "##ari", "##es"]),  # the longest piece from the left, then its continuations
        ("BTS", ["b", "##t", "##s"]),
        ("the xylophone", ["the", "xylophone"]),  # a word that no pieces cover stays whole
        ("x" * (MAX_WORD + 1), ["x" * (MAX_WORD + 1)]),
        ("어린 왕자를 읽었다", ["어리/V", "왕자/N", "읽/V"]),  # particles and endings are left out
        ("BTS의 2020년", ["b", "##t", "##s", "2020", "년/N"]),  # Latin and numbers inside Korean text become pieces
    ],
)
def test_texts_become_keys(analyzer: Analyzer, text: str, keys: list[str]) -> None:
    assert Tokenizer(analyzer, PIECES).keys_many([text]) == [keys]


def test_texts_of_both_scripts_keep_their_order(analyzer: Analyzer) -> None:
    texts = ["the prince", "왕자", "", "library", "도서관"]

    assert Tokenizer(analyzer, PIECES).keys_many(texts) == [
        ["the", "prince"],
        ["왕자/N"],
        [],
        ["library"],
        ["도서관/N"],
    ]


@pytest.mark.parametrize(
    ("form", "tag", "key"),
    [
        ("책", "NNG", "책/N"),
        ("읽", "VV", "읽/V"),
        ("걷", "VV-I", "걷/V"),  # Kiwi's mark of irregular verbs does not matter
        ("매우", "MAG", "매우/M"),
        ("을", "JKO", ""),
        ("다", "EF", ""),
        (".", "SF", ""),
    ],
)
def test_a_key_is_form_and_coarse_class(form: str, tag: str, key: str) -> None:
    assert korean_key(form, tag) == key


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("푸틴/N", ["##푸", "##틴"]),
        ("읽/V", ["##읽"]),
        ("xylophone", []),
        ("n", []),
        ("", []),
    ],
)
def test_only_korean_keys_have_syllables(key: str, keys: list[str]) -> None:
    assert syllable_keys(key) == keys
