import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from recommender.encoding.base import Vectors, unit_rows
from recommender.encoding.cache import TEXTS_PER_COMMIT, CacheCounts, CachedEncoder
from recommender.errors import EncoderError


class CountingEncoder:
    """Encodes by text length and letters; keeps what it was asked."""

    def __init__(self, name: str = "counting-1", dims: int = 3) -> None:
        self.name = name
        self.dims = dims
        self.documents: list[str] = []
        self.queries: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.documents += texts
        return self._vectors(texts)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.queries += texts
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([[len(text), sum(map(ord, text)) % 97, 1][: self.dims] for text in texts], np.float32)
        return unit_rows(rows, fallback=np.eye(self.dims, dtype=np.float32)[0])


KAFKA = "변신 프란츠 카프카"
CAMUS = "이방인 알베르 카뮈"
HESSE = "데미안 헤르만 헤세"


def test_a_second_instance_finds_what_the_first_encoded(tmp_path: Path) -> None:
    first = CachedEncoder(CountingEncoder(), tmp_path / "encoded" / "vectors.sqlite")
    vectors = first.encode_documents([KAFKA, CAMUS])
    encoder = CountingEncoder()

    second = CachedEncoder(encoder, tmp_path / "encoded" / "vectors.sqlite")

    np.testing.assert_array_equal(second.encode_documents([CAMUS, HESSE, KAFKA])[[2, 0]], vectors)
    assert encoder.documents == [HESSE]
    assert second.counts == CacheCounts(document_hits=2, document_misses=1)


def test_vectors_come_back_bit_for_bit(tmp_path: Path) -> None:
    cached = CachedEncoder(CountingEncoder(), tmp_path / "vectors.sqlite")

    encoded, kept = cached.encode_documents([KAFKA]), cached.encode_documents([KAFKA])

    assert encoded.tobytes() == kept.tobytes() == CountingEncoder().encode_documents([KAFKA]).tobytes()


def test_equal_texts_are_encoded_once(tmp_path: Path) -> None:
    encoder = CountingEncoder()

    vectors = CachedEncoder(encoder, tmp_path / "vectors.sqlite").encode_documents([KAFKA, CAMUS, KAFKA, KAFKA])

    assert encoder.documents == [KAFKA, CAMUS]
    np.testing.assert_array_equal(vectors[0], vectors[3])


def test_encoders_do_not_share_vectors(tmp_path: Path) -> None:
    CachedEncoder(CountingEncoder("counting-1"), tmp_path / "vectors.sqlite").encode_documents([KAFKA])
    newer = CountingEncoder("counting-2")

    CachedEncoder(newer, tmp_path / "vectors.sqlite").encode_documents([KAFKA])

    assert newer.documents == [KAFKA]


def test_a_vector_of_another_length_is_encoded_again(tmp_path: Path) -> None:
    CachedEncoder(CountingEncoder(dims=2), tmp_path / "vectors.sqlite").encode_documents([KAFKA])
    wider = CountingEncoder(dims=3)

    vectors = CachedEncoder(wider, tmp_path / "vectors.sqlite").encode_documents([KAFKA])

    assert vectors.shape == (1, 3)
    assert wider.documents == [KAFKA]


def test_queries_are_remembered_but_never_written_down(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    cached = CachedEncoder(encoder, tmp_path / "vectors.sqlite")

    cached.encode_queries(["요즘 잠이 안 와요"])
    cached.encode_queries(["위로가 되는 책", "요즘 잠이 안 와요"])

    assert encoder.queries == ["요즘 잠이 안 와요", "위로가 되는 책"]
    assert cached.counts == CacheCounts(query_hits=1, query_misses=2)
    assert not (tmp_path / "vectors.sqlite").exists()


def test_a_query_and_a_document_of_the_same_text_are_kept_apart(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    cached = CachedEncoder(encoder, tmp_path / "vectors.sqlite")

    cached.encode_queries([KAFKA])
    cached.encode_documents([KAFKA])

    assert (encoder.queries, encoder.documents) == ([KAFKA], [KAFKA])


def test_no_texts_give_no_rows(tmp_path: Path) -> None:
    cached = CachedEncoder(CountingEncoder(), tmp_path / "vectors.sqlite")

    assert cached.encode_documents([]).shape == cached.encode_queries([]).shape == (0, 3)


KILLED_WHILE_ENCODING = """
import os, signal, sys
from pathlib import Path
import numpy as np
from recommender.encoding.cache import TEXTS_PER_COMMIT, CachedEncoder

class Dying:
    name, dims, calls = "counting-1", 3, 0
    def encode_documents(self, texts):
        self.calls += 1
        if self.calls == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return np.tile(np.array([1, 0, 0], np.float32), (len(texts), 1))

CachedEncoder(Dying(), Path(sys.argv[1])).encode_documents([f"book {n}" for n in range(3 * TEXTS_PER_COMMIT)])
"""


def test_a_killed_process_keeps_its_finished_batches(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_ENCODING, str(path)], check=False)
    encoder = CountingEncoder()

    vectors = CachedEncoder(encoder, path).encode_documents([f"book {n}" for n in range(3 * TEXTS_PER_COMMIT)])

    assert killed.returncode != 0
    assert encoder.documents == [f"book {n}" for n in range(2 * TEXTS_PER_COMMIT, 3 * TEXTS_PER_COMMIT)]
    np.testing.assert_array_equal(vectors[0], [1, 0, 0])


ENCODING_BESIDE_OTHERS = """
import sys
from pathlib import Path
import numpy as np
from recommender.encoding.cache import CachedEncoder

class Steady:
    name, dims = "counting-1", 3
    def encode_documents(self, texts):
        return np.tile(np.array([0, 1, 0], np.float32), (len(texts), 1))

cached = CachedEncoder(Steady(), Path(sys.argv[1]))
for start in range(int(sys.argv[2]), int(sys.argv[2]) + 2000, 50):
    cached.encode_documents([f"book {n}" for n in range(start, start + 50)])
"""


def test_several_processes_fill_one_file(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    command = [sys.executable, "-c", ENCODING_BESIDE_OTHERS, str(path)]
    processes = [subprocess.Popen([*command, str(start)]) for start in (0, 1000, 2000)]

    assert [process.wait() for process in processes] == [0, 0, 0]

    encoder = CountingEncoder()
    CachedEncoder(encoder, path).encode_documents([f"book {n}" for n in range(4000)])
    assert encoder.documents == []


def test_threads_share_an_encoder(tmp_path: Path) -> None:
    cached = CachedEncoder(CountingEncoder(), tmp_path / "vectors.sqlite")
    texts = [f"book {n}" for n in range(200)]
    threads = [
        threading.Thread(target=lambda: (cached.encode_documents(texts), cached.encode_queries(texts)))
        for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    counts = cached.counts
    assert counts.document_hits + counts.document_misses == counts.query_hits + counts.query_misses == 800


def test_a_file_that_is_no_cache_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    path.write_text("this is a shopping list, not a database " * 50, encoding="utf-8")

    with pytest.raises(EncoderError, match=r"vectors\.sqlite: the cache of vectors cannot be used .* delete the file"):
        CachedEncoder(CountingEncoder(), path).encode_documents([KAFKA])
