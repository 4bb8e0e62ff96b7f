"""What other libraries lend: kept as their statistics tell it, and counted for the books that this library holds."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.readers.loan_records import Loans
from indexer.readers.matching import BookMatcher
from indexer.readers.popularity import LentElsewhere, decay
from recommender.engine.base import Action, Engine, Operation
from recommender.engine.schema import load_schema
from recommender.errors import IndexExistsError, IndexMissingError
from recommender.models import AgeGroup, HistoryEntry
from recommender.readers.records import work_key

LOAN_COUNTS = "loan_counts"

BATCH = 1_000

Cell = tuple[AgeGroup | None, str]
"""To whom and in which month; a month loaded again replaces what was counted for it."""


@dataclass(frozen=True, slots=True)
class LentWork:
    """A work of the statistics with everything that is known of its loans."""

    work: HistoryEntry
    loans: Mapping[Cell, float]


class LendingStore:
    """Reads and writes the statistics of other libraries' loans."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._matcher = BookMatcher(engine)

    def write(self, rows: Iterable[Loans], *, replace: bool) -> int:
        """Store rows beside what is there, or in its place; returns of how many works they tell."""
        told = _by_work(rows)
        self._ensure()
        known = {} if replace else {_key(each.work): each for each in self.works()}
        if replace:
            self._delete([document.id for document in self._engine.scan(LOAN_COUNTS, source=[])])
        operations = [
            Operation(Action.INDEX, key, _document(each, known[key].loans if key in known else {}))
            for key, each in told.items()
        ]
        for start in range(0, len(operations), BATCH):
            self._engine.bulk(LOAN_COUNTS, operations[start : start + BATCH])
        self._engine.refresh(LOAN_COUNTS)
        return len(told)

    def works(self) -> Iterator[LentWork]:
        """Every work of the statistics; none before any were loaded."""
        try:
            documents = list(self._engine.scan(LOAN_COUNTS, source=["content"]))
        except IndexMissingError:
            return
        for document in documents:
            yield _lent_work(document.source["content"])

    def elsewhere(self, today: date, half_life_days: float) -> tuple[LentElsewhere, tuple[str, ...]]:
        """What is lent of the books that this library holds, and the titles of those that it does not."""
        lent = list(self.works())
        counts: dict[AgeGroup | None, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        unknown = []
        for each, work in zip(lent, self._matcher.matched([each.work for each in lent]), strict=True):
            if not work.book_id:
                unknown.append(work.title or work.isbn)
            for (group, month), count in each.loans.items() if work.book_id else ():
                counts[group][work.book_id] += count * decay(month, today, half_life_days)
        return LentElsewhere({group: dict(books) for group, books in counts.items()}), tuple(unknown)

    def _delete(self, ids: list[str]) -> None:
        self._engine.bulk(LOAN_COUNTS, [Operation(Action.DELETE, each) for each in ids], refresh=True)

    def _ensure(self) -> None:
        """Make the index on first use; another process may be quicker."""
        try:
            self._engine.create_index(LOAN_COUNTS, load_schema(LOAN_COUNTS))
        except IndexExistsError:
            return


def _by_work(rows: Iterable[Loans]) -> dict[str, LentWork]:
    """The rows of each work together: men's and women's loans of one month are added up."""
    works: dict[str, HistoryEntry] = {}
    loans: dict[str, dict[Cell, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        key = _key(row.work)
        works.setdefault(key, row.work)
        loans[key][row.group, row.month] += row.count
    return {key: LentWork(work, loans[key]) for key, work in works.items()}


def _key(work: HistoryEntry) -> str:
    """One edition is one row: an ISBN where there is one, since titles are written in many ways."""
    return hashlib.blake2b((work.isbn or work_key(work)).encode(), digest_size=12).hexdigest()


def _document(lent: LentWork, before: Mapping[Cell, float]) -> dict[str, Any]:
    loans = [
        [group.value if group else None, month, count] for (group, month), count in {**before, **lent.loans}.items()
    ]
    work = lent.work
    return {"content": {"title": work.title, "author": work.author, "isbn": work.isbn, "loans": loans}}


def _lent_work(content: Mapping[str, Any]) -> LentWork:
    work = HistoryEntry("", content["title"], content["author"], isbn=content["isbn"])
    loans = {(AgeGroup(group) if group else None, month): count for group, month, count in content["loans"]}
    return LentWork(work, loans)
