"""The product with the settings of an arm, over one library."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.judging.arms import Arm
from evaluation.judging.asking import System
from recommender.recommend.values import Question
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.generation.base import Generator
    from recommender.library import Library


class Generators:
    """Generators by what names them, each made once: two arms with one model load it once.

    Args:
        settings: of the library.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._made: dict[Settings, Generator] = {}

    def named(
        self, generator: str | None = None, *, openai_url: str | None = None, openai_model: str | None = None
    ) -> "Generator":
        """The generator; what is None is as the settings have it.

        Raises:
            SettingsError: it names no generator.
        """
        from recommender.generation.factory import create_generator

        settings = replace(
            self._settings,
            generator=generator or self._settings.generator,
            openai_url=openai_url or self._settings.openai_url,
            openai_model=openai_model or self._settings.openai_model,
        )
        if settings not in self._made:
            self._made[settings] = create_generator(settings)
        return self._made[settings]


def system_of(arm: Arm, library: "Library", generators: Generators) -> System:
    """An arm over a library.

    Raises:
        SettingsError: its bundle or its generator cannot be used.
    """
    from recommender.recommend.service import RecommendService

    bundle = arm.bundle_or(library.bundle)
    generator = generators.named(arm.generator, openai_url=arm.openai_url, openai_model=arm.openai_model)
    service = RecommendService(
        engine=library.engine,
        search=library.search,  # only looks up records here, which no bundle changes
        readers=library.readers,
        analyzer=library.analyzer,
        encoder=library.encoder,
        generator=generator,
        bundle=bundle,
    )

    def question(asked: Question) -> Question:
        wanted = replace(
            asked,
            method=arm.method or asked.method,
            num_candidates=arm.num_candidates or asked.num_candidates,
            size=arm.size or asked.size,
            anew=True,  # an answer that was kept would say nothing of this arm
        )
        return wanted.settled(bundle.recommend.method, bundle.recommend.num_candidates)

    example = question(Question())
    settings = {
        "method": example.method.value if example.method else "",
        "num_candidates": str(example.num_candidates),
        "generator": short_name(generator.name),
        "bundle": bundle.version,
    }
    return System(arm.name, service, question, settings)


def short_name(generator: str) -> str:
    """A model's name without the folders that it lies in, which are nobody's business."""
    return Path(generator).name if Path(generator).is_dir() else generator
