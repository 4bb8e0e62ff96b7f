import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.encoding.topics import SparseMatrix, leading_topics


def sparse(dense: NDArray[np.float32]) -> SparseMatrix:
    rows, columns = np.nonzero(dense)
    entries = SparseMatrix.of_entries(rows, columns.astype(np.int32), dense[rows, columns], dense.shape[1])
    missing = len(dense) - entries.height  # rows of zeros at the end have no entries that tell of them
    starts = np.append(entries.starts, np.repeat(entries.starts[-1], missing))
    return SparseMatrix(entries.values, entries.columns, starts, entries.width)


def word_counts(texts: int, words: int, *, seed: int = 0, filled: float = 0.1) -> NDArray[np.float32]:
    random = np.random.default_rng(seed)
    counts = random.poisson(2.0, (texts, words)) * (random.random((texts, words)) < filled)
    return counts.astype(np.float32)


@pytest.mark.parametrize(
    ("texts", "words", "filled"),
    [
        (30, 20, 0.1),  # some rows and columns are empty
        (1, 5, 1.0),
        (900, 120, 0.9),  # more entries than one block holds
        (2, 70_000, 1.0),  # a row longer than a block
    ],
)
def test_products_are_those_of_the_dense_matrix(texts: int, words: int, filled: float) -> None:
    dense = word_counts(texts, words, filled=filled)
    matrix = sparse(dense)
    right, left = np.eye(words, 3, dtype=np.float32) + 1, np.eye(texts, 3, dtype=np.float32) + 1

    np.testing.assert_allclose(matrix.times(right), dense @ right, rtol=1e-3)
    np.testing.assert_allclose(matrix.transposed().times(left), dense.T @ left, rtol=1e-3)


def test_topics_are_the_leading_singular_vectors() -> None:
    signal = word_counts(200, 8, filled=0.5) @ word_counts(8, 60, seed=1, filled=0.5)
    dense = signal + word_counts(200, 60, seed=2, filled=0.02)

    topics = leading_topics(sparse(dense), 5)

    exact = np.linalg.svd(dense, full_matrices=False)[2][:5]
    np.testing.assert_allclose(np.abs(exact @ topics), np.eye(5), atol=1e-3)
    np.testing.assert_allclose(topics.T @ topics, np.eye(5), atol=1e-5)


def test_topics_have_a_fixed_sign() -> None:
    topics = leading_topics(sparse(word_counts(50, 40)), 4)

    largest = topics[np.abs(topics).argmax(axis=0), np.arange(4)]
    assert (largest > 0).all()
    np.testing.assert_array_equal(topics, leading_topics(sparse(word_counts(50, 40)), 4))


@pytest.mark.parametrize(
    ("dense", "wanted", "found"),
    [
        (np.zeros((0, 5), np.float32), 3, 0),
        (np.zeros((4, 0), np.float32), 3, 0),
        (np.ones((4, 5), np.float32), 0, 0),
        (np.ones((4, 5), np.float32), 3, 1),  # all texts alike: one topic
        (np.eye(3, 5, dtype=np.float32), 9, 3),
    ],
)
def test_there_are_no_more_topics_than_the_texts_have(dense: NDArray[np.float32], wanted: int, found: int) -> None:
    assert leading_topics(sparse(dense), wanted).shape == (dense.shape[1], found)
