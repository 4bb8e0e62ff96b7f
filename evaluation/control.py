"""The control beside every claim for meaning: the static encoder with its directions drawn at random.

Adding any second scorer of words can mend a ranking a little, whatever its vectors mean. What an encoder has learnt is
the gain beyond that of vectors which know the same words, weigh them alike, and point anywhere.
"""

import json
import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.static import CARD, ROWS, SCALES, VOCABULARY, weights_digest

INT8_LIMIT = 127


def write_control(weights: Path, folder: Path, *, seed: int) -> Path:
    """Write weights of the same vocabulary and row lengths, each row in a random direction.

    Args:
        weights: folder of the static encoder to imitate.
        folder: made; `StaticEncoder` loads it like any other.
        seed: of the directions.

    Returns:
        `folder`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lengths = row_lengths(np.load(weights / ROWS, mmap_mode="r"), np.load(weights / SCALES))
    card = json.loads((weights / CARD).read_text(encoding="utf-8"))
    rows, scales = _random_rows(lengths, int(card["dims"]), seed)
    np.save(folder / ROWS, rows)
    np.save(folder / SCALES, scales)
    shutil.copyfile(weights / VOCABULARY, folder / VOCABULARY)
    drawn = {"name": f"{card['name']}-random", "version": f"seed-{seed}", "sha256": weights_digest(folder)}
    (folder / CARD).write_text(json.dumps(card | drawn, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return folder


def row_lengths(rows: NDArray[np.int8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """Length of each row, `(n_rows,) float32`: it is the weight of its token."""
    lengths: NDArray[np.float32] = np.linalg.norm(rows.astype(np.float32), axis=1) * scales
    return lengths


def _random_rows(lengths: NDArray[np.float32], dims: int, seed: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Int8 rows and their scales; the scale brings the rounded row to its exact length."""
    drawn = np.random.default_rng(seed).standard_normal((len(lengths), dims), dtype=np.float32)
    rows = np.rint(drawn * (INT8_LIMIT / np.abs(drawn).max(axis=1, keepdims=True))).astype(np.int8)
    scales = lengths / np.linalg.norm(rows.astype(np.float32), axis=1)
    return rows, scales.astype(np.float32)
