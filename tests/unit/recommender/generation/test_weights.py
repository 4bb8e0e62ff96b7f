"""Where weights come from, and an adapter that peft itself made worked into a real model."""

from pathlib import Path

import pytest

from recommender.errors import GeneratorError
from recommender.generation.base import Prompt, WritingTask
from recommender.generation.transformers import TransformersGenerator
from recommender.generation.weights import Source, Weights
from tests import tiny_models

TASK = WritingTask(Prompt("당신은 사서입니다.", "데미안을 왜 추천하나요?"), fallback="-")


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("Qwen/Qwen3-0.6B", Weights(Source("Qwen/Qwen3-0.6B"))),
        ("Qwen/Qwen3-0.6B@c1899de", Weights(Source("Qwen/Qwen3-0.6B", "c1899de"))),
        ("Qwen/Qwen3-0.6B+library/adapter", Weights(Source("Qwen/Qwen3-0.6B"), Source("library/adapter"))),
        (
            "Qwen/Qwen3-0.6B@c1899de+library/adapter@9b0e5a1",
            Weights(Source("Qwen/Qwen3-0.6B", "c1899de"), Source("library/adapter", "9b0e5a1")),
        ),
    ],
)
def test_a_setting_names_a_model_a_commit_and_an_adapter(text: str, weights: Weights) -> None:
    assert Weights.of(text) == weights
    assert str(Weights.of(text)) == text


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    folder, adapter = tmp_path / "c++ models@home", tmp_path / "adapter@2"
    folder.mkdir()
    adapter.mkdir()

    assert Weights.of(str(folder)) == Weights(Source(str(folder)))
    assert Weights.of(f"{folder}+{adapter}") == Weights(Source(str(folder)), Source(str(adapter)))


@pytest.mark.parametrize("architecture", tiny_models.ARCHITECTURES)
def test_an_adapter_changes_what_is_written(architecture: str, tmp_path: Path) -> None:
    folder, adapter = tmp_path / "model", tmp_path / "adapter"
    tiny_models.ARCHITECTURES[architecture](folder)
    tiny_models.save_adapter(folder, adapter)

    (plain,) = TransformersGenerator(str(folder)).write([TASK], max_tokens=12, temperature=0.0)
    (adapted,) = TransformersGenerator(f"{folder}+{adapter}").write([TASK], max_tokens=12, temperature=0.0)

    assert adapted.text != plain.text
    assert adapted.by == f"{folder}+{adapter}"


def test_an_adapter_that_is_not_there_is_named_with_the_next_step(tmp_path: Path) -> None:
    tiny_models.save_llama(tmp_path / "model")
    generator = TransformersGenerator(f"{tmp_path / 'model'}+{tmp_path / 'gone'}")

    with pytest.raises(GeneratorError, match=r"gone.*check SEOGA_GENERATOR"):
        generator.write([TASK], max_tokens=2, temperature=0.0)


def test_an_adapter_of_another_model_is_refused(tmp_path: Path) -> None:
    tiny_models.save_llama(tmp_path / "model")
    tiny_models.save_gpt2(tmp_path / "other")
    tiny_models.save_adapter(tmp_path / "other", tmp_path / "adapter")
    generator = TransformersGenerator(f"{tmp_path / 'model'}+{tmp_path / 'adapter'}")

    with pytest.raises(GeneratorError, match="adapter"):
        generator.write([TASK], max_tokens=2, temperature=0.0)
