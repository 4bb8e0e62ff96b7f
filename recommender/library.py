"""A library opened for work: every part of the core, built from the settings, each on its first use.

The edges (web application, command line, evaluation) open one and pass its parts on; nothing below them does.
"""

from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from recommender.bundle import Bundle, load_bundle
from recommender.settings import Settings

if TYPE_CHECKING:
    from types import TracebackType

    from recommender.encoding.base import Encoder
    from recommender.engine.base import Engine
    from recommender.generation.base import Generator
    from recommender.readers.store import ReaderStore
    from recommender.recommend.service import RecommendService
    from recommender.search.service import SearchService
    from recommender.text.morphemes import Analyzer


class Library:
    """The parts of one library. Building a part imports what it needs, so that `--help` costs nothing."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # Two threads that need the Korean analyser at once must not load its 500 MB twice.
        self._building = RLock()

    def __enter__(self) -> "Library":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: "TracebackType | None"
    ) -> None:
        self.close()

    @cached_property
    def bundle(self) -> Bundle:
        """Every tunable of search and recommendation."""
        return load_bundle(self.settings.bundle) if self.settings.bundle else load_bundle()

    @property
    def engine(self) -> "Engine":
        """Where documents are kept and found."""
        return self._once("engine")

    @property
    def analyzer(self) -> "Analyzer":
        """What turns text into morphemes."""
        return self._once("analyzer")

    @property
    def encoder(self) -> "Encoder":
        """What turns text into vectors."""
        return self._once("encoder")

    @property
    def readers(self) -> "ReaderStore":
        """Readers' history and preferences, under pseudonyms."""
        return self._once("readers")

    @property
    def generator(self) -> "Generator":
        """What writes reasons."""
        return self._once("generator")

    @property
    def search(self) -> "SearchService":
        """Searching the catalogue."""
        return self._once("search")

    @property
    def recommend(self) -> "RecommendService":
        """Recommending from it."""
        return self._once("recommend")

    def close(self) -> None:
        """Release files and connections."""
        if engine := self.__dict__.pop("_engine", None):
            engine.close()

    def _once(self, part: str) -> Any:
        """The part of that name, built by `_build_<part>` when it is first wanted."""
        built = self.__dict__.get(f"_{part}")
        if built is None:
            with self._building:
                built = self.__dict__.get(f"_{part}")
                if built is None:
                    built = self.__dict__[f"_{part}"] = getattr(self, f"_build_{part}")()
        return built

    def _build_engine(self) -> "Engine":
        from recommender.engine.factory import create_engine

        return create_engine(self.settings)

    def _build_analyzer(self) -> "Analyzer":
        from recommender.text.morphemes import Analyzer

        return Analyzer(self.settings.user_dictionary)

    def _build_encoder(self) -> "Encoder":
        from recommender.encoding.factory import create_encoder

        cache = Path(self.settings.data_dir) / "encoded"
        return create_encoder(self.settings.encoder, analyzer=self.analyzer, cache_folder=cache)

    def _build_readers(self) -> "ReaderStore":
        from recommender.readers.pseudonyms import Pseudonyms
        from recommender.readers.store import ReaderStore

        return ReaderStore(self.engine, Pseudonyms.from_settings(self.settings), self.analyzer)

    def _build_generator(self) -> "Generator":
        from recommender.generation.factory import create_generator

        return create_generator(self.settings, self.bundle.recommend.generation)

    def _build_search(self) -> "SearchService":
        from recommender.search.service import SearchService

        return SearchService(self.engine, self.analyzer, self.encoder, self.bundle.search)

    def _build_recommend(self) -> "RecommendService":
        from recommender.recommend.service import RecommendService

        return RecommendService(
            engine=self.engine,
            search=self.search,
            readers=self.readers,
            analyzer=self.analyzer,
            encoder=self.encoder,
            generator=self.generator,
            bundle=self.bundle,
        )


def open_library(settings: Settings) -> Library:
    """Open a library; nothing is read or connected to before it is needed."""
    return Library(settings)
