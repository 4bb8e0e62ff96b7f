"""An encoder that is loaded when it is first needed."""

import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.base import Encoder


class LazyEncoder:
    """Stands in for an encoder whose model takes seconds to load.

    Commands that encode nothing then do not wait for it, and `rollback` works where the model cannot be loaded.

    Args:
        make: loads the encoder; called once, on the first use, and again if it raised.
    """

    def __init__(self, make: Callable[[], Encoder]) -> None:
        self._make = make
        self._made: Encoder | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The encoder's identity; loads it, because the name holds the revision of its weights."""
        return self._encoder().name

    @property
    def dims(self) -> int:
        """Number of components of a vector."""
        return self._encoder().dims

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return self._encoder().encode_documents(texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return self._encoder().encode_queries(texts)

    def _encoder(self) -> Encoder:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made
