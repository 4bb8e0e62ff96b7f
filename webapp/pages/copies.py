"""Which of a book's copies to send a reader to."""

from recommender.models import Book, Holding


def best_copy(book: Book) -> Holding | None:
    """One that can be borrowed now, else one that the library still has."""
    held = [holding for holding in book.holdings if holding.status.is_held]
    return next((holding for holding in held if holding.status.is_borrowable), held[0] if held else None)


def shown_call_number(book: Book) -> str:
    """The shelf mark to go to: that of the best copy, so that nobody is sent to a volume that is out."""
    copy = best_copy(book)
    return copy.call_number.text if copy and copy.call_number else book.call_number
