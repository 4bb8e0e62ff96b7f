import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from recommender.encoding.static import CARD, ROWS, SCALES, VOCABULARY, StaticEncoder, weights_digest
from recommender.text.morphemes import Analyzer

WriteModel = Callable[[dict[str, Sequence[int]]], Path]


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.fixture
def write_model(tmp_path: Path) -> WriteModel:
    """Write a static model of the given tokens; every row's scale is 0.1."""

    def write(tokens: dict[str, Sequence[int]]) -> Path:
        folder = tmp_path / "model"
        folder.mkdir(exist_ok=True)
        rows = np.array(list(tokens.values()), np.int8)
        np.save(folder / ROWS, rows)
        np.save(folder / SCALES, np.full(len(tokens), 0.1, np.float32))
        (folder / VOCABULARY).write_text("\n".join(tokens) + "\n", encoding="utf-8", newline="\n")
        card = {"name": "tiny", "version": "1", "dims": rows.shape[1], "tokens": len(tokens), "unknown_norm": 2.0}
        (folder / CARD).write_text(json.dumps(card | {"sha256": weights_digest(folder)}), encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def bundled(analyzer: Analyzer) -> StaticEncoder:
    return StaticEncoder.bundled(analyzer)
