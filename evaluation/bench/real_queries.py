"""What people type, made from the titles and authors of the books that are there."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from recommender.models import Book

SHORTEST_WORD = 2
"""Letters: shorter words are particles and volume numbers, which nobody looks for."""


@dataclass(frozen=True, slots=True)
class RealQuery:
    """One query and the way in which it remembers the book."""

    kind: str
    text: str


def real_queries(books: Sequence[Book], count: int, *, seed: int) -> list[RealQuery]:
    """As many queries, all different where the catalogue has enough books, the kinds in turns."""
    rng = random.Random(seed)
    named = [book for book in books if _long_words(book.title) and book.authors]
    drawn = rng.sample(named, min(count, len(named)))
    pairs = zip(range(count), cycle(KINDS.items()), cycle(drawn), strict=False)
    return [RealQuery(kind, make(book)) for _, (kind, make), book in pairs]


def half_title(book: Book) -> str:
    """The first half of the title, by letters: `나의 라임 오렌지나무` → `나의 라임`."""
    return book.title[: max(SHORTEST_WORD, len(book.title) // 2)].strip()


def author_and_word(book: Book) -> str:
    """The first author and the longest word of the title: `생텍쥐페리 왕자`."""
    return f"{book.authors[0]} {max(_long_words(book.title), key=len)}"


def unspaced(book: Book) -> str:
    """The title without its spaces: `나의라임오렌지나무`."""
    return book.title.replace(" ", "")


def question(book: Book) -> str:
    """A sentence about what the title names: `오렌지나무에 대해 알고 싶은데 읽을 만한 책이 있을까요?`."""
    topic = max(_long_words(book.title), key=len)
    if topic.isascii():
        return f"Which book would you recommend to someone who wants to know about {topic}?"
    return f"{topic}에 대해 알고 싶은데 읽을 만한 책이 있을까요?"


KINDS: Mapping[str, Callable[[Book], str]] = {
    "half title": half_title,
    "author + word": author_and_word,
    "unspaced": unspaced,
    "question": question,
}


def _long_words(title: str) -> list[str]:
    return [word for word in title.split() if len(word) >= SHORTEST_WORD]
