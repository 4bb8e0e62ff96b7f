from pathlib import Path

import pytest

from recommender.errors import GeneratorError
from recommender.generation.fetch import fetch


def test_a_model_that_cannot_be_fetched_is_named_with_the_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

    with pytest.raises(
        GeneratorError,
        match=r"the model seoga/no-such-model could not be fetched .*SEOGA_GENERATOR=transformers:FOLDER",
    ):
        fetch("seoga/no-such-model", tmp_path / "model")
