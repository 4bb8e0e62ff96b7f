"""The generator that the settings name."""

from recommender.errors import SettingsError
from recommender.generation.base import COMPOSED, Generator
from recommender.settings import Settings


def create_generator(settings: Settings) -> Generator:
    """Build a generator; its model is loaded when it is first needed.

    Raises:
        SettingsError: SEOGA_GENERATOR names no generator.
    """
    kind, _, model = settings.generator.partition(":")
    if kind == COMPOSED and not model:
        from recommender.generation.composed import ComposedGenerator

        return ComposedGenerator()
    if kind == "transformers" and model:
        from recommender.generation.local.loading import NumberFormat
        from recommender.generation.transformers import TransformersGenerator

        return TransformersGenerator(model, number_format=NumberFormat(settings.generator_format))
    if kind == "openai" and not model:
        from recommender.generation.openai import OpenAIGenerator

        return OpenAIGenerator(settings.openai_url, model=settings.openai_model, api_key=settings.openai_api_key)
    raise SettingsError(
        f"SEOGA_GENERATOR={settings.generator}: choose composed, transformers:<model name or folder>, or openai"
    )
