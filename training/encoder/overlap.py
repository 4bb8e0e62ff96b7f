"""Which training sentences say nearly the same as a held-out one: they would make the figures better than they are."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

NEAR = 0.7
"""Share of common trigrams (Jaccard) from which two sentences are near: *a man is playing a guitar* and *a man is playing on a guitar*."""

TEXTS_AT_ONCE = 4096
"""Rows compared at once: a few hundred thousand common pairs."""


def comparable(text: str) -> str:
    """Return the letters and digits of a text, in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())


def near_repeats(texts: Iterable[str], held_out: Iterable[str]) -> frozenset[str]:
    """Return those of the texts that share most of their trigrams with a held-out one; all are `comparable`."""
    candidates, held = sorted(set(texts)), sorted(set(held_out))
    if not candidates or not held:
        return frozenset()
    columns: dict[str, int] = {}
    of_held = _trigram_matrix(held, columns)
    sizes = np.asarray(of_held.sum(axis=1)).ravel()
    near: set[str] = set()
    for start in range(0, len(candidates), TEXTS_AT_ONCE):
        part = candidates[start : start + TEXTS_AT_ONCE]
        of_part = _trigram_matrix(part, columns)
        own = np.asarray(of_part.sum(axis=1)).ravel()
        common = (of_part[:, : of_held.shape[1]] @ of_held.T).tocoo()
        shares = common.data / (own[common.row] + sizes[common.col] - common.data)
        near.update(part[row] for row in np.unique(common.row[shares >= NEAR]).tolist())
    return frozenset(near)


def _trigram_matrix(texts: Sequence[str], columns: dict[str, int]) -> Any:
    """Return a sparse `(n_texts, n_trigrams)` matrix of ones; new trigrams get new columns."""
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    trigrams = [{text[start : start + 3] for start in range(max(1, len(text) - 2))} for text in texts]
    found = [columns.setdefault(trigram, len(columns)) for text in trigrams for trigram in sorted(text)]
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in trigrams])
    return csr_matrix((np.ones(len(found), np.float32), (rows, found)), shape=(len(texts), len(columns)))
