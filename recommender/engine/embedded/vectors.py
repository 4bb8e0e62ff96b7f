"""The vectors of one field: one byte a dimension to search, the floats to order what was found."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.engine.embedded.columns import Mask, load_mapped
from recommender.engine.embedded.graphs import graph_index
from recommender.engine.schema import FLAT_VECTORS_UP_TO

Vectors = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
Rows = npt.NDArray[Any]

LARGEST_BYTE = 127
BLOCK = 8192
"""Vectors handled at once while building: a few megabytes."""

SELECT_BELOW = 0.25
"""With less than this share allowed, only those are compared; with more, all are, and what is not allowed is left out."""

LONG_RUN = 256
"""So many neighbours are compared where they lie; what a filter leaves between such runs is copied together."""

KEPT_BYTES = 64_000_000
"""What the selections that are kept for the next page and the next question may take together."""

GRAPH_ABOVE = 0.8
"""With more than this share allowed, the graph is searched and what is not allowed is left out: a few deleted
documents do not cost a scan."""

GRAPH_CONNECTIVITY = 16
GRAPH_CANDIDATES_WHILE_BUILDING = 200
"""The graph's recall at 100,000 vectors, measured in docs/engines.md."""

GRAPH_SHARE_OF_BREADTH = 0.5
"""The graph is built with 200 candidates where Elasticsearch takes 100, and half of `num_candidates` finds as much in it:
at 100,000 vectors 250 and 500 candidates had the same 99.99 % of the nearest hundred among their best 200, in 0.2 and
0.35 ms."""

