"""Writes a trained table as the files that `StaticEncoder` reads."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from recommender.encoding.static import CARD, ROWS, SCALES, VOCABULARY, weights_digest
from training.encoder.features import Matrix

INT8_LIMIT = 127


def export(folder: Path, keys: Sequence[str], table: Matrix, *, unknown_norm: float, card: dict[str, Any]) -> None:
    """Write int8 rows with one scale each, the vocabulary and the model card.

    Args:
        folder: made if it is missing; files of an earlier model in it are replaced.
        keys: tokens in row order.
        table: `(n_keys, dims) float32`, weighted token vectors.
        unknown_norm: length of an unknown token's vector.
        card: name, version and what else a reader of the weights should know.
    """
    folder.mkdir(parents=True, exist_ok=True)
    largest = np.abs(table).max(axis=1)
    scales = (np.maximum(largest, np.finfo(np.float32).tiny) / INT8_LIMIT).astype(np.float32)
    np.save(folder / ROWS, np.rint(table / scales[:, None]).astype(np.int8))
    np.save(folder / SCALES, scales)
    (folder / VOCABULARY).write_text("\n".join(keys) + "\n", encoding="utf-8", newline="\n")
    write_card(folder, card | {"dims": table.shape[1], "tokens": len(keys), "unknown_norm": round(unknown_norm, 6)})


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write the model card with the weights' hash."""
    text = json.dumps(card | {"sha256": weights_digest(folder)}, ensure_ascii=False, indent=2)
    (folder / CARD).write_text(text + "\n", encoding="utf-8", newline="\n")
