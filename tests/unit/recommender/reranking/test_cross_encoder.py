"""Real cross-encoders with random weights: they know nothing, but they are loaded and compute as any other."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import CrossEncoder

from recommender.errors import RerankerError
from recommender.reranking.cross_encoder import LONGEST_PAIR, CrossEncoderReranker
from tests import tiny_models

TEXTS = ["1. 데미안 2. 어린 왕자", "이용자의 질문", "", "불안한 밤에 읽을 책 " * 200]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "reranker"
    tiny_models.save_cross_encoder(folder)
    return folder


def test_pairs_are_scored_as_the_library_scores_them(folder: Path) -> None:
    library = CrossEncoder(str(folder), device="cpu", processor_kwargs={"model_max_length": LONGEST_PAIR})

    scores = CrossEncoderReranker(str(folder), device="cpu").scores("불안한 밤", TEXTS)

    assert scores.dtype == np.float32
    assert scores == pytest.approx(library.predict([("불안한 밤", text) for text in TEXTS]), abs=1e-6)
    assert len(set(scores.tolist())) == len(TEXTS)  # the query is read with each text


def test_the_query_matters(folder: Path) -> None:
    reranker = CrossEncoderReranker(str(folder), device="cpu")

    assert reranker.scores("어린 왕자", TEXTS[:1]) != reranker.scores("쉼표", TEXTS[:1])


def test_only_the_beginning_of_a_long_text_is_read(folder: Path) -> None:
    short, long = CrossEncoderReranker(str(folder), device="cpu").scores("책", ["데 " * LONGEST_PAIR, "데 " * 4000])

    assert short == pytest.approx(long, abs=1e-6)


def test_no_texts_need_no_model() -> None:
    assert CrossEncoderReranker("/no/such/folder").scores("책", []).tolist() == []


def test_threads_share_one_model(folder: Path) -> None:
    reranker = CrossEncoderReranker(str(folder), device="cpu")

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: reranker.scores("책", TEXTS).tolist(), range(8)))

    assert found == [pytest.approx(found[0], abs=1e-6)] * 8


def test_a_folder_without_a_model_is_named_with_the_way_out(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tmp_path))

    with pytest.raises(RerankerError, match=rf"SEOGA_RERANKER={tmp_path} cannot be loaded .*set SEOGA_RERANKER=off"):
        reranker.scores("책", TEXTS)


def test_a_model_that_ranks_nothing_is_refused(tmp_path: Path) -> None:
    tiny_models.save_cross_encoder(tmp_path / "classes", labels=3)

    with pytest.raises(RerankerError, match="gives 3 numbers for a pair, and a reranker gives one"):
        CrossEncoderReranker(str(tmp_path / "classes")).scores("책", TEXTS)


def test_nothing_heavy_is_imported_before_a_model_is_used() -> None:
    code = (
        "import sys\n"
        "from recommender.reranking.factory import create_reranker\n"
        "create_reranker('BAAI/bge-reranker-v2-m3')\n"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
