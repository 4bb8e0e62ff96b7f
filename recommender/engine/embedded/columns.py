"""Columns: the values of one field for all rows, as numpy arrays that a filter or an order reads at once."""

import json
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.engine.base import Schema
from recommender.engine.language import instant_milliseconds

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]

AFTER_ALL_PREFIXED = "\U0010ffff"
"""Follows every character of a text, so that `prefix` + this is the end of all that begin with the prefix."""


@dataclass(frozen=True)  # no slots: `is_single` is worked out once and kept
class Column:
    """The values of a field, `values[i]` belonging to the row `owners[i]`; owners ascend.

    A keyword's values are positions in `terms`, which are sorted: so equal, between and beginning-with are
    comparisons of numbers. Dates are milliseconds, booleans 0 and 1.
    """

    rows: int
    values: Numbers  # (n_values,) int32 for keywords, int64, or float64
    owners: npt.NDArray[np.int32]  # (n_values,)
    terms: Sequence[str] | None = None  # of a keyword

    @cached_property
    def is_single(self) -> bool:
        """Whether every row has exactly one value, so that a value's position is its row."""
        return len(self.owners) == self.rows and bool((np.diff(self.owners) == 1).all())

    def holding(self, wanted: Collection[Any]) -> Mask:
        """Rows with at least one of the values."""
        stored = [number for number in map(self._stored_value, wanted) if number is not None]
        if len(stored) == 1:
            return self._rows_where(self.values == stored[0])
        if self.terms is None:
            return self._rows_where(np.isin(self.values, stored))
        is_wanted = np.zeros(len(self.terms), dtype=np.bool_)
        is_wanted[np.array(stored, dtype=np.int64)] = True
        return self._rows_where(is_wanted[self.values])

    def between(self, bounds: Mapping[str, float]) -> Mask:
        """Rows with a value within `gte`, `gt`, `lte`, `lt`."""
        selected = np.ones(len(self.values), dtype=np.bool_)
        for bound, limit in bounds.items():
            selected &= _COMPARE[bound](self.values, limit)
        return self._rows_where(selected)

    def beginning_with(self, prefix: str) -> Mask:
        """Rows with a keyword that begins so."""
        terms = self.terms or ()
        first = bisect_left(terms, prefix)
        end = bisect_left(terms, prefix + AFTER_ALL_PREFIXED, first)
        return self._rows_where((self.values >= first) & (self.values < end))

    def present(self) -> Mask:
        """Rows with any value."""
        return self._rows_where(np.ones(len(self.values), dtype=np.bool_))

    def lowest(self, *, descending: bool) -> tuple[Numbers, Mask]:
        """What to order the rows by: each row's least value, or its greatest; and whether it has any."""
        present = self.present()
        keys = np.zeros(self.rows, dtype=self.values.dtype)
        if len(self.owners):
            starts = np.flatnonzero(np.diff(self.owners, prepend=-1))
            choose = np.maximum if descending else np.minimum
            keys[self.owners[starts]] = choose.reduceat(self.values, starts)
        return keys, present

    def of_rows(self, rows: npt.NDArray[np.int64]) -> list[Any]:
        """What rows have in a field of one value; None where there is nothing."""
        if self.is_single:
            found: list[Any] = self.values[rows].tolist()
            return found
        places = np.minimum(np.searchsorted(self.owners, rows), max(0, len(self.owners) - 1))
        if not len(self.owners):
            return [None] * len(rows)
        there = self.owners[places] == rows
        return [
            value if is_there else None for value, is_there in zip(self.values[places].tolist(), there, strict=True)
        ]

    def extended(self, documents: Sequence[Mapping[str, Any] | None], field: str, kind: str) -> "Column":
        """This column with more rows behind it; None is a row without a document."""
        if not documents:
            return self
        added = ColumnBuilder(kind)
        for row, fields in enumerate(documents):
            added.add(row, (fields or {}).get(field))
        more = added.column(len(documents))
        owners = np.concatenate([self.owners, more.owners + np.int32(self.rows)])
        rows = self.rows + more.rows
        if self.terms is None or more.terms is None:
            return Column(rows, np.concatenate([self.values, more.values]), owners)
        terms = sorted({*self.terms, *more.terms}) if not set(more.terms) <= set(self.terms) else self.terms
        values = np.concatenate([_renumbered(self, terms), _renumbered(more, terms)])
        return Column(rows, values, owners, terms)

    def save(self, folder: Path, field: str) -> None:
        """Write the column's files."""
        np.save(folder / f"{field}.values.npy", self.values)
        np.save(folder / f"{field}.owners.npy", self.owners)
        if self.terms is not None:
            (folder / f"{field}.terms.json").write_text(json.dumps(self.terms, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, field: str, rows: int) -> "Column":
        """Map the column's files into memory; the terms of a keyword are read."""
        terms_path = folder / f"{field}.terms.json"
        return cls(
            rows=rows,
            values=load_mapped(folder / f"{field}.values.npy"),
            owners=load_mapped(folder / f"{field}.owners.npy"),
            terms=json.loads(terms_path.read_bytes()) if terms_path.exists() else None,
        )

    def _stored_value(self, value: Any) -> int | float | None:
        if self.terms is None:
            return int(value) if isinstance(value, bool) else value
        position = bisect_left(self.terms, value)
        return position if position < len(self.terms) and self.terms[position] == value else None

    def _rows_where(self, selected: Mask) -> Mask:
        if self.is_single:
            return selected
        mask = np.zeros(self.rows, dtype=np.bool_)
        mask[self.owners[selected]] = True
        return mask


class ColumnBuilder:
    """Collects the values of one field; rows ascend."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._owners: list[int] = []
        self._values: list[Any] = []

    def add(self, row: int, value: Any) -> None:
        """Take a row's value or list of values; None is no value."""
        if isinstance(value, list):
            self._values.extend(value)
            self._owners.extend([row] * len(value))
        elif value is not None:
            self._values.append(value)
            self._owners.append(row)

    def column(self, rows: int) -> Column:
        """Everything collected, for so many rows."""
        owners = np.array(self._owners, dtype=np.int32)
        if self._kind == "keyword":
            terms = sorted(set(self._values))
            places = {term: place for place, term in enumerate(terms)}
            return Column(rows, np.array([places[value] for value in self._values], dtype=np.int32), owners, terms)
        if self._kind == "date":
            return Column(rows, np.array([instant_milliseconds(day) for day in self._values], dtype=np.int64), owners)
        return Column(rows, np.array(self._values, dtype=np.float64 if self._kind == "double" else np.int64), owners)


def column_fields(schema: Schema) -> Mapping[str, str]:
    """The fields that have a column, with their types: all but text, vectors and objects; and not id, which is the order of the rows."""
    kinds = {field: mapping["type"] for field, mapping in schema.properties.items()}
    return {field: kind for field, kind in kinds.items() if kind in COLUMN_KINDS and field != "id"}


def load_mapped(path: Path) -> Numbers:
    """An array of a file, read when it is touched; an empty one cannot be mapped and is read."""
    mapped: Numbers = np.load(path, mmap_mode="r") if path.stat().st_size > EMPTY_FILE_BYTES else np.load(path)
    return mapped.view(np.ndarray)  # a plain array is several times faster to use than np.memmap


def _renumbered(column: Column, terms: Sequence[str]) -> Numbers:
    if column.terms is terms or not column.terms:
        return column.values
    positions = {term: position for position, term in enumerate(terms)}
    return np.array([positions[term] for term in column.terms], dtype=np.int32)[column.values]


COLUMN_KINDS = frozenset({"keyword", "integer", "double", "boolean", "date"})
EMPTY_FILE_BYTES = 128
"""The length of a `.npy` file's header, which is all that an empty array has."""

_COMPARE = {"gte": np.greater_equal, "gt": np.greater, "lte": np.less_equal, "lt": np.less}
