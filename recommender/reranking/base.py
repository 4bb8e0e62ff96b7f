"""What every reranker is to its callers: a query and texts in, scores out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Reranker(Protocol):
    """Says how well each of a few texts answers a query, reading both together."""

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return `(len(texts),) float32`, the higher the better; only comparable for one query.

        Raises:
            RerankerError: the model cannot be loaded or used.
        """
