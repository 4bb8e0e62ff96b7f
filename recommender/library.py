"""A library opened for work: every part of the core, built once from the settings.

The edges (web application, command line, evaluation) open one and pass its parts on; nothing below them does.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from recommender.bundle import Bundle, load_bundle
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.encoding.live import LiveEncoder
    from recommender.engine.base import Engine
    from recommender.generation.base import Generator
    from recommender.readers.store import ReaderStore
    from recommender.recommend.service import RecommendService
    from recommender.search.service import SearchService
    from recommender.text.morphemes import Analyzer


@dataclass(frozen=True, slots=True)
class Library:
    """The parts of one library. What is heavy (Kiwi, a model) loads itself when it is first used."""

    settings: Settings
    bundle: Bundle
    engine: "Engine"
    analyzer: "Analyzer"
    encoder: "LiveEncoder"
    generator: "Generator"
    readers: "ReaderStore"
    search: "SearchService"
    recommend: "RecommendService"

    def close(self) -> None:
        """Release files and connections."""
        self.engine.close()


def open_library(settings: Settings, *, cache_folder: Path | None = None) -> Library:
    """Build every part.

    Args:
        settings: of the library.
        cache_folder: where document vectors are kept, so that libraries can share them; in the data folder unless told.

    Raises:
        SettingsError: a setting, or a file that it names, is wrong.
    """
    # Imported here, so that a command's --help does not wait for search engines and numerical libraries.
    from recommender.encoding.factory import create_encoder
    from recommender.encoding.live import LiveEncoder
    from recommender.engine.factory import create_engine
    from recommender.generation.factory import create_generator
    from recommender.readers.pseudonyms import Pseudonyms
    from recommender.readers.store import ReaderStore
    from recommender.recommend.service import RecommendService
    from recommender.reranking.factory import create_reranker
    from recommender.search.service import SearchService
    from recommender.text.morphemes import Analyzer

    bundle = load_bundle(settings.bundle) if settings.bundle else load_bundle()
    engine = create_engine(settings)
    analyzer = Analyzer(settings.user_dictionary)
    cache_folder = cache_folder or settings.data_dir / "encoded"
    encoder = LiveEncoder(create_encoder(settings.encoder, analyzer=analyzer, cache_folder=cache_folder), engine)
    generator = create_generator(settings)
    readers = ReaderStore(engine, Pseudonyms.from_settings(settings), analyzer)
    search = SearchService(engine, analyzer, encoder, bundle.search, reranker=create_reranker(settings.reranker))
    recommend = RecommendService(
        engine=engine,
        search=search,
        readers=readers,
        analyzer=analyzer,
        encoder=encoder,
        generator=generator,
        bundle=bundle,
    )
    return Library(settings, bundle, engine, analyzer, encoder, generator, readers, search, recommend)