GRAPH_LEAST_CANDIDATES = 200
"""How far a graph is searched at least: at 100,000 vectors all of the nearest hundred were among 200, 99 % among 100."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """What is nearest to a query vector: rows, and dot products from float32."""

    rows: Rows  # (n,) integers
    similarities: Vectors  # (n,) float32


@dataclass(frozen=True, slots=True)
class Selection:
    """The vectors that a filter leaves."""

    allowed: Mask  # kept, so that no other mask has its identity
    positions: Rows  # (n_positions,)
    blocks: Sequence[Rows] | None  # together (n_positions, dims) int8; None where it is cheaper to compare all
    own_bytes: int  # what would be freed with it


class VectorWriter:
    """Writes the vectors of a base, document after document; memory does not grow with the floats."""

    def __init__(self, folder: Path, field: str, dims: int) -> None:
        self._folder = folder
        self._field = field
        self._dims = dims
        self._rows: list[int] = []
        self._floats = (folder / f"{field}.floats").open("wb")

    def add(self, row: int, vector: Vectors) -> None:
        """Take the vector of a row; rows ascend."""
        self._floats.write(vector.tobytes())
        self._rows.append(row)

    def finish(self, *, graph: bool, clusters: Rows | None = None) -> None:
        """Write the files that `BaseVectors` reads.

        Args:
            graph: whether the mapping allows an approximate graph; it is made only where a scan would be slow.
            clusters: (rows,) numbers; the vectors of rows with the same number are put side by side.
        """
        self._floats.close()
        if clusters is not None:
            self._put_side_by_side(clusters)
        floats = _load_floats(self._folder / f"{self._field}.floats", self._dims)
        scale = LARGEST_BYTE / max((float(np.abs(block).max()) for block in _blocks(floats)), default=1.0)
        small = np.empty(floats.shape, dtype=np.int8)
        for start, block in zip(range(0, len(floats), BLOCK), _blocks(floats), strict=True):
            small[start : start + BLOCK] = to_bytes(block, scale)
        np.save(self._folder / f"{self._field}.rows.npy", np.array(self._rows, dtype=np.int32))
        np.save(self._folder / f"{self._field}.scale.npy", np.float32(scale))
        np.save(self._folder / f"{self._field}.bytes.npy", small)
        if graph and len(small) > FLAT_VECTORS_UP_TO:
            self._write_graph(small)

    def _put_side_by_side(self, clusters: Rows) -> None:
        path = self._folder / f"{self._field}.floats"
        in_row_order = path.rename(path.with_suffix(".unordered"))
        floats = _load_floats(in_row_order, self._dims)
        rows = np.array(self._rows, dtype=np.int64)
        order = np.argsort(clusters[rows], kind="stable")
        with path.open("wb") as ordered:
            for start in range(0, len(order), BLOCK):
                ordered.write(floats[order[start : start + BLOCK]].tobytes())
        self._rows = rows[order].tolist()
        del floats  # a file that is mapped cannot be deleted on Windows
        in_row_order.unlink()

    def _write_graph(self, small: Rows) -> None:
        graph = graph_index()(
            ndim=self._dims,
            metric="cos",
            dtype="i8",
            connectivity=GRAPH_CONNECTIVITY,
            expansion_add=GRAPH_CANDIDATES_WHILE_BUILDING,
        )
        graph.add(np.arange(len(small)), small)
        graph.save(str(self._folder / f"{self._field}.graph"))


class BaseVectors:
    """The vectors of a base, mapped into memory. A vector's *position* is its place in the files; its row may differ."""

    def __init__(self, folder: Path, field: str, dims: int) -> None:
        self._graph_path = folder / f"{field}.graph"
        # Mapped now, not when first needed: by then another process may have replaced the base and removed its files.
        self._bytes: Rows = load_mapped(folder / f"{field}.bytes.npy")
        self._rows = np.load(folder / f"{field}.rows.npy")
        self._floats: Vectors = _load_floats(folder / f"{field}.floats", dims)
        self._scale = float(np.load(folder / f"{field}.scale.npy"))
        self._positions_are_rows = bool((self._rows == np.arange(len(self._rows))).all())
        self._selections: OrderedDict[int, Selection] = OrderedDict()
        self._selecting = threading.Lock()

    def nearest(self, query: Vectors, count: int, allowed: Mask | None, *, breadth: int = 0) -> Nearest:
        """About the `count` nearest of the allowed rows: exact where a filter leaves few, or where there is no graph.

        Args:
            query: (dims,) float32 of length 1.
            count: how many candidates the bytes choose for the floats to order.
            allowed: (rows,) which rows may be found; None is all. It is not to be changed afterwards.
            breadth: `num_candidates`, by which a search along a graph looks farther; a scan sees all.
        """
        small = to_bytes(query, self._scale)
        in_sight = max(int(breadth * GRAPH_SHARE_OF_BREADTH), count, GRAPH_LEAST_CANDIDATES)
        positions = self._candidates(small, count, allowed, in_sight)
        rows = positions if self._positions_are_rows else self._rows[positions]
        return Nearest(rows, self._floats.take(positions, axis=0) @ query)

    def _candidates(self, small: Bytes, count: int, allowed: Mask | None, in_sight: int) -> Rows:
        if allowed is not None:
            return self._filtered_candidates(small, count, allowed, in_sight)
        if len(self._rows) <= count:
            return np.arange(len(self._rows))
        if self._graph is not None:
            return self._along_graph(small, in_sight)[:count]
        return _best(self._scan(small), count)

    def _filtered_candidates(self, small: Bytes, count: int, allowed: Mask, in_sight: int) -> Rows:
        share = np.count_nonzero(allowed) / max(1, len(allowed))
        if self._graph is not None and share > GRAPH_ABOVE:
            found = self._along_graph(small, int(in_sight / share**2))
            passing: Rows = found[allowed[self._rows[found]]]
            if len(passing) >= count:
                return passing[:count]
        selection = self._selection(allowed)
        if len(selection.positions) <= count:
            return selection.positions
        if selection.blocks is None:
            scores = self._scan(small)[selection.positions]
        else:
            scores = np.concatenate([_compare(small, block) for block in selection.blocks])
        return selection.positions[_best(scores, count)]

    def _along_graph(self, small: Bytes, count: int) -> Rows:
        """Positions, nearest first."""
        keys: Rows = self._graph.search(small, count, threads=1).keys
        return keys.astype(np.int64)

    def _selection(self, allowed: Mask) -> Selection:
        with self._selecting:
            selection = self._selections.get(id(allowed))
            if selection is not None:
                self._selections.move_to_end(id(allowed))
                return selection
        selection = self._select(allowed)
        with self._selecting:
            self._selections[id(allowed)] = selection
            while sum(one.own_bytes for one in self._selections.values()) > KEPT_BYTES:
                self._selections.popitem(last=False)
        return selection

    def _select(self, allowed: Mask) -> Selection:
        wanted = allowed[: len(self._rows)] if self._positions_are_rows else allowed[self._rows]
        if np.count_nonzero(wanted) >= SELECT_BELOW * len(wanted):
            positions = np.flatnonzero(wanted)
            return Selection(allowed, positions, None, allowed.nbytes + positions.nbytes)
        runs = [slice(*run) for run in _long_runs(wanted)]
        between = wanted.copy()
        for run in runs:
            between[run] = False
        scattered = np.flatnonzero(between)
        copied = self._bytes[scattered]
        positions = np.concatenate([*(np.arange(run.start, run.stop) for run in runs), scattered])
        blocks = [*(self._bytes[run] for run in runs), *([copied] if len(copied) else [])]
        return Selection(allowed, positions, blocks, allowed.nbytes + positions.nbytes + copied.nbytes)

    def _scan(self, small: Bytes) -> Rows:
        """The dot products of the bytes with all, (n,) int32."""
        import numkong

        if self._packed is None:
            return _compare(small, self._bytes)
        return np.asarray(numkong.dots_packed(small[None, :], self._packed)).reshape(-1)

    @cached_property
    def _packed(self) -> Any:
        """The bytes in the order in which SIMD instructions want them: 0.11 ms instead of 0.26 for 22,805 × 256.

        It is a copy in memory, so it is made only in the size for which every search without a filter scans.
        """
        import numkong

        if not 0 < len(self._bytes) <= FLAT_VECTORS_UP_TO:
            return None
        return numkong.dots_pack(np.ascontiguousarray(self._bytes))

    @cached_property
    def _graph(self) -> Any:
        return graph_index().restore(str(self._graph_path), view=True) if self._graph_path.exists() else None


