"""The peer answers as the side-by-side benchmark asks."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from evaluation.peer import Seoga


class Doc(NamedTuple):
    id: int
    text: str
    year: int
    kdc: str


DOCS = [
    Doc(0, "나무 심다 사람", 1953, "800"),
    Doc(1, "나무 수업", 2016, "400"),
    Doc(2, "숲 살다", 1854, "400"),
]
VECTORS = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Seoga]:
    peer = Seoga(tmp_path)
    peer.build(DOCS, VECTORS)
    yield peer
    peer.close()


def test_both_legs_count(peer: Seoga) -> None:
    # 1 holds the word in the shorter text and is near; 0 holds it and is far; 2 is nearest and does not hold it.
    assert peer.search(["나무"], VECTORS[2]) == [1, 0, 2]


def test_a_filter_keeps_to_the_classes(peer: Seoga) -> None:
    assert peer.search(["나무"], VECTORS[0], ["400"]) == [1, 2]
    assert peer.search_vector(VECTORS[0], ["400"]) == [1, 2]


def test_the_vector_leg_alone(peer: Seoga) -> None:
    assert peer.search_vector(VECTORS[0]) == [0, 1, 2]


def test_what_the_benchmark_reads_is_there(peer: Seoga) -> None:
    assert peer.disk_bytes() > 0
    assert (peer.hybrid, peer.server_pid(), list(peer.variants)) == (True, None, [""])
