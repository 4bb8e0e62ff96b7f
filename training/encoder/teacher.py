"""The English teacher: a small sentence encoder whose space the static vectors learn to imitate (training only)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.fingerprint import fingerprint
from recommender.errors import EncoderError

MAX_PIECES = 96
"""Titles and example sentences are short; what is longer is cut here to keep the teacher's cost bounded."""


class Teacher:
    """A BERT-like encoder read from a folder: sentence vectors and vectors of single word pieces.

    Args:
        folder: a Hugging Face model folder with its tokenizer.
    """

    def __init__(self, folder: Path) -> None:
        if not (folder / "config.json").is_file():
            raise EncoderError(f"{folder}: no model is there; name a folder with config.json by --teacher")
        from transformers import AutoModel, AutoTokenizer

        self.fingerprint = fingerprint(folder)
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self._model: Any = AutoModel.from_pretrained(folder).eval()

    def vocabulary(self) -> list[str]:
        """Return the word pieces in the order of their ids."""
        pieces = self._tokenizer.get_vocab()
        return sorted(pieces, key=pieces.__getitem__)

    def sentence_vectors(self, texts: Sequence[str], *, batch: int = 64) -> NDArray[np.float32]:
        """Return mean-pooled unit vectors, `(n_texts, hidden) float32`; batches hold texts of like length."""
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors: NDArray[np.float32] | None = None
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            pooled = self._pooled([texts[index] for index in chosen])
            vectors = np.zeros((len(texts), pooled.shape[1]), np.float32) if vectors is None else vectors
            vectors[chosen] = pooled
        return vectors if vectors is not None else np.zeros((0, 0), np.float32)

    def piece_vectors(self, pieces: Sequence[str], *, batch: int = 512) -> NDArray[np.float32]:
        """Return the mean last hidden state of `[CLS] piece [SEP]` as unit vectors, `(n_pieces, hidden) float32`."""
        import torch

        ids = self._tokenizer.convert_tokens_to_ids(list(pieces))
        first, last = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        parts: list[NDArray[np.float32]] = []
        for start in range(0, len(ids), batch):
            rows = torch.tensor([[first, piece, last] for piece in ids[start : start + batch]])
            with torch.inference_mode():
                parts.append(self._model(input_ids=rows).last_hidden_state.mean(1).numpy())
        return unit(np.concatenate(parts))

    def _pooled(self, texts: list[str]) -> NDArray[np.float32]:
        import torch

        encoded = self._tokenizer(texts, padding=True, truncation=True, max_length=MAX_PIECES, return_tensors="pt")
        with torch.inference_mode():
            states = self._model(**encoded).last_hidden_state
        mask = encoded["attention_mask"].unsqueeze(-1)
        pooled: NDArray[np.float32] = ((states * mask).sum(1) / mask.sum(1)).numpy()
        return unit(pooled)


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale every row to length 1; a zero row stays zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = (rows / np.maximum(norms, 1e-12)).astype(np.float32)
    return scaled
