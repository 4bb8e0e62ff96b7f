"""What every encoder is to its callers: texts in, unit vectors out."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable

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


class FittedEncoder(Encoder, Protocol):
    """An encoder that has learnt from one catalogue; its name tells it from any other fit."""

    @property
    def stored(self) -> bytes:
        """What has to be kept with the catalogue to encode alike later."""


@runtime_checkable
class Fittable(Protocol):
    """What an encoder can do besides, if it can learn from a catalogue. A transformer cannot, and need not."""

    def fit(self, texts: Iterable[str], progress: Callable[[int], None]) -> FittedEncoder:
        """Learn from a catalogue's texts, each looked at once; `progress` is told how many more were."""

    def fitted(self, stored: bytes) -> FittedEncoder:
        """Return the encoder as it was fitted when `stored` was kept.

        Raises:
            EncoderError: the bytes are no fit of this encoder.
        """


def unit_rows(rows: Vectors, *, fallback: Vectors) -> Vectors:
    """Scale every row to length 1; a row that has no direction becomes `fallback`, `(dims,)`."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    without_direction = ~np.isfinite(norms[:, 0]) | (norms[:, 0] < np.finfo(np.float32).tiny)
    norms[without_direction] = 1.0
    scaled: Vectors = (rows / norms).astype(np.float32)
    scaled[without_direction] = fallback
    return scaled
