"""What was written since the base was built: few documents, kept in memory by every process that searches."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.engine.embedded.columns import Mask
from recommender.engine.embedded.deriving import Change
from recommender.engine.embedded.vectors import Nearest, Vectors


@dataclass(frozen=True, slots=True)
class DeltaRow:
    """One row behind the base's: what of its document is filtered or compared; None where the document is gone."""

    row: int
    id: str
    columns: Mapping[str, Any] | None
    vectors: Mapping[str, Vectors]


@dataclass(frozen=True, slots=True)
class Delta:
    """The rows behind a base's, in the order in which they were given away."""

    rows: Sequence[DeltaRow] = ()
    row_of: Mapping[str, int | None] = field(default_factory=dict)  # id → its row now; None if it was removed

    def extended(self, changes: Iterable[Change], column_fields: Collection[str]) -> "Delta":
        """This delta and what came after it."""
        more = [_delta_row(change, column_fields) for change in changes]
        row_of = {**self.row_of, **{one.id: None if one.columns is None else one.row for one in more}}
        return Delta([*self.rows, *more], row_of)

    def dead_rows(self, base_ids: Sequence[str]) -> list[int]:
        """Rows whose document was written again or removed: of the base, and of this delta."""
        in_base = [(bisect_left(base_ids, id_), id_) for id_ in self.row_of]
        dead = [row for row, id_ in in_base if row < len(base_ids) and base_ids[row] == id_]
        dead.extend(one.row for one in self.rows if self.row_of[one.id] != one.row)
        return dead

    def ranks(self, base_ids: Sequence[str]) -> npt.NDArray[np.int64]:
        """Every row's place in the order of ids: of the base's rows, then of these."""
        step = len(self.rows) + 1
        in_order = sorted(range(len(self.rows)), key=lambda position: self.rows[position].id)
        ranks = np.empty(len(base_ids) + len(self.rows), dtype=np.int64)
        ranks[: len(base_ids)] = np.arange(1, len(base_ids) + 1) * step
        for place, position in enumerate(in_order, 1):
            before = bisect_left(base_ids, self.rows[position].id)
            ranks[len(base_ids) + position] = before * step + place
        return ranks

    def nearest(self, vector_field: str, query: Vectors, allowed: Mask | None) -> Nearest:
        """All rows with a vector that are allowed; they are few, so none is left out."""
        found = [one for one in self.rows if vector_field in one.vectors and (allowed is None or allowed[one.row])]
        if not found:
            return Nearest(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
        vectors = np.stack([one.vectors[vector_field] for one in found])
        return Nearest(np.array([one.row for one in found]), vectors @ query)


def _delta_row(change: Change, column_fields: Collection[str]) -> DeltaRow:
    if change.document is None:
        return DeltaRow(change.row, change.id, None, {})
    columns = {name: value for name, value in change.document.fields.items() if name in column_fields}
    return DeltaRow(change.row, change.id, columns, change.document.vectors)
