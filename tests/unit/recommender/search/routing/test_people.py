"""Authors: only whom the catalogue holds."""

from collections.abc import Callable

import pytest

from recommender.search.routing.values import Understood

ROWS = [
    ("김영하 작가", "김영하", "person=김영하"),
    ("한강의 책", "한강", "person=한강"),
    ("김영하 작가 소설 추천해 줘", "김영하", "person=김영하"),
    ("books by Jane Austen", "Jane Austen", "person=Jane Austen"),
    ("하루키가 쓴 소설", "하루키", "person=하루키"),
    ("한강 소설", "한강", "person=한강"),
    ("헤르만 헤세의 책", "헤르만 헤세", "person=헤르만 헤세"),
    ("헤르만 헤세가 쓴 소설", "헤르만 헤세", "person=헤르만 헤세"),
    ("김영하 작가 책 추천해 줘", "김영하", "person=김영하"),
    ("하루키 소설가", "하루키", "person=하루키"),
    ("novels by Jane Austen", "Jane Austen", "person=Jane Austen"),
    ("something written by Jane Austen", "Jane Austen", "person=Jane Austen"),
]


@pytest.mark.parametrize(("query", "words", "said"), ROWS)
def test_authors_come_first(says: Callable[[str], tuple[str, str]], query: str, words: str, said: str) -> None:
    assert says(query) == (words, said)


def test_a_name_goes_on_being_looked_for(read: Callable[[str], Understood]) -> None:
    understood = read("헤르만 헤세의 책")
    assert (understood.people, understood.words) == (("헤르만 헤세",), "헤르만 헤세")
