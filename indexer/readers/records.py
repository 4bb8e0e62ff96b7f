"""Raw records of histories → entries under pseudonyms, or problems."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from indexer.cleaning.people import parse_people
from indexer.cleaning.values import UnusableValueError, as_text, as_texts, read_day, read_isbns
from indexer.problems import Problem
from indexer.readers.ages import read_age_group
from indexer.sources.columns import HISTORY, ColumnRecogniser
from indexer.sources.records import RawRecord
from indexer.works.keys import maker_names
from recommender.models import AgeGroup, HistoryEntry

BEST_RATING = 5.0

LONGEST_NOTE = 5_000
"""Characters of a review that are kept."""

LONGEST_READER_ID = 200


class HistoryCleaner:
    """Turns records into history entries; a record may be one book, or a reader with a list of books."""

    def __init__(self, pseudonym: Callable[[str], str], default_reader: str, *, this_year: int) -> None:
        """`default_reader` is whose history it is where a file names nobody."""
        self._pseudonym = pseudonym
        self._default_reader = default_reader
        self._this_year = this_year
        self._recogniser = ColumnRecogniser(HISTORY)
        self.problems: list[Problem] = []
        self.records = 0
        self.age_groups: dict[str, AgeGroup] = {}  # pseudonym → what the file says of the reader's age

    def entries(self, records: Iterable[RawRecord | Problem]) -> Iterator[HistoryEntry]:
        """The usable entries; what is not is added to `problems`."""
        for record in records:
            if isinstance(record, Problem):
                self.records += 1
                self.problems.append(record)
                continue
            for book in self._books(record):
                self.records += 1
                entry = self._entry(book)
                if entry is not None:
                    yield entry

    def _books(self, record: RawRecord) -> Iterator[RawRecord]:
        """The record itself, or one for each book of its list, with the reader it names."""
        books = record.values.get("read_books")
        if not isinstance(books, list):
            yield record
            return
        of_reader = {name: record.values.get(name) for name in ("reader_id", "age")}
        for book in books:
            renamed = self._renamed(book) if isinstance(book, dict) else {"title": book}
            yield RawRecord(record.source, record.row, {**of_reader, **renamed})

    def _renamed(self, book: Mapping[str, Any]) -> dict[str, Any]:
        keys = list(book)
        return {field: book[keys[at]] for at, field in self._recogniser.map(keys).fields.items()}

    def _entry(self, record: RawRecord) -> HistoryEntry | None:
        values = record.values
        title = as_text(values.get("title"))
        isbn = self._isbn(record)
        reader = as_text(values.get("reader_id")) or self._default_reader
        try:
            rating = read_rating(as_text(values.get("rating")))
        except UnusableValueError as error:
            self._kept_out(record, "rating", as_text(values.get("rating")), str(error))
            return None
        if not isbn and not re.search(r"\w", title):
            self._kept_out(record, "title", title, "the row names no book: it has neither title nor ISBN")
            return None
        if len(title) > LONGEST_NOTE or len(reader) > LONGEST_READER_ID:
            reason = "the value is too long; is a quotation mark before it never closed?"
            self._kept_out(record, "title", title[:200], reason)
            return None
        pseudonym = self._pseudonym(reader)
        self._note_age(record, pseudonym)
        return HistoryEntry(
            reader_id=pseudonym,
            title=title,
            author=", ".join(maker_names(parse_people(as_text(values.get("author"))))),
            isbn=isbn,
            rating=rating,
            note=as_text(values.get("note"))[:LONGEST_NOTE],
            read_on=self._day(record),
            genres=as_texts(values.get("genres")),
        )

    def _isbn(self, record: RawRecord) -> str:
        text = as_text(record.values.get("isbn"))
        try:
            return next(iter(read_isbns([text])), "")
        except UnusableValueError as error:
            self._left_out(record, "isbn", text, str(error))
            return ""

    def _day(self, record: RawRecord) -> str:
        text = as_text(record.values.get("read_on"))
        try:
            return read_day(text)
        except UnusableValueError as error:
            self._left_out(record, "read_on", text, str(error))
            return ""

    def _note_age(self, record: RawRecord, pseudonym: str) -> None:
        text = as_text(record.values.get("age"))
        try:
            group = read_age_group(text, this_year=self._this_year)
        except UnusableValueError as error:
            self._left_out(record, "age", text, str(error))
            return
        if group:
            self.age_groups[pseudonym] = group

    def _kept_out(self, record: RawRecord, field: str, value: str, reason: str) -> None:
        self.problems.append(Problem(record.source, record.row, field, value, reason))

    def _left_out(self, record: RawRecord, field: str, value: str, reason: str) -> None:
        self.problems.append(Problem(record.source, record.row, field, value, reason, kept_out=False))


def read_rating(text: str) -> float | None:
    """A number from 0 to 5; None for an empty text.

    Raises:
        UnusableValueError: anything else.
    """
    if not text:
        return None
    try:
        rating = float(text)
    except ValueError:
        rating = -1.0
    if not 0 <= rating <= BEST_RATING:
        raise UnusableValueError("this is not a number from 0 to 5")
    return rating
