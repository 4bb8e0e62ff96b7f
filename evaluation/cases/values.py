"""What a librarian expects of a search: a book within the first few, or grades for what answers a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recommender.models import Book
from recommender.text.normalization import title_keys

ID_PREFIX = "id:"
"""Before a book that is meant by its id rather than by its title."""


@dataclass(frozen=True, slots=True)
class Case:
    """Whoever asks this has to find one of these books among the first `within`."""

    line: int  # of the file, from 1
    query: str
    books: tuple[str, ...]  # titles or ids; any of them will do
    within: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well a book answers a query: 2 is what was meant, 1 is worth a look, 0 is wrong."""

    line: int
    query: str
    book: str  # a title or an id
    grade: int


class Shelf:
    """Which books are meant by a title, in one catalogue.

    Args:
        books: all of them.
    """

    def __init__(self, books: Iterable[Book]) -> None:
        self._titles: dict[str, str] = {}
        self._by_title: dict[str, list[str]] = {}
        for book in books:
            self._titles[book.id] = book.title
            for key in _keys(book):
                self._by_title.setdefault(key, []).append(book.id)

    def meant(self, book: str) -> tuple[str, ...]:
        """Ids of the works that a title or an id names; none if the library does not hold it.

        A title with its subtitle means that work, and where there is none of this name those of the title alone.
        """
        if book.startswith(ID_PREFIX):
            book_id = book.removeprefix(ID_PREFIX).strip()
            return (book_id,) if book_id in self._titles else ()
        found = (self._by_title[key] for key in title_keys(book) if key in self._by_title)
        return tuple(dict.fromkeys(next(found, ())))

    @property
    def titles(self) -> Mapping[str, str]:
        """Id → title."""
        return self._titles


def _keys(book: Book) -> set[str]:
    whole = f"{book.title} : {book.subtitle}" if book.subtitle else book.title
    spellings = (book.title, whole, book.parallel_title, *book.other_titles)
    return {key for spelling in spellings if spelling for key in title_keys(spelling)}
