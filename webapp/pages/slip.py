"""The slip: books to fetch, in the order in which they stand on the shelves, to print or to show on a phone."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import render_template

from recommender.call_numbers import shelf_order
from recommender.errors import NotFoundError
from recommender.models import Book, CallNumber, Holding
from webapp.current import library
from webapp.pages.blueprint import blueprint
from webapp.pages.copies import best_copy, shown_call_number
from webapp.pages.links import current_slip


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One book to fetch, and the copy to fetch it by: one that can be borrowed where there is any."""

    book: Book
    holding: Holding | None

    @property
    def call_number(self) -> str:
        """The copy's shelf mark, else the book's."""
        return shown_call_number(self.book)

    @property
    def volume_title(self) -> str:
        """What the copy is titled, where it is one volume of several."""
        return self.holding.title if self.holding else ""


@blueprint.get("/slip")
def slip() -> str:
    """The books whose ids the address holds."""
    books, missing = _find(current_slip())
    lines = slip_lines(books)
    today = datetime.now(ZoneInfo(library().settings.time_zone)).date()
    return render_template("slip.html", lines=lines, missing=missing, today=today.isoformat())


def slip_lines(books: list[Book]) -> list[SlipLine]:
    """The books in shelf order, location by location."""
    return sorted((SlipLine(book, best_copy(book)) for book in books), key=_place)


def _place(line: SlipLine) -> tuple[object, ...]:
    location = line.holding.location if line.holding else ""
    call_number = line.holding.call_number if line.holding and line.holding.call_number else None
    return (location, shelf_order(call_number or CallNumber(text=line.book.call_number)), line.book.id)


def _find(ids: tuple[str, ...]) -> tuple[list[Book], list[str]]:
    books, missing = [], []
    for book_id in ids:
        try:
            books.append(library().search.book(book_id))
        except NotFoundError:
            missing.append(book_id)
    return list({book.id: book for book in books}.values()), missing
