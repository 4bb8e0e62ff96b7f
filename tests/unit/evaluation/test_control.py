from pathlib import Path

import numpy as np
import pytest

from evaluation.control import row_lengths, write_control
from recommender.encoding.static import BUNDLED_FOLDER, ROWS, SCALES, StaticEncoder
from recommender.text.morphemes import Analyzer


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_control(BUNDLED_FOLDER, tmp_path_factory.mktemp("control"), seed=11)


def test_every_row_keeps_its_length_and_loses_its_direction(control: Path) -> None:
    trained, drawn = np.load(BUNDLED_FOLDER / ROWS), np.load(control / ROWS)
    lengths = row_lengths(trained, np.load(BUNDLED_FOLDER / SCALES))

    np.testing.assert_allclose(row_lengths(drawn, np.load(control / SCALES)), lengths, rtol=1e-4)
    one, other = trained[:2000].astype(np.float32), drawn[:2000].astype(np.float32)
    cosines = (one * other).sum(axis=1) / (np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1) + 1e-9)
    assert abs(float(cosines.mean())) < 0.01


def test_the_product_loads_it_like_any_weights(control: Path) -> None:
    analyzer = Analyzer()
    drawn, trained = StaticEncoder(control, analyzer), StaticEncoder.bundled(analyzer)

    assert drawn.name != trained.name
    assert drawn.dims == trained.dims
    text = ["숲을 거니는 고요한 책", "숲을 거니는 고요한 책", "A dragon guards the treasure."]
    vectors = drawn.encode_documents(text)
    np.testing.assert_allclose(vectors[0], vectors[1])
    assert not np.allclose(vectors, trained.encode_documents(text))


def test_meaning_is_gone_and_shared_words_remain(control: Path) -> None:
    encoder = StaticEncoder(control, Analyzer())
    book, same_word, same_meaning = encoder.encode_documents(["고양이가 잔다", "고양이 사진", "A cat sleeps"])

    assert float(book @ same_word) > 0.2
    assert abs(float(book @ same_meaning)) < 0.2


def test_the_seed_decides(control: Path, tmp_path: Path) -> None:
    again = write_control(BUNDLED_FOLDER, tmp_path / "again", seed=11)
    other = write_control(BUNDLED_FOLDER, tmp_path / "other", seed=12)

    assert (again / ROWS).read_bytes() == (control / ROWS).read_bytes()
    assert (other / ROWS).read_bytes() != (control / ROWS).read_bytes()
