from collections import Counter
from itertools import islice

import numpy as np
import pytest

from evaluation.bench.synthetic import (
    BLOCK,
    CLASSES,
    COMMON_WORDS,
    VOCABULARY,
    SyntheticBook,
    synthetic_books,
    synthetic_queries,
    word,
)

DIMS = 16


def facts(book: SyntheticBook) -> tuple[str, str, str, int, list[float]]:
    return book.id, book.all_text, book.kdc, book.year, book.vector.tolist()


@pytest.fixture(scope="module")
def books() -> list[SyntheticBook]:
    return list(synthetic_books(2_000, dims=DIMS))


def test_the_same_seed_gives_the_same_books(books: list[SyntheticBook]) -> None:
    again = list(synthetic_books(2_000, dims=DIMS))
    assert list(map(facts, again)) == list(map(facts, books))


def test_another_seed_gives_others(books: list[SyntheticBook]) -> None:
    other = next(iter(synthetic_books(1, dims=DIMS, seed=1)))
    assert other.all_text != books[0].all_text


def test_a_small_collection_is_the_beginning_of_a_larger_one() -> None:
    small = list(synthetic_books(BLOCK + 3, dims=2))
    larger = list(islice(synthetic_books(2 * BLOCK, dims=2), BLOCK + 3))
    assert list(map(facts, small)) == list(map(facts, larger))


def test_ids_are_in_the_order_of_the_books(books: list[SyntheticBook]) -> None:
    assert [book.id for book in books] == sorted({book.id for book in books})


def test_vectors_have_length_one_and_lie_in_clusters(books: list[SyntheticBook]) -> None:
    vectors = np.stack([book.vector for book in books])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(books)), abs=1e-5)
    similarities = vectors @ vectors.T
    np.fill_diagonal(similarities, 0)
    assert np.median(similarities.max(axis=1)) > 0.8
    assert abs(float(np.median(similarities))) < 0.2


def test_few_words_make_up_much_of_the_text(books: list[SyntheticBook]) -> None:
    counts = Counter(token for book in books for token in book.description.split())
    common = sum(count for _, count in counts.most_common(100))
    assert 0.25 < common / counts.total() < 0.6
    assert sum(count == 1 for count in counts.values()) > len(counts) / 4


def test_no_two_ranks_share_a_word() -> None:
    assert len({word(rank) for rank in range(VOCABULARY)}) == VOCABULARY


def test_queries_remember_a_title_and_its_author_or_say_what_a_book_is_about(books: list[SyntheticBook]) -> None:
    remembered, topic = synthetic_queries(2, dims=DIMS)
    assert remembered.words == tuple(dict.fromkeys((*books[0].title.split()[:2], books[0].author)))
    assert set(topic.words) <= set(books[1].description.split())
    assert not {word(rank) for rank in range(COMMON_WORDS)}.intersection(topic.words)


def test_every_query_names_two_classes() -> None:
    for query in synthetic_queries(10, dims=DIMS):
        assert len(set(query.classes)) == 2
        assert set(query.classes) <= set(CLASSES)
