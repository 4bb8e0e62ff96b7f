"""Seeded books that do not exist: Zipf words in the fields of the catalogue, classes, years, clustered unit vectors.

Books are made in blocks with a random generator each, so that a small collection is the beginning of a larger one and
nothing but a block is ever in memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

SEED = 813
BLOCK = 5_000
VOCABULARY = 50_000
AUTHORS = 12_000
PUBLISHERS = 800
CLASSES = tuple("0123456789")

SYLLABLES = tuple(chr(0xAC00 + 37 * number) for number in range(300))
SURNAMES = "김이박최정강조윤장임"
STRIDE = 7_919
"""Coprime with the number of words of two syllables, so that common words do not look alike: their bigrams would."""

ZIPF_SHIFT = 2.7
"""Mandelbrot's shift: without it the commonest word alone would be a tenth of all text."""

COMMON_WORDS = 50
"""Queries leave these out, as the analyser leaves out particles and requests."""

THEMES = 200
THEME_DIRECTIONS = 24
THEME_SPREAD = 0.15
NOISE = 0.02


@dataclass(frozen=True, slots=True)
class SyntheticBook:
    """One book; texts are tokens separated by spaces. `vector` is `(dims,)` float32 of length 1."""

    id: str
    title: str
    author: str
    publisher: str
    subjects: str
    description: str
    kdc: str  # a class number of three digits
    year: int
    vector: NDArray[np.float32]

    @property
    def all_text(self) -> str:
        """Every token of the record."""
        return f"{self.title} {self.author} {self.publisher} {self.subjects} {self.description}"


@dataclass(frozen=True, slots=True)
class SyntheticQuery:
    """What somebody asks: words, a vector `(dims,)`, and the main classes to which a filtered search keeps."""

    words: tuple[str, ...]
    vector: NDArray[np.float32]
    classes: tuple[str, ...]


def synthetic_books(count: int, *, dims: int, seed: int = SEED) -> Iterator[SyntheticBook]:
    """The first `count` books of a seed, in the order of their ids."""
    space = _VectorSpace(dims, seed)
    for start in range(0, count, BLOCK):
        rng = np.random.default_rng([seed, 1, start // BLOCK])
        yield from islice(_block(rng, space, start), count - start)


def synthetic_queries(count: int, *, dims: int, seed: int = SEED) -> list[SyntheticQuery]:
    """Half are two words of a title with its author, half three to five words of what a book is about."""
    rng = np.random.default_rng([seed, 2])
    vectors = _VectorSpace(dims, seed).sample(rng, count)
    books = list(synthetic_books(min(count, BLOCK), dims=dims, seed=seed))
    queries = []
    for number, vector in enumerate(vectors):
        book = books[number % len(books)]
        words = _topic(book, rng) if number % 2 else _remembered(book)
        classes = rng.choice(CLASSES, size=2, replace=False).tolist()
        queries.append(SyntheticQuery(tuple(dict.fromkeys(words)), vector, tuple(classes)))
    return queries


def book_id(row: int) -> str:
    """The id of a book, by its place."""
    return f"{row:08d}"


def word(rank: int) -> str:
    """The word of a rank, 0 being the commonest; no two ranks share one."""
    number = (rank * STRIDE + 11) % len(SYLLABLES) ** 2
    return SYLLABLES[number % len(SYLLABLES)] + SYLLABLES[number // len(SYLLABLES)]


class _VectorSpace:
    """Themes as directions of their own; inside one, books differ along a few shared directions, and by a little noise."""

    def __init__(self, dims: int, seed: int) -> None:
        rng = np.random.default_rng([seed, 3])
        self._themes = _unit(rng.standard_normal((THEMES, dims), dtype=np.float32))
        self._directions = _unit(rng.standard_normal((THEME_DIRECTIONS, dims), dtype=np.float32))

    def sample(self, rng: np.random.Generator, count: int) -> NDArray[np.float32]:
        """`(count, dims)` float32, rows of length 1."""
        dims = self._themes.shape[1]
        place = rng.standard_normal((count, THEME_DIRECTIONS), dtype=np.float32) @ self._directions
        noise = rng.standard_normal((count, dims), dtype=np.float32)
        return _unit(self._themes[rng.integers(THEMES, size=count)] + THEME_SPREAD * place + NOISE * noise)


def _block(rng: np.random.Generator, space: _VectorSpace, start: int) -> Iterator[SyntheticBook]:
    vectors = space.sample(rng, BLOCK)
    classes = rng.integers(1000, size=BLOCK)
    years = rng.integers(1960, 2027, size=BLOCK)
    lengths = rng.integers((2, 2, 30), (7, 5, 71), size=(BLOCK, 3))  # words of title, subjects, description
    authors = _zipf_ranks(rng, BLOCK, AUTHORS)
    publishers = _zipf_ranks(rng, BLOCK, PUBLISHERS)
    words = iter(_zipf_ranks(rng, int(lengths.sum()), VOCABULARY))
    for row in range(BLOCK):
        title, subjects, description = (" ".join(map(word, islice(words, int(length)))) for length in lengths[row])
        yield SyntheticBook(
            id=book_id(start + row),
            title=title,
            author=_author(authors[row]),
            publisher=word(VOCABULARY + publishers[row]),
            subjects=subjects,
            description=description,
            kdc=f"{classes[row]:03d}",
            year=int(years[row]),
            vector=vectors[row],
        )


def _zipf_ranks(rng: np.random.Generator, count: int, size: int) -> list[int]:
    weights = 1.0 / (np.arange(1, size + 1) + ZIPF_SHIFT)
    cumulated = np.cumsum(weights / weights.sum())
    ranks: list[int] = np.minimum(np.searchsorted(cumulated, rng.random(count)), size - 1).tolist()
    return ranks


def _author(rank: int) -> str:
    return SURNAMES[rank % len(SURNAMES)] + word(rank)


def _remembered(book: SyntheticBook) -> Sequence[str]:
    return (*book.title.split()[:2], book.author)


def _topic(book: SyntheticBook, rng: np.random.Generator) -> Sequence[str]:
    common = {word(rank) for rank in range(COMMON_WORDS)}
    telling = [token for token in dict.fromkeys(book.description.split()) if token not in common]
    words: list[str] = rng.choice(telling, size=min(len(telling), int(rng.integers(3, 6))), replace=False).tolist()
    return words


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
