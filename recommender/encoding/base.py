"""What every encoder is to its callers: texts in, unit vectors out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""`(n_texts, dims) float32`, every row of length 1."""


class Encoder(Protocol):
    """Turns texts into vectors whose dot product says how near two texts are in meaning.

    Every row has length 1, also for a text in which nothing is known (an empty string, punctuation): Elasticsearch refuses a
    zero vector under `dot_product`, so such a text gets a fixed direction of its own, the same one in every process.

    Documents and queries are told apart because several model families want a different instruction before each.
    """

    @property
    def name(self) -> str:
        """Identity of the weights and of everything else that changes a vector; an index remembers it in `_meta.encoder`."""

    @property
    def dims(self) -> int:
        """Number of components of a vector."""

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""


def unit_rows(rows: Vectors, *, fallback: Vectors) -> Vectors:
    """Scale every row to length 1; a row that has no direction becomes `fallback`, `(dims,)`."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    without_direction = ~np.isfinite(norms[:, 0]) | (norms[:, 0] < np.finfo(np.float32).tiny)
    norms[without_direction] = 1.0
    scaled: Vectors = (rows / norms).astype(np.float32)
    scaled[without_direction] = fallback
    return scaled
