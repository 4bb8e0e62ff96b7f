"""What one search sees of an index: one tantivy commit, and the rows that belong to it."""

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import tantivy

from recommender.engine.base import Schema
from recommender.engine.embedded.columns import Column, Mask, column_fields
from recommender.engine.embedded.delta import Delta
from recommender.engine.embedded.deriving import State
from recommender.engine.embedded.parts import Base
from recommender.engine.embedded.queries import QueryTranslator
from recommender.engine.embedded.vectors import Nearest, Rows, Vectors

MASKS_KEPT = 256
"""Filters whose rows are remembered, and clauses: the facets of one page, times the pages open at once. A mask of 22,805
rows is 22 KB, so all of them stay under 12 MB."""


class Masks:
    """Masks by what they are of, made once; whoever gets one must not change it. Threads share it."""

    def __init__(self) -> None:
        self._masks: OrderedDict[str, Mask] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: str, make: Callable[[], Mask]) -> Mask:
        """The mask of that key; what was asked for longest ago is forgotten for it."""
        with self._lock:
            mask = self._masks.get(key)
            if mask is not None:
                self._masks.move_to_end(key)
                return mask
        mask = make()
        with self._lock:
            self._masks[key] = mask
            while len(self._masks) > MASKS_KEPT:
                self._masks.popitem(last=False)
        return mask


class Snapshot:
    """An unchanging view of an index; threads share it, and what it works out is kept until the next one."""

    def __init__(self, schema: Schema, state: State, base: Base, delta: Delta, searcher: tantivy.Searcher) -> None:
        self.schema = schema
        self.state = state
        self.base = base
        self.delta = delta
        self.searcher = searcher
        self.translator = QueryTranslator(schema, base.words.schema)
        self.rows = len(base.ids) + len(delta.rows)
        self.ids = [*base.ids, *(one.id for one in delta.rows)] if delta.rows else base.ids
        self.ranks = delta.ranks(base.ids) if delta.rows else np.arange(self.rows)
        self.ranks_below = int(self.ranks.max(initial=0)) + 1
        self.alive = self._alive()
        self._columns: dict[str, Column] = {}
        self._places: dict[tuple[str, bool], Rows] = {}
        self.filter_masks = Masks()  # of whole filters: few, and apart, so that no words of a query drive them out
        self.clause_masks = Masks()  # of the clauses in filters and queries

    @property
    def hits_come_in_order(self) -> bool:
        """Whether tantivy itself orders equal scores by id: in one segment that was written in that order."""
        return not self.delta.rows and self.searcher.num_segments <= 1

    def ids_of(self, rows: Sequence[int]) -> tuple[str, ...]:
        """The ids of rows, in the same order."""
        return tuple(map(self.ids.__getitem__, rows))

    def rank_of(self, rows: Rows) -> Rows:
        """The places of rows in the order of ids; a base's rows are in that order."""
        return self.ranks[rows] if self.delta.rows else rows

    def row_of(self, id: str) -> int | None:  # noqa: A002 (the field's name)
        """The row of a document, or None."""
        if id in self.delta.row_of:
            return self.delta.row_of[id]
        row = bisect_left(self.base.ids, id)
        return row if row < len(self.base.ids) and self.base.ids[row] == id else None

    def mask_of_ids(self, ids: Iterable[str]) -> Mask:
        """Which rows these documents have."""
        mask = np.zeros(self.rows, dtype=np.bool_)
        mask[[row for row in map(self.row_of, ids) if row is not None]] = True
        return mask

    def all_rows(self) -> Mask:
        """Every row that holds a document."""
        return np.ones(self.rows, dtype=np.bool_) if self.alive is None else self.alive

    def column(self, field: str) -> Column:
        """The values of a field for all rows."""
        column = self._columns.get(field)
        if column is None:
            column = self._columns[field] = self._make_column(field)
        return column

    def places(self, field: str, *, descending: bool) -> Rows:
        """Every row's place when all are ordered by a field and then by id, (rows,) int64.

        Missing come last; of several values the least counts, or the greatest if the order descends. It is worked out once, so that a sorted page only has to choose the lowest places of what matches.
        """
        places = self._places.get((field, descending))
        if places is None:
            places = self._places[field, descending] = self._make_places(field, descending=descending)
        return places

    def nearest(self, field: str, query: Vectors, count: int, allowed: Mask | None, *, breadth: int) -> Nearest:
        """About the `count` nearest allowed rows of the base, and all of those written since.

        `breadth` is the `num_candidates` of the search.
        """
        if allowed is None:
            allowed = self.alive
        found = self.base.vectors[field].nearest(query, count, allowed, breadth=breadth)
        if not self.delta.rows:
            return found
        since = self.delta.nearest(field, query, allowed)
        return Nearest(
            np.concatenate([found.rows, since.rows]), np.concatenate([found.similarities, since.similarities])
        )

    def _alive(self) -> Mask | None:
        if not self.delta.rows:
            return None
        alive = np.ones(self.rows, dtype=np.bool_)
        alive[self.delta.dead_rows(self.base.ids)] = False
        return alive

    def _make_places(self, field: str, *, descending: bool) -> Rows:
        if field == "id":
            return -self.ranks if descending else self.ranks
        keys, present = self.column(field).lowest(descending=descending)
        distinct, order = np.unique(keys, return_inverse=True)
        order = len(distinct) - order if descending else order
        places = np.empty(self.rows, dtype=np.int64)
        places[np.lexsort((self.ranks, order, ~present))] = np.arange(self.rows)
        return places

    def _make_column(self, field: str) -> Column:
        if field == "id":
            return _id_column(self.ids)
        kind = column_fields(self.schema)[field]
        return self.base.column(field).extended([one.columns for one in self.delta.rows], field, kind)


def _id_column(ids: Sequence[str]) -> Column:
    terms = sorted(set(ids))
    places = {term: place for place, term in enumerate(terms)}
    values: Rows = np.array([places[id_] for id_ in ids], dtype=np.int32)
    return Column(len(ids), values, np.arange(len(ids), dtype=np.int32), terms)
