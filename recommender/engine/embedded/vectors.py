"""The vectors of one field: one byte a dimension to search, the floats to order what was found."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from recommender.engine.embedded.columns import Mask, load_mapped
from recommender.engine.schema import FLAT_VECTORS_UP_TO

Vectors = npt.NDArray[np.float32]
Rows = npt.NDArray[Any]

LARGEST_BYTE = 127
BLOCK = 8192
"""Vectors handled at once while building: a few megabytes."""

GATHER_BELOW = 0.25
"""With less than this share of many vectors allowed, those are copied together: comparing them then costs less than
comparing all, and the copy serves the next page and the next question under the same filter."""

GATHERED_KEPT = 8
"""How many such copies are kept: at 100,000 vectors of 256 bytes at most 6.4 MB each."""

GRAPH_ABOVE = 0.8
"""With more than this share allowed, the graph is searched and what is not allowed is left out: a few deleted
documents do not cost a scan."""

GRAPH_CONNECTIVITY = 16
GRAPH_CANDIDATES_WHILE_BUILDING = 200
"""The graph's recall at 100,000 vectors, measured in docs/engines.md."""

GRAPH_LEAST_CANDIDATES = 200
"""How far a graph is searched at least: at 100,000 vectors all of the nearest hundred were among 200, 99 % among 100."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """What is nearest to a query vector: rows, and dot products from float32."""

    rows: Rows  # (n,) integers
    similarities: Vectors  # (n,) float32


@dataclass(frozen=True, slots=True)
class GatheredRows:
    """The vectors that a filter leaves, copied together."""

    allowed: Mask  # kept, so that no other mask has its identity
    positions: Rows
    vectors: Rows  # (n_positions, dims) int8


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

    def finish(self, *, graph: bool) -> None:
        """Write the files that `BaseVectors` reads.

        Args:
            graph: whether the mapping allows an approximate graph; it is made only where a scan would be slow.
        """
        self._floats.close()
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

    def _write_graph(self, small: Rows) -> None:
        from usearch.index import Index

        graph = Index(
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
        self._bytes_path = folder / f"{field}.bytes.npy"
        self._rows = np.load(folder / f"{field}.rows.npy")
        self._floats: Vectors = _load_floats(folder / f"{field}.floats", dims)
        self._scale = float(np.load(folder / f"{field}.scale.npy"))
        self._every_row_has_one = bool(len(self._rows) == 0 or self._rows[-1] == len(self._rows) - 1)
        self._gathered: OrderedDict[int, GatheredRows] = OrderedDict()
        self._gathering = threading.Lock()

    def nearest(self, query: Vectors, count: int, allowed: Mask | None, *, breadth: int = 0) -> Nearest:
        """About the `count` nearest of the allowed rows: exact where a filter leaves few, or where there is no graph.

        Args:
            query: (dims,) float32 of length 1.
            count: how many candidates the bytes choose for the floats to order.
            allowed: (rows,) which rows may be found; None is all. It is not to be changed afterwards.
            breadth: how many vectors a search along the graph keeps in sight; a scan sees all.
        """
        positions = self._candidates(query, count, allowed, max(breadth, count, GRAPH_LEAST_CANDIDATES))
        rows = positions if self._every_row_has_one else self._rows[positions]
        return Nearest(rows, self._floats.take(positions, axis=0) @ query)

    def _candidates(self, query: Vectors, count: int, allowed: Mask | None, breadth: int) -> Rows:
        if allowed is not None:
            return self._filtered_candidates(query, count, allowed, breadth)
        if len(self._rows) <= count:
            return np.arange(len(self._rows))
        if self._graph is not None:
            return self._along_graph(query, breadth)[:count]
        return _best(self._scan(query), count)

    def _filtered_candidates(self, query: Vectors, count: int, allowed: Mask, breadth: int) -> Rows:
        wanted = allowed[: len(self._rows)] if self._every_row_has_one else allowed[self._rows]
        remaining = int(np.count_nonzero(wanted))
        if remaining <= count:
            return np.flatnonzero(wanted)
        share = remaining / len(wanted)
        if self._graph is not None and share > GRAPH_ABOVE:
            found = self._along_graph(query, int(breadth / share**2))
            if np.count_nonzero(wanted[found]) >= count:
                return found[wanted[found]][:count]
        if self._packed is None and share < GATHER_BELOW:
            gathered = self._gather(allowed, wanted)
            return gathered.positions[_best(self._compare(query, gathered.vectors), count)]
        positions = np.flatnonzero(wanted)
        return positions[_best(self._scan(query)[positions], count)]

    def _along_graph(self, query: Vectors, count: int) -> Rows:
        """Positions, nearest first."""
        keys: Rows = self._graph.search(to_bytes(query, self._scale), count, threads=1).keys
        return keys.astype(np.int64)

    def _gather(self, allowed: Mask, wanted: Mask) -> "GatheredRows":
        with self._gathering:
            gathered = self._gathered.pop(id(allowed), None)
        if gathered is None:
            positions = np.flatnonzero(wanted)
            gathered = GatheredRows(allowed, positions, self._bytes[positions])
        with self._gathering:
            self._gathered[id(allowed)] = gathered
            while len(self._gathered) > GATHERED_KEPT:
                self._gathered.popitem(last=False)
        return gathered

    def _scan(self, query: Vectors) -> Rows:
        """The dot products of the bytes with all, (n,) int32."""
        import numkong

        if self._packed is None:
            return self._compare(query, self._bytes)
        return np.asarray(numkong.dots_packed(to_bytes(query, self._scale)[None, :], self._packed)).reshape(-1)

    def _compare(self, query: Vectors, vectors: Rows) -> Rows:
        """The dot products of the bytes with some, (n,); float64, in which whole numbers of this size are exact."""
        import numkong

        return np.asarray(numkong.cdist(to_bytes(query, self._scale)[None, :], vectors, "dot")).reshape(-1)

    @cached_property
    def _bytes(self) -> Rows:
        return load_mapped(self._bytes_path)

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
        from usearch.index import Index

        return Index.restore(str(self._graph_path), view=True) if self._graph_path.exists() else None


def to_bytes(vectors: Vectors, scale: float) -> npt.NDArray[np.int8]:
    """Vectors as whole numbers from -127 to 127, one scale for all of a base."""
    numbers: Vectors = np.rint(vectors * np.float32(scale))
    return np.clip(numbers, -LARGEST_BYTE, LARGEST_BYTE).astype(np.int8)


def _best(scores: Rows, count: int) -> Rows:
    """Positions of the `count` highest scores, unordered."""
    return np.argpartition(scores, len(scores) - count)[len(scores) - count :]


def _load_floats(path: Path, dims: int) -> Vectors:
    if path.stat().st_size == 0:
        return np.empty((0, dims), dtype=np.float32)  # an empty file cannot be mapped
    return np.memmap(path, dtype=np.float32, mode="r").reshape(-1, dims).view(np.ndarray)


def _blocks(vectors: Vectors) -> list[Vectors]:
    return [vectors[start : start + BLOCK] for start in range(0, len(vectors), BLOCK)]
