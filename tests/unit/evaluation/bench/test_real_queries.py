import pytest

from evaluation.bench.real_queries import (
    KINDS,
    author_and_word,
    half_title,
    question,
    real_queries,
    unspaced,
)
from recommender.models import Book, Person, Role


def book(title: str, author: str = "바스콘셀로스") -> Book:
    return Book(id=title, title=title, people=(Person(author, Role.AUTHOR),))


ORANGE_TREE = book("나의 라임 오렌지나무")
WALDEN = book("Walden", "Thoreau")


@pytest.mark.parametrize(
    ("make", "of", "text"),
    [
        (half_title, ORANGE_TREE, "나의 라임"),
        (half_title, book("쇠"), "쇠"),
        (author_and_word, ORANGE_TREE, "바스콘셀로스 오렌지나무"),
        (unspaced, ORANGE_TREE, "나의라임오렌지나무"),
        (question, ORANGE_TREE, "오렌지나무에 대해 알고 싶은데 읽을 만한 책이 있을까요?"),
        (question, WALDEN, "Which book would you recommend to someone who wants to know about Walden?"),
    ],
)
def test_each_kind_remembers_a_book_in_its_way(make: object, of: Book, text: str) -> None:
    assert callable(make)
    assert make(of) == text


def test_kinds_take_turns_and_books_are_not_repeated() -> None:
    books = [book(f"어린 왕자 {number}") for number in range(40)]
    queries = real_queries(books, 8, seed=1)
    assert [query.kind for query in queries] == [*KINDS, *KINDS]
    assert len({query.text for query in queries if query.kind == "unspaced"}) == 2
    assert queries == real_queries(books, 8, seed=1)


def test_a_small_catalogue_is_asked_again() -> None:
    assert len(real_queries([ORANGE_TREE], 6, seed=1)) == 6


def test_books_without_author_or_words_are_left_out() -> None:
    nameless = Book(id="1", title="데미안")
    assert real_queries([nameless, book("1 2")], 2, seed=1) == []
