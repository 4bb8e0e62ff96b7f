"""Class numbers: said to be such, alone, or beside the name of their class."""

from collections.abc import Callable

import pytest

from recommender.search.routing.classes import class_number

ROWS = [
    ("813.6", "", "class=813.6"),
    ("KDC 813", "", "class=813"),
    ("813번대", "", "class=813"),
    ("800번대", "", "class=8"),
    ("한국소설 813", "", "class=813"),
    ("813 한국소설", "", "class=813"),
    ("813", "", "class=813"),
    ("843", "", "class=843"),
    ("813.7", "", "class=813.7"),
    ("000", "", "class=0"),
    ("KDC 81", "", "class=81"),
    ("DDC 510", "", "class=51"),
    ("800번대 책", "", "class=8"),
    ("810번대 시", "시", "class=81"),
    ("한국 소설 813", "", "class=813"),
    ("철학 100", "", "class=1"),
    ("510 의학", "", "class=51"),
    ("600 예술", "", "class=6"),
    ("문학 800", "", "class=8"),
    ("역사 911.05", "", "class=911.05"),
    ("365", "", "class=365"),
    ("007", "", "class=007"),
]


@pytest.mark.parametrize(("query", "words", "said"), ROWS)
def test_class_numbers(says: Callable[[str], tuple[str, str]], query: str, words: str, said: str) -> None:
    assert says(query) == (words, said)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("813.6", "813.6"),
        ("810", "81"),
        ("800번대", "8"),
        ("000", "0"),
        ("8", "8"),
        ("81.3", ""),  # a point stands behind three digits
        ("8134", ""),
        ("문학", ""),
    ],
)
def test_the_class_that_a_number_names(text: str, number: str) -> None:
    assert class_number(text) == number
