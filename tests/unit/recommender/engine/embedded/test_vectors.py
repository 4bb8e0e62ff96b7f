from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.engine.embedded import vectors
from recommender.engine.embedded.vectors import BaseVectors, Nearest, VectorWriter, to_bytes

DIMS = 32


def _directions(count: int, seed: int = 7) -> NDArray[np.float32]:
    random = np.random.default_rng(seed).standard_normal((count, DIMS), dtype=np.float32)
    return random / np.linalg.norm(random, axis=1, keepdims=True)


def _written(
    folder: Path,
    directions: NDArray[np.float32],
    rows: list[int],
    *,
    graph: bool = False,
    clusters: NDArray[np.int64] | None = None,
) -> BaseVectors:
    writer = VectorWriter(folder, "vector", DIMS)
    for row, direction in zip(rows, directions, strict=True):
        writer.add(row, direction)
    writer.finish(graph=graph, clusters=clusters)
    return BaseVectors(folder, "vector", DIMS)


def _best_rows(found: Nearest, count: int) -> list[int]:
    rows: list[int] = found.rows[np.argsort(-found.similarities)][:count].tolist()
    return rows


def test_the_nearest_are_those_of_an_exact_search(tmp_path: Path) -> None:
    directions, queries = _directions(2_000), _directions(20, seed=8)
    base = _written(tmp_path, directions, list(range(2_000)))

    for query in queries:
        exact = np.argsort(-(directions @ query))[:10].tolist()
        assert _best_rows(base.nearest(query, 100, None), 10) == exact


@pytest.mark.parametrize("share", [0.004, 0.1, 0.9])  # fewer than the candidates, gathered, masked
def test_a_filter_leaves_the_nearest_of_the_allowed_rows(tmp_path: Path, share: float) -> None:
    directions, query = _directions(2_000), _directions(1, seed=8)[0]
    allowed = np.random.default_rng(9).random(2_000) < share
    base = _written(tmp_path, directions, list(range(2_000)))

    found = base.nearest(query, 50, allowed)

    exact = [row for row in np.argsort(-(directions @ query)).tolist() if allowed[row]]
    assert _best_rows(found, 10) == exact[:10]
    assert allowed[found.rows].all()


def test_clusters_change_no_answer(tmp_path: Path) -> None:
    directions, queries = _directions(2_000), _directions(20, seed=8)
    classes = np.random.default_rng(9).integers(0, 5, size=2_001)
    rows = [row for row in range(2_001) if row != 1_000]  # which has no vector
    (tmp_path / "plain").mkdir()
    (tmp_path / "clustered").mkdir()

    plain = _written(tmp_path / "plain", directions, rows)
    clustered = _written(tmp_path / "clustered", directions, rows, clusters=classes)

    for allowed in (None, classes == 3, classes != 3, (classes == 3) | (np.arange(2_001) % 50 == 0)):
        for query in queries:
            expected, found = plain.nearest(query, 50, allowed), clustered.nearest(query, 50, allowed)
            assert _best_rows(found, 20) == _best_rows(expected, 20)
            assert allowed is None or allowed[found.rows].all()


def test_vectors_of_a_cluster_are_compared_where_they_lie(tmp_path: Path) -> None:
    classes = np.arange(2_000) % 5
    base = _written(tmp_path, _directions(2_000), list(range(2_000)), clusters=classes)

    base.nearest(_directions(1, seed=8)[0], 50, classes == 2)

    (selection,) = base._selections.values()
    assert selection.blocks is not None
    assert [(len(block), block.base is not None) for block in selection.blocks] == [(400, True)]


def test_rows_without_a_vector_are_never_found(tmp_path: Path) -> None:
    directions = _directions(4)
    base = _written(tmp_path, directions, [0, 2, 3, 7])
    allowed = np.array([True, True, False, True, True, True, True, True])

    assert _best_rows(base.nearest(directions[1], 10, None), 1) == [2]
    assert sorted(base.nearest(directions[1], 10, allowed).rows.tolist()) == [0, 3, 7]


def test_similarities_are_those_of_the_floats(tmp_path: Path) -> None:
    directions = _directions(300)
    base = _written(tmp_path, directions, list(range(300)))

    found = base.nearest(directions[5], 20, None)

    np.testing.assert_allclose(found.similarities, directions[found.rows] @ directions[5], rtol=1e-6)
    assert found.similarities.max() == pytest.approx(1.0, abs=1e-6)


def test_a_base_without_vectors_finds_nothing(tmp_path: Path) -> None:
    base = _written(tmp_path, _directions(0), [])

    assert base.nearest(_directions(1)[0], 10, None).rows.tolist() == []
    assert base.nearest(_directions(1)[0], 10, np.ones(3, dtype=np.bool_)).rows.tolist() == []


def test_above_the_size_for_scans_a_graph_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "FLAT_VECTORS_UP_TO", 1_000)
    directions, queries = _directions(3_000), _directions(20, seed=8)

    base = _written(tmp_path, directions, list(range(3_000)), graph=True)

    assert (tmp_path / "vector.graph").exists()
    exact = [set(np.argsort(-(directions @ query))[:10].tolist()) for query in queries]
    found = [set(_best_rows(base.nearest(query, 100, None), 10)) for query in queries]
    overlap = sum(len(one & other) for one, other in zip(exact, found, strict=True)) / (10 * len(queries))
    assert overlap > 0.95


def test_a_flat_mapping_has_no_graph_whatever_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "FLAT_VECTORS_UP_TO", 1_000)

    _written(tmp_path, _directions(1_500), list(range(1_500)), graph=False)

    assert not (tmp_path / "vector.graph").exists()


def test_bytes_keep_the_sign_and_never_overflow() -> None:
    assert to_bytes(np.array([0.5, -0.5, 2.0, -2.0, 0.001], dtype=np.float32), 127.0).tolist() == [
        64,
        -64,
        127,
        -127,
        0,
    ]
