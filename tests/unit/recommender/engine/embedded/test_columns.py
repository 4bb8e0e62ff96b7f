from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.engine.embedded.columns import Column, ColumnBuilder

AUTHORS = [{"authors": ["한강", "헤르만 헤세"]}, {}, {"authors": "김초엽"}, {"authors": []}, {"authors": ["한강"]}]
YEARS = [{"year": 1919}, {"year": None}, {"year": [2001, 1987]}, {"year": 2021}]


def _column(field: str, kind: str, documents: list[dict[str, Any]]) -> Column:
    builder = ColumnBuilder(kind)
    for row, document in enumerate(documents):
        builder.add(row, document.get(field))
    return builder.column(len(documents))


@pytest.mark.parametrize(
    ("wanted", "rows"),
    [
        (["한강"], [0, 4]),
        (["김초엽", "헤르만 헤세"], [0, 2]),
        (["박경리"], []),  # a value that no row has
        ([], []),
        (["한", "헤르만"], []),  # parts of values are no values
    ],
)
def test_rows_holding_a_keyword(wanted: list[str], rows: list[int]) -> None:
    assert np.flatnonzero(_column("authors", "keyword", AUTHORS).holding(wanted)).tolist() == rows


@pytest.mark.parametrize(
    ("prefix", "rows"), [("헤", [0]), ("", [0, 2, 4]), ("김초엽", [2]), ("김초엽과", []), ("하", [])]
)
def test_rows_beginning_with_a_prefix(prefix: str, rows: list[int]) -> None:
    assert np.flatnonzero(_column("authors", "keyword", AUTHORS).beginning_with(prefix)).tolist() == rows


@pytest.mark.parametrize(
    ("bounds", "rows"),
    [
        ({"gte": 2001}, [2, 3]),
        ({"gt": 2001}, [3]),
        ({"lt": 1987}, [0]),
        ({"lte": 1987}, [0, 2]),
        ({"gt": 1987, "lt": 2001}, []),  # no single value of row 2 lies between its two
        ({"gte": 2001.5}, [3]),
    ],
)
def test_rows_with_a_value_between(bounds: Mapping[str, float], rows: list[int]) -> None:
    assert np.flatnonzero(_column("year", "integer", YEARS).between(bounds)).tolist() == rows


def test_booleans_are_found_by_their_value() -> None:
    column = _column("available", "boolean", [{"available": True}, {"available": False}, {}])

    assert (column.holding([True]).tolist(), column.holding([False]).tolist()) == (
        [True, False, False],
        [False, True, False],
    )


def test_dates_are_compared_as_instants() -> None:
    nine_in_seoul = "2026-11-20T09:00:00+09:00"
    column = _column("added_at", "date", [{"added_at": nine_in_seoul}, {"added_at": "2026-11-20T00:00:00.001Z"}])
    midnight_utc = 1_795_132_800_000

    assert column.between({"lte": midnight_utc}).tolist() == [True, False]


@pytest.mark.parametrize(
    ("descending", "keys"),
    [
        (False, [1919, 1987, 2021]),
        (True, [1919, 2001, 2021]),
    ],  # several values: the least ascending, the greatest descending
)
def test_what_rows_are_ordered_by(descending: bool, keys: list[int]) -> None:  # noqa: FBT001
    found, present = _column("year", "integer", YEARS).lowest(descending=descending)

    assert (found[present].tolist(), present.tolist()) == (keys, [True, False, True, True])


@pytest.mark.parametrize("field", ["authors", "year"])
def test_more_rows_behind_are_as_if_built_together(field: str) -> None:
    kind, documents = ("keyword", AUTHORS) if field == "authors" else ("integer", YEARS)
    together = _column(field, kind, documents)

    extended = _column(field, kind, documents[:1]).extended([*documents[1:3], *documents[3:]], field, kind)

    assert extended.rows == together.rows
    assert extended.terms == together.terms
    assert extended.values.tolist() == together.values.tolist()
    assert extended.owners.tolist() == together.owners.tolist()


def test_a_row_without_a_document_has_no_value() -> None:
    extended = _column("year", "integer", YEARS).extended([None, {"year": 2026}], "year", "integer")

    assert extended.present().tolist() == [True, False, True, True, False, True]


@pytest.mark.parametrize("documents", [AUTHORS, [], [{}]])
def test_a_saved_column_is_the_same(tmp_path: Path, documents: list[dict[str, Any]]) -> None:
    column = _column("authors", "keyword", documents)
    column.save(tmp_path, "authors")

    loaded = Column.load(tmp_path, "authors", len(documents))

    assert (loaded.terms, loaded.values.tolist(), loaded.owners.tolist()) == (
        column.terms,
        column.values.tolist(),
        column.owners.tolist(),
    )


def test_one_value_in_every_row_is_noticed() -> None:
    every = [{"year": year} for year in (1906, 1919, 2021)]
    as_many_values_as_rows = [{"year": [1906, 1919]}, {}, {"year": 2021}]

    assert _column("year", "integer", every).is_single
    assert not _column("year", "integer", as_many_values_as_rows).is_single
    assert _column("year", "integer", as_many_values_as_rows).holding([1919]).tolist() == [True, False, False]