def to_bytes(vectors: Vectors, scale: float) -> Bytes:
    """Vectors as whole numbers from -127 to 127, one scale for all of a base."""
    numbers: Vectors = np.rint(vectors * np.float32(scale))
    return np.clip(numbers, -LARGEST_BYTE, LARGEST_BYTE).astype(np.int8)


def _compare(small: Bytes, vectors: Rows) -> Rows:
    """The dot products with some, (n,); float64, in which whole numbers of this size are exact."""
    import numkong

    return np.asarray(numkong.cdist(small[None, :], vectors, "dot")).reshape(-1)


def _long_runs(wanted: Mask) -> list[list[int]]:
    """Where at least `LONG_RUN` neighbours are wanted: first positions, and those behind the last."""
    runs = np.flatnonzero(np.diff(wanted, prepend=False, append=False)).reshape(-1, 2)
    long: list[list[int]] = runs[runs[:, 1] - runs[:, 0] >= LONG_RUN].tolist()
    return long


def _best(scores: Rows, count: int) -> Rows:
    """Positions of the `count` highest scores, unordered."""
    return np.argpartition(scores, len(scores) - count)[len(scores) - count :]


def _load_floats(path: Path, dims: int) -> Vectors:
    if path.stat().st_size == 0:
        return np.empty((0, dims), dtype=np.float32)  # an empty file cannot be mapped
    return np.memmap(path, dtype=np.float32, mode="r").reshape(-1, dims).view(np.ndarray)


def _blocks(vectors: Vectors) -> list[Vectors]:
    return [vectors[start : start + BLOCK] for start in range(0, len(vectors), BLOCK)]
