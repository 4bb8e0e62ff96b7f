import pytest

from recommender.errors import SettingsError
from recommender.generation.base import Choice, ChoiceTask, GeneratorState, Prompt, WritingTask, Written
from recommender.generation.composed import ComposedGenerator
from recommender.generation.factory import create_generator
from recommender.settings import Settings

PROMPT = Prompt(system="당신은 사서입니다.", user="1. 데미안")


@pytest.mark.parametrize(
    ("settings", "name", "state"),
    [
        (Settings(), "composed", GeneratorState.NO_MODEL),
        (Settings(generator="transformers:Qwen/Qwen3-0.6B"), "Qwen/Qwen3-0.6B", GeneratorState.NOT_LOADED),
        (Settings(generator="openai", openai_model="gemma-3-4b"), "gemma-3-4b", GeneratorState.NOT_LOADED),
        (Settings(generator="openai"), "openai", GeneratorState.NOT_LOADED),
    ],
)
def test_the_setting_names_the_generator(settings: Settings, name: str, state: GeneratorState) -> None:
    generator = create_generator(settings)

    assert (generator.name, generator.state) == (name, state)


@pytest.mark.parametrize("generator", ["transformers", "transformers:", "openai:gpt", "composed:x", "gpt", ""])
def test_another_name_is_an_error_that_lists_the_choices(generator: str) -> None:
    with pytest.raises(
        SettingsError,
        match=rf"SEOGA_GENERATOR={generator}: choose composed, transformers:<model name or folder>, or openai",
    ):
        create_generator(Settings(generator=generator))


def test_without_a_model_the_best_candidates_and_the_composed_texts_are_taken() -> None:
    generator = ComposedGenerator()

    assert generator.choose([ChoiceTask(PROMPT, None, candidates=5, size=3)]) == (Choice((0.0,) * 5),)
    assert generator.write([WritingTask(PROMPT, "불안을 다룬 책입니다.")], max_tokens=1, temperature=0.0) == (
        Written("불안을 다룬 책입니다.", by="composed"),
    )
