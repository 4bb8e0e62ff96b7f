"""What is in a catalogue, by title and number: which works answer a query, and whether it could mean another."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from evaluation.known_items.letters import spelled_out
from recommender.models import Book
from recommender.text.normalization import title_key

_BETWEEN = "\n"


def titles_of(book: Book) -> tuple[str, ...]:
    """Every title of a work, its own first."""
    return tuple(dict.fromkeys(filter(None, (book.title, book.parallel_title, *book.other_titles))))


def isbns_of(book: Book) -> tuple[str, ...]:
    """Every ISBN of a work and of its copies, 13 digits each."""
    return tuple(dict.fromkeys([*book.isbns, *(holding.isbn for holding in book.holdings if holding.isbn)]))


@dataclass(frozen=True, slots=True)
class KnownCatalogue:
    """The books of a catalogue and what is looked up in them."""

    books: tuple[Book, ...]
    _by_key: dict[str, frozenset[str]] = field(repr=False)
    _by_isbn: dict[str, frozenset[str]] = field(repr=False)
    _written: str = field(repr=False)  # every title key once, and each full statement, set apart
    _letters: tuple[tuple[str, str], ...] = field(repr=False)  # (title key, the same by its letters)

    @classmethod
    def of(cls, books: Iterable[Book]) -> "KnownCatalogue":
        """Look through a catalogue once."""
        books = tuple(books)
        by_key: dict[str, set[str]] = defaultdict(set)
        by_isbn: dict[str, set[str]] = defaultdict(set)
        for book in books:
            for title in titles_of(book):
                by_key[title_key(title)].add(book.id)
            for isbn in isbns_of(book):
                by_isbn[isbn].add(book.id)
        return cls(
            books=books,
            _by_key={key: frozenset(ids) for key, ids in by_key.items()},
            _by_isbn={isbn: frozenset(ids) for isbn, ids in by_isbn.items()},
            _written=_BETWEEN.join(("", *by_key, "")),
            _letters=tuple((key, spelled_out(key)) for key in by_key),
        )

    def with_title_of(self, book: Book) -> frozenset[str]:
        """The ids of every work that has the title of a book, however it is spaced and punctuated."""
        return self._by_key[title_key(book.title)]

    def with_isbn(self, isbn: str) -> frozenset[str]:
        """The ids of every work under a number of 13 digits."""
        return self._by_isbn.get(isbn, frozenset())

    def is_part_of_one_title(self, text: str) -> bool:
        """Whether exactly one title key of the catalogue holds this text (as a title key), and holds it once."""
        return self._written.count(title_key(text)) == 1

    def is_title(self, text: str) -> bool:
        """Whether a work has exactly this title."""
        return title_key(text) in self._by_key

    def is_nearest(self, text: str, book: Book) -> bool:
        """Whether no other title differs in so few letters from a misspelt one as the book's own does."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        own, typed = title_key(book.title), spelled_out(title_key(text))
        distance = OSA.distance(typed, spelled_out(own))
        near = extract(
            typed, [letters for _, letters in self._letters], scorer=OSA.distance, score_cutoff=distance, limit=2
        )
        return all(self._letters[at][0] == own for _, _, at in near)
