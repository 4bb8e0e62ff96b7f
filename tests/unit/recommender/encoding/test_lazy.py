import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.encoding.base import Encoder
from recommender.encoding.lazy import LazyEncoder
from recommender.errors import EncoderError


class Ones:
    name = "ones"
    dims = 4

    def encode_documents(self, texts: list[str]) -> NDArray[np.float32]:
        return np.full((len(texts), 4), 0.5, np.float32)

    encode_queries = encode_documents


def test_it_is_loaded_once_and_only_when_it_is_used() -> None:
    made: list[Encoder] = []

    def make() -> Encoder:
        made.append(Ones())
        return made[-1]

    encoder = LazyEncoder(make)
    assert made == []

    assert (encoder.name, encoder.dims) == ("ones", 4)
    assert encoder.encode_documents(["데미안"]).tolist() == encoder.encode_queries(["데미안"]).tolist() == [[0.5] * 4]
    assert len(made) == 1


def test_a_load_that_failed_is_tried_again() -> None:
    tries: list[int] = []

    def make() -> Encoder:
        tries.append(1)
        if len(tries) == 1:
            raise EncoderError("the model is still being copied")
        return Ones()

    encoder = LazyEncoder(make)
    with pytest.raises(EncoderError, match="still being copied"):
        encoder.encode_queries(["데미안"])
    assert encoder.dims == 4
