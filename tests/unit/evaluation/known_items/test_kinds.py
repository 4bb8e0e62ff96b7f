import random

import pytest

from evaluation.known_items import kinds
from evaluation.known_items.catalogue import KnownCatalogue
from evaluation.known_items.kinds import KINDS, Maker
from recommender.models import Book, Holding, Person


def book(title: str, author: str = "바스콘셀로스", **fields: object) -> Book:
    return Book(id=title, title=title, people=(Person(author),), **fields)  # type: ignore[arg-type]


ORANGE_TREE = book("나의 라임 오렌지나무")
TOJI = book("토지", "박경리", holdings=(Holding(volume="7"),))
GATSBY = book("The Great Gatsby", "F. Scott Fitzgerald")


@pytest.mark.parametrize(
    ("make", "of", "query"),
    [
        (kinds.exact, ORANGE_TREE, "나의 라임 오렌지나무"),
        (kinds.unspaced, ORANGE_TREE, "나의라임오렌지나무"),
        (kinds.unspaced, GATSBY, "TheGreatGatsby"),
        (kinds.unspaced, TOJI, None),  # has no spaces to lose
        (kinds.wrongly_spaced, TOJI, None),
        (kinds.wrongly_spaced, GATSBY, None),  # nobody types Th eGre atGatsby
        (kinds.half, TOJI, None),
        (kinds.author_and_word, ORANGE_TREE, "바스콘셀로스 오렌지나무"),
        (kinds.author_and_word, Book(id="1", title="데미안"), None),
        (kinds.misspelt, TOJI, None),  # too short to be known by one syllable
        (kinds.misspelt, book("Emma"), None),
        (kinds.qwerty, ORANGE_TREE, "skdml fkdla dhfpswlskan"),
        (kinds.qwerty, book("꿈꾸는 왕"), "RnaRnsms dhkd"),
        (kinds.qwerty, book("K팝 이야기"), None),
        (kinds.isbn, ORANGE_TREE, None),
        (kinds.initials, ORANGE_TREE, "ㄴㅇㄹㅇㅇㄹㅈㄴㅁ"),
        (kinds.initials, book("어린 왕자"), None),  # four syllables
        (kinds.initials, book("K팝을 읽는 시간"), None),
        (kinds.volume, TOJI, "토지 7"),
        (kinds.volume, ORANGE_TREE, None),
        (kinds.hanja_in_hangul, book("農舞"), "농무"),
        (kinds.hanja_in_hangul, book("현혹(眩惑)"), "현혹"),
        (kinds.hanja_in_hangul, book("女人의 길"), "여인의 길"),  # 녀 at the beginning of a word
        (kinds.hanja_in_hangul, book("뇌美인"), "뇌미인"),
        (kinds.hanja_in_hangul, book("龘의 노래"), None),  # nobody knows how to read it
        (kinds.hanja_in_hangul, ORANGE_TREE, None),
        (kinds.hangul_in_hanja, book("현혹(眩惑)"), "眩惑"),
        (kinds.hangul_in_hanja, book("한국의 미(美) 산책"), "한국의 美 산책"),
        (kinds.hangul_in_hanja, book("호랑이(虎)"), None),  # 호 is no end of 호랑이
        (kinds.parallel_title, book("데미안", parallel_title="Demian"), "Demian"),
        (kinds.parallel_title, book("식객", parallel_title="食客"), None),
        (kinds.parallel_title, book("Demian", parallel_title="Emil Sinclair"), None),
        (kinds.romanised_as_said, book("신라의 달밤"), "sillaui dalbam"),
        (kinds.romanised_as_written, book("신라의 달밤"), "sinraui dalbam"),
        (kinds.romanised_as_said, TOJI, None),
        (kinds.author_in_latin, book("데미안", "헤르만 헤세"), "Hermann Hesse demian"),
        (kinds.author_in_latin, book("데미안", "헤르만헤세"), "Hermann Hesse demian"),
        (kinds.author_in_latin, ORANGE_TREE, None),
    ],
)
def test_a_book_asked_for_in_one_way(make: Maker, of: Book, query: str | None) -> None:
    assert make(of, random.Random(1)) == query


def drawn(make: Maker, of: Book, times: int = 60) -> set[str]:
    return {query for seed in range(times) if (query := make(of, random.Random(seed))) is not None}


def test_halves_are_cut_at_the_space_nearest_the_middle() -> None:
    assert drawn(kinds.half, ORANGE_TREE) == {"나의 라임", "오렌지나무"}
    assert drawn(kinds.half, book("어린왕자")) == {"어린", "왕자"}


def test_wrong_spaces_are_as_many_as_the_right_ones_and_none_is_where_one_belongs() -> None:
    queries = drawn(kinds.wrongly_spaced, book("어린 왕자"))
    assert queries == {"어 린왕자", "어린왕 자"}
    assert all(query.count(" ") == 2 for query in drawn(kinds.wrongly_spaced, ORANGE_TREE))
    assert drawn(kinds.wrongly_spaced, book("어린왕자")) == {"어 린왕자", "어린 왕자", "어린왕 자"}


def test_one_syllable_is_misspelt_and_only_by_one_letter() -> None:
    queries = drawn(kinds.misspelt, book("어린 왕자"), 300)
    assert {"어린 왕차", "어린 완자", "아린 왕자", "어런 왕자"} & queries
    for query in queries:
        assert sum(one != other for one, other in zip(query, "어린 왕자", strict=True)) == 1


def test_of_a_latin_title_two_letters_are_swapped_or_one_is_lost_or_doubled() -> None:
    queries = drawn(kinds.misspelt, GATSBY, 300)
    assert {"The Graet Gatsby", "The Grat Gatsby", "The Great Gattsby"} & queries
    assert "The Great Gatsby" not in queries


def test_a_number_is_written_in_every_usual_way() -> None:
    assert drawn(kinds.isbn, book("데미안", isbns=("9788937460449",)), 200) == {
        "9788937460449",
        "978-89-374-6044-9",
        "978 89 374 6044 9",
        "ISBN 9788937460449",
        "ISBN 978-89-374-6044-9",
        "8937460440",
        "89-374-6044-0",
    }
    assert all(
        query.endswith("1") for query in drawn(kinds.isbn, book("새 책", isbns=("9791191464731",)))
    )  # no 10 digits


@pytest.mark.parametrize(
    ("kind", "query", "of", "accepted"),
    [
        ("half", "라임", "나의 라임 오렌지나무", True),
        ("half", "이야기", "과학 이야기", False),  # three titles have it
        ("misspelt", "과학 이야끼", "과학 이야기", True),
        ("misspelt", "화학 이야기", "과학 이야기", False),  # that is another title
        ("misspelt", "솨학 이야기", "과학 이야기", False),  # which of two nobody can tell
    ],
)
def test_a_query_that_may_mean_another_title_is_not_asked(kind: str, query: str, of: str, *, accepted: bool) -> None:
    books = [book(title) for title in ("나의 라임 오렌지나무", "과학 이야기", "화학 이야기", "수학 이야기")]
    known = KnownCatalogue.of(books)
    (accepts,) = (each.accepts for each in KINDS if each.name == kind)
    assert accepts(query, next(each for each in books if each.title == of), known) is accepted
