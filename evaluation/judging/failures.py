"""What can be wrong with an answer, found by the program."""

from collections.abc import Collection
from enum import StrEnum

from evaluation.judging.values import JudgedBook


class Failure(StrEnum):
    """One way to fail; an answer may fail in several."""

    MALFORMED = "malformed"  # a book twice, too many books, or a book without a title or one of its two texts
    INVENTED = "invented"  # a book that the catalogue does not hold
    EMPTY = "empty"  # no book at all
    ERROR = "error"  # no answer
    UNAVAILABLE = "unavailable"  # the model did not answer, composed reasons stood in


def failures_of(books: Collection[JudgedBook], *, size: int) -> tuple[Failure, ...]:
    """How an answer fails that should have at most `size` books."""
    found = {
        Failure.MALFORMED: len(books) > size
        or len({(book.book_id, book.title, book.authors) for book in books}) < len(books)
        or any(not (book.title and book.why and book.help) for book in books),
        Failure.INVENTED: any(not book.is_held for book in books),
        Failure.EMPTY: not books,
    }
    return tuple(failure for failure, failed in found.items() if failed)
