"""Copies needed and lengths: a number restricts, an adjective only prefers."""

from collections.abc import Callable

import pytest

from recommender.search.request import Filters, Preferred
from recommender.search.routing.values import Understood

ROWS = [
    ("30권 있는", "", "copies=30"),
    ("30권 이상", "", "copies=30"),
    ("한 반이 같이 읽을 25권", "", "copies=25"),
    ("25명이 함께 읽을 책", "", "copies=25"),
    ("class set of 30", "", "copies=30"),
    ("class set", "", "copies=25"),
    ("at least 5 copies", "", "copies=5"),
    ("holes 30 copies", "holes", "copies=30"),
    ("짧은 소설", "소설", "length=short"),
    ("얇은 책", "", "length=short"),
    ("200쪽 이하", "", "pages=-200"),
    ("300쪽 넘는 소설", "소설", "pages=300-"),
    ("100~200쪽", "", "pages=100-200"),
    ("under 200 pages", "", "pages=-200"),
    ("short books about space", "books about space", "length=short"),
    ("두꺼운 책", "", "length=long"),
    ("20권 이상 있는 소설", "소설", "copies=20"),
    ("다섯 권 이상", "", "copies=5"),
    ("서른 권 이상 있는 책", "", "copies=30"),
    ("우리 반이 함께 읽을 28권", "", "copies=28"),
    ("학급에서 같이 읽을 책 30권", "", "copies=30"),
    ("독서 동아리에서 볼 10권", "", "copies=10"),
    ("10명이 같이 읽을 소설", "소설", "copies=10"),
    ("30 copies of holes", "holes", "copies=30"),
    ("more than 20 copies", "", "copies=20"),
    ("5 or more copies", "", "copies=5"),
    ("150페이지 이내", "", "pages=-150"),
    ("300쪽이 넘는 소설", "소설", "pages=300-"),
    ("500쪽 이상", "", "pages=500-"),
    ("100쪽 미만 동화", "동화", "pages=-100"),
    ("200쪽 안 넘는 책", "", "pages=-200"),
    ("novels over 500 pages", "novels", "pages=500-"),
    ("less than 150 pages", "", "pages=-150"),
    ("150 pages or fewer", "", "pages=-150"),
    ("at least 300 pages", "", "pages=300-"),
    ("얇은 소설책 추천", "소설책", "length=short"),
    ("분량이 적은 책", "", "length=short"),
    ("길지 않은 동화", "동화", "length=short"),
    ("a short book about war", "book about war", "length=short"),
    ("quick read", "", "length=short"),
    ("thick novels", "novels", "length=long"),
]


@pytest.mark.parametrize(("query", "words", "said"), ROWS)
def test_what_is_said_of_copies_and_pages(
    says: Callable[[str], tuple[str, str]], query: str, words: str, said: str
) -> None:
    assert says(query) == (words, said)


@pytest.mark.parametrize(
    ("query", "limits", "preferred"),
    [
        ("30권 있는 소설", Filters(copies_from=30), Preferred()),
        ("200쪽 이하", Filters(pages_to=200), Preferred()),
        ("100~200쪽", Filters(pages_from=100, pages_to=200), Preferred()),
        ("300쪽 넘는 소설", Filters(pages_from=300), Preferred()),
        ("짧은 소설", Filters(), Preferred(pages_to=200)),
        ("두꺼운 책", Filters(), Preferred(pages_from=400)),
    ],
)
def test_numbers_restrict_and_adjectives_prefer(
    read: Callable[[str], Understood], query: str, limits: Filters, preferred: Preferred
) -> None:
    understood = read(query)
    assert (understood.limits, understood.preferred) == (limits, preferred)
