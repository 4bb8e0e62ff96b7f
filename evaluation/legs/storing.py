"""Legs on disk: one `.npz` file a query set, found again by everything that decided what is in it."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.collections.values import Collection
from evaluation.legs.templates import node_as_json, node_from_json
from evaluation.legs.values import Attempt, Dense, Ints, Legs, QueryLegs

SOURCES = (
    "evaluation/legs",
    "indexer/documents.py",
    "es_mappings/books.json",
    "recommender/encoding",
    "recommender/search",
    "recommender/text",
)
"""What decides the legs besides the data: a change of any of these files makes the kept legs worthless."""

_ROOT = Path(__file__).resolve().parents[2]


def fingerprint(collection: Collection, **conditions: str) -> str:
    """A name for the legs of a collection: other data, other code or other conditions have another one.

    Args:
        collection: passages and queries.
        conditions: engine, encoder, analyser, and whatever else the legs depend on.
    """
    digest = hashlib.sha256()
    contents = (
        [asdict(document) for document in collection.documents],
        dict(collection.queries),
        dict(sorted(conditions.items())),
        [hashlib.sha256(path.read_bytes()).hexdigest() for path in _source_files()],
    )
    for content in contents:
        digest.update(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:24]


def kept_legs(path: Path, make: Callable[[], Legs]) -> Legs:
    """The legs of a file, or new ones, which are written there."""
    if path.is_file():
        return read_legs(path)
    legs = make()
    write_legs(legs, path)
    return legs


def write_legs(legs: Legs, path: Path) -> None:
    """Write a file; a half-written one is never found under its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    queries = legs.queries
    dense = [leg for query in queries for leg in query.dense]
    columns = {
        "available": legs.available,
        "popularity": legs.popularity,
        "pool": _joined([query.pool for query in queries], np.int32),
        "scores": _joined([query.scores.ravel() for query in queries], np.float32),
        "held": _joined([query.held.ravel() for query in queries], np.int16),
        "wanted": _joined([query.wanted for query in queries], np.int16),
        "dense_documents": _joined([leg.documents for leg in dense], np.int32),
        "dense_scores": _joined([leg.scores for leg in dense], np.float64),
    }
    outline = {"documents": legs.documents, "queries": [_outline(query) for query in queries]}
    content = np.frombuffer(json.dumps(outline, ensure_ascii=False).encode(), np.uint8)
    unfinished = path.with_suffix(".unfinished.npz")
    np.savez_compressed(unfinished, outline=content, **columns)  # type: ignore[arg-type]
    unfinished.replace(path)


def read_legs(path: Path) -> Legs:
    """Read what `write_legs` wrote."""
    with np.load(path, allow_pickle=False) as columns:
        outline = json.loads(columns["outline"].tobytes())
        cuts = {name: _Cutter(columns[name]) for name in columns.files if name != "outline"}
        return Legs(
            documents=tuple(outline["documents"]),
            available=columns["available"],
            popularity=columns["popularity"],
            queries=tuple(_query(one, cuts) for one in outline["queries"]),
        )


class _Cutter:
    """Takes arrays off the front of a column."""

    def __init__(self, column: NDArray[Any]) -> None:
        self._column = column
        self._taken = 0

    def take(self, *shape: int) -> NDArray[Any]:
        size = int(np.prod(shape))
        part = self._column[self._taken : self._taken + size].reshape(shape)
        self._taken += size
        return part


def _outline(query: QueryLegs) -> dict[str, Any]:
    """What of a query is no number: the columns are cut by its sizes."""
    return {
        "id": query.query_id,
        "pool": len(query.pool),
        "leaves": len(query.wanted),
        "dense": [len(leg.documents) for leg in query.dense],
        "attempts": [_attempt_as_json(attempt) for attempt in query.attempts],
    }


def _query(outline: dict[str, Any], cuts: dict[str, _Cutter]) -> QueryLegs:
    pool, leaves = outline["pool"], outline["leaves"]
    return QueryLegs(
        query_id=outline["id"],
        pool=cuts["pool"].take(pool),
        scores=cuts["scores"].take(leaves, pool),
        held=cuts["held"].take(leaves, pool),
        wanted=cuts["wanted"].take(leaves),
        attempts=tuple(_attempt(one) for one in outline["attempts"]),
        dense=tuple(
            Dense(cuts["dense_documents"].take(size), cuts["dense_scores"].take(size)) for size in outline["dense"]
        ),
    )


def _attempt_as_json(attempt: Attempt) -> dict[str, Any]:
    return {
        "tree": attempt.tree and node_as_json(attempt.tree),
        "leaves": attempt.leaves,
        "first": attempt.first.tolist(),
        "author": attempt.author.tolist(),
        "browsed": None if attempt.browsed is None else attempt.browsed.tolist(),
        "dense": attempt.dense,
        "words": attempt.words,
        "kind": str(attempt.kind),
        "any_word": attempt.any_word,
    }


def _attempt(content: dict[str, Any]) -> Attempt:
    return Attempt(
        tree=content["tree"] and node_from_json(content["tree"]),
        leaves=tuple(content["leaves"]),
        first=_ints(content["first"]),
        author=_ints(content["author"]),
        browsed=None if content["browsed"] is None else _ints(content["browsed"]),
        dense=content["dense"],
        words=content["words"],
        kind=content["kind"],
        any_word=content["any_word"],
    )


def _joined(parts: Sequence[NDArray[Any]], kind: Any) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *parts])


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, np.int32)


def _source_files() -> list[Path]:
    """Every source of `SOURCES`, in a fixed order."""
    roots = [_ROOT / name for name in SOURCES]
    return [path for root in roots for path in ([root] if root.is_file() else sorted(root.rglob("*.py")))]
