import pytest

from recommender.errors import RerankerError
from recommender.reranking.cross_encoder import CrossEncoderReranker
from recommender.reranking.factory import create_reranker


@pytest.mark.parametrize("spec", ["off", " off "])
def test_there_is_none_unless_one_is_named(spec: str) -> None:
    assert create_reranker(spec) is None


@pytest.mark.parametrize("spec", ["BAAI/bge-reranker-v2-m3", "models/reranker?device=cpu&dtype=bfloat16"])
def test_a_name_or_a_folder_is_a_cross_encoder(spec: str) -> None:
    assert isinstance(create_reranker(spec), CrossEncoderReranker)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("", r"names no model; choose `off`, a model folder, or"),
        ("?device=cpu", r"SEOGA_RERANKER=\?device=cpu names no model"),
        ("BAAI/bge-reranker-v2-m3?backend=onnx", r"option 'backend' is unknown; choose"),
    ],
)
def test_what_names_none_is_an_error_with_the_choices(spec: str, message: str) -> None:
    with pytest.raises(RerankerError, match=message):
        create_reranker(spec)
