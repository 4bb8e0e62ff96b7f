"""What turns text into vectors."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Maps texts to unit vectors, so that texts of like meaning lie close whatever their language.

    `name` is the encoder's identity (with a version or hash of its weights): it is kept in the index's `_meta`, and
    an index is never searched with vectors of another encoder. `dims` is the length of its vectors.
    """

    name: str
    dims: int

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """`(len(texts), dims)` float32, every row of length 1, also for an empty or unknown text."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same for queries; some models want another prompt before a query than before a document."""
