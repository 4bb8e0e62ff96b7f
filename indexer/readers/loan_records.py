"""Raw records of loan statistics → how often a work was lent, to whom and when, or problems."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from indexer.cleaning.people import parse_people
from indexer.cleaning.values import UnusableValueError, as_text, read_count, read_isbns
from indexer.problems import Problem
from indexer.readers.ages import read_age_group
from indexer.sources.records import RawRecord
from indexer.works.keys import maker_names
from recommender.models import AgeGroup, HistoryEntry

LAST_MONTH = 12

EARLIEST_YEAR = 1950
"""No statistics of loans by age are older."""


@dataclass(frozen=True, slots=True)
class Loans:
    """One row of a statistic: a work, lent so often to readers of an age in a month."""

    work: HistoryEntry  # of no reader: title, author and ISBN, by which works are recognised
    count: float
    group: AgeGroup | None = None
    month: str = ""  # its first day, ISO date; empty where the row names none


class LoansCleaner:
    """Turns records of loan statistics into `Loans`."""

    def __init__(self, *, this_year: int) -> None:
        self._this_year = this_year
        self.problems: list[Problem] = []
        self.records = 0

    def loans(self, records: Iterable[RawRecord | Problem]) -> Iterator[Loans]:
        """The usable rows; what is not is added to `problems`."""
        for record in records:
            self.records += 1
            if isinstance(record, Problem):
                self.problems.append(record)
                continue
            found = self._loans(record)
            if found is not None:
                yield found

    def _loans(self, record: RawRecord) -> Loans | None:
        field = "isbn"
        try:
            isbn = next(iter(read_isbns([as_text(record.values.get("isbn"))])), "")
            field = "loans"
            count = _count(record)
            field = "age"
            group = read_age_group(as_text(record.values.get("age")), this_year=self._this_year)
            field = "year"
            month = self._month(record)
        except UnusableValueError as error:
            self._kept_out(record, field, str(error))
            return None
        title = as_text(record.values.get("title"))
        if not isbn and not re.search(r"\w", title):
            self._kept_out(record, "title", "the row names no book: it has neither title nor ISBN")
            return None
        author = ", ".join(maker_names(parse_people(as_text(record.values.get("author")))))
        return Loans(HistoryEntry("", title, author, isbn=isbn), count, group, month)

    def _month(self, record: RawRecord) -> str:
        year = read_count(as_text(record.values.get("year")))
        month = read_count(as_text(record.values.get("month")))
        if year is None:
            return ""
        if not EARLIEST_YEAR <= year <= self._this_year:
            raise UnusableValueError(f"this is no year from {EARLIEST_YEAR} to {self._this_year}")
        if month is not None and not 1 <= month <= LAST_MONTH:
            raise UnusableValueError(f"the month {month} is none from 1 to {LAST_MONTH}")
        return date(year, month or 1, 1).isoformat()

    def _kept_out(self, record: RawRecord, field: str, reason: str) -> None:
        self.problems.append(Problem(record.source, record.row, field, as_text(record.values.get(field))[:200], reason))


def _count(record: RawRecord) -> float:
    """How often a row says that a book was lent; a row with a rank alone counts as Zipf's law has it, 1 / rank."""
    loans = read_count(as_text(record.values.get("loans")))
    if loans is not None:
        return float(loans)
    rank = read_count(as_text(record.values.get("rank")))
    return 1.0 / rank if rank else 1.0
