"""The vectors of one field: one byte a dimension to search, the floats to order what was found."""

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
"""With less than this share of the vectors allowed, copying those together and comparing them costs less than
comparing all."""

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
        self.rows = np.load(folder / f"{field}.rows.npy")
        self.floats: Vectors = _load_floats(folder / f"{field}.floats", dims)
        self._scale = float(np.load(folder / f"{field}.scale.npy"))
        self._has_all_rows_up_to = bool(len(self.rows) == 0 or self.rows[-1] == len(self.rows) - 1)

    def nearest(self, query: Vectors, count: int, allowed: Mask | None) -> Nearest:
        """About the `count` nearest of the allowed rows: exact where rows are filtered, or where there is no graph.

        Args:
            query: (dims,) float32 of length 1.
            count: how many candidates the bytes choose for the floats to order.
            allowed: (rows,) which rows may be found; None is all.
        """
        positions = self._candidates(query, count, None if allowed is None else self._by_position(allowed))
        return Nearest(self.rows[positions], self.floats[positions] @ query)

    def vector_of(self, row: int) -> Vectors | None:
        """The vector of a row, or None."""
        position = int(np.searchsorted(self.rows, row))
        return self.floats[position] if position < len(self.rows) and self.rows[position] == row else None

    def _by_position(self, allowed: Mask) -> Mask:
        return allowed[: len(self.rows)] if self._has_all_rows_up_to else allowed[self.rows]

    def _candidates(self, query: Vectors, count: int, allowed: Mask | None) -> Rows:
        if allowed is not None:
            return self._filtered_candidates(query, count, allowed)
        if len(self.rows) <= count:
            return np.arange(len(self.rows))
        if self._graph is not None:
            wanted = max(count, GRAPH_LEAST_CANDIDATES)
            nearest_first: Rows = self._graph.search(to_bytes(query, self._scale), wanted, threads=1).keys
            return nearest_first[:count].astype(np.int64)
        return _best(self._scan(query), count)

    def _filtered_candidates(self, query: Vectors, count: int, allowed: Mask) -> Rows:
        remaining = int(np.count_nonzero(allowed))
        if remaining <= count:
            return np.flatnonzero(allowed)
        if remaining < GATHER_BELOW * len(allowed):
            positions = np.flatnonzero(allowed)
            return positions[_best(self._compare(query, self._bytes[positions]), count)]
        scores = self._scan(query)
        return _best(np.where(allowed, scores, np.iinfo(np.int32).min), count)

    def _scan(self, query: Vectors) -> Rows:
        """The dot products of the bytes, (n,) int32."""
        import numkong

        if self._packed is None:
            return self._compare(query, self._bytes)
        return np.asarray(numkong.dots_packed(to_bytes(query, self._scale)[None, :], self._packed)).reshape(-1)

    def _compare(self, query: Vectors, rows: Rows) -> Rows:
        import numkong

        return (
            np.asarray(numkong.cdist(to_bytes(query, self._scale)[None, :], rows, "dot")).reshape(-1).astype(np.int32)
        )

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
