from typing import Any

import pytest

from indexer.problems import Problem
from indexer.readers.loan_records import Loans, LoansCleaner
from indexer.sources.records import RawRecord
from recommender.models import AgeGroup, HistoryEntry

ROW: dict[str, Any] = {
    "title": "완득이 :김려령 장편소설", "author": "김려령", "isbn": "9788936433635", "loans": "38", "rank": "4",
    "age": "14.0", "year": "2018.0", "month": "1.0",
}  # fmt: skip
WORK = HistoryEntry("", "완득이 :김려령 장편소설", "김려령", isbn="9788936433635")


def cleaned(values: dict[str, Any]) -> tuple[list[Loans], list[Problem]]:
    cleaner = LoansCleaner(this_year=2026)
    return list(cleaner.loans([RawRecord("loans.csv", 7, values)])), cleaner.problems


@pytest.mark.parametrize(
    ("change", "loans"),
    [
        ({}, Loans(WORK, 38.0, AgeGroup.TEENS, "2018-01-01")),
        ({"month": ""}, Loans(WORK, 38.0, AgeGroup.TEENS, "2018-01-01")),
        ({"age": "", "year": "", "month": ""}, Loans(WORK, 38.0)),
        ({"loans": ""}, Loans(WORK, 0.25, AgeGroup.TEENS, "2018-01-01")),  # a rank alone: Zipf's law
        ({"loans": "", "rank": ""}, Loans(WORK, 1.0, AgeGroup.TEENS, "2018-01-01")),
        ({"loans": "1,204회"}, Loans(WORK, 1204.0, AgeGroup.TEENS, "2018-01-01")),
    ],
)
def test_a_row_of_loans_is_read(change: dict[str, Any], loans: Loans) -> None:
    assert cleaned({**ROW, **change}) == ([loans], [])


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"isbn": "9788936433634"}, "isbn", "9788936433634"),
        ({"loans": "많음"}, "loans", "많음"),
        ({"age": "어른들"}, "age", "어른들"),
        ({"year": "1018"}, "year", "1018"),
        ({"year": "2091"}, "year", "2091"),
        ({"month": "13"}, "year", "2018.0"),
        ({"title": "", "isbn": ""}, "title", ""),
        ({"title": "?!", "isbn": ""}, "title", "?!"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_row(change: dict[str, Any], field: str, value: str) -> None:
    loans, (problem,) = cleaned({**ROW, **change})
    assert loans == []
    assert (problem.source, problem.row, problem.field, problem.value) == ("loans.csv", 7, field, value)
