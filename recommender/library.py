"""A library opened for work: every part of the core, built once from the settings.

The edges (web application, command line, evaluation) open one and pass its parts on; nothing below them does.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from recommender.bundle import Bundle, load_bundle
from recommender.clock import this_instant
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.appeal.correcting import AppealCorrector
    from recommender.caching.factory import Caches
    from recommender.encoding.live import LiveEncoder
    from recommender.engine.base import Engine
    from recommender.generation.base import Generator
    from recommender.readers.pseudonyms import Naming, Pseudonyms
    from recommender.readers.store import ReaderStore
    from recommender.recommend.answering import Answers
    from recommender.recommend.keeping.keeping import AnswerKeeper
    from recommender.recommend.service import RecommendService
    from recommender.search.service import SearchService
    from recommender.text.morphemes import Analyzer


@dataclass(frozen=True, slots=True)
class _Opened:
    """What has nothing to do with any reader."""

    settings: Settings
    bundle: Bundle
    engine: "Engine"
    analyzer: "Analyzer"
    encoder: "LiveEncoder"
    generator: "Generator"
    search: "SearchService"
    caches: "Caches"
    pseudonyms: "Pseudonyms"
    appeal: "AppealCorrector"

    def for_readers(self, naming: "Naming") -> "Library":
        """The whole library; `naming` says under which names the readers that are asked for are stored."""
        from recommender.generation.power import create_power_meter
        from recommender.readers.store import ReaderStore
        from recommender.recommend.answering import Answers
        from recommender.recommend.cost import Costs, Prices
        from recommender.recommend.keeping.keeping import AnswerKeeper
        from recommender.recommend.keeping.precomputed import PrecomputedAnswers
        from recommender.recommend.service import RecommendService

        settings = self.settings
        readers = ReaderStore(self.engine, naming, self.analyzer)
        keeper = AnswerKeeper(
            engine=self.engine,
            readers=readers,
            caches=self.caches,
            precomputed=PrecomputedAnswers(self.engine),
            bundle=self.bundle,
            generator=self.generator,
            secret=self.pseudonyms.secret_for("cache"),
            now=this_instant,
        )
        recommend = RecommendService(
            engine=self.engine,
            search=self.search,
            readers=readers,
            analyzer=self.analyzer,
            encoder=self.encoder,
            generator=self.generator,
            bundle=self.bundle,
            keeper=keeper,
            costs=Costs(
                create_power_meter(settings.power_watts),
                Prices(settings.price_prompt, settings.price_completion, settings.price_currency),
            ),
        )
        answers = Answers(recommend, self.generator, self.analyzer, self.bundle)
        shared = {each.name: getattr(self, each.name) for each in fields(_Opened)}
        return Library(**shared, readers=readers, keeper=keeper, recommend=recommend, answers=answers)


@dataclass(frozen=True, slots=True)
class Library(_Opened):
    """The parts of one library. What is heavy (Kiwi, a model) loads itself when it is first used."""

    readers: "ReaderStore"
    keeper: "AnswerKeeper"
    recommend: "RecommendService"
    answers: "Answers"

    def by_pseudonym(self) -> "Library":
        """The same library, whose readers are asked for by their pseudonyms: for work over all of them."""
        from recommender.readers.pseudonyms import StoredNames

        return self.for_readers(StoredNames())

    def close(self) -> None:
        """Release files and connections."""
        self.answers.close()
        self.caches.close()
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
    from recommender.appeal.correcting import AppealCorrector
    from recommender.caching.factory import create_caches
    from recommender.encoding.factory import create_encoder
    from recommender.encoding.live import LiveEncoder
    from recommender.engine.factory import create_engine
    from recommender.generation.factory import create_generator
    from recommender.readers.pseudonyms import Pseudonyms
    from recommender.reranking.factory import create_reranker
    from recommender.search.service import SearchService
    from recommender.text.morphemes import Analyzer

    bundle = load_bundle(settings.bundle) if settings.bundle else load_bundle()
    engine = create_engine(settings)
    analyzer = Analyzer(settings.user_dictionary)
    cache_folder = cache_folder or settings.data_dir / "encoded"
    encoder = LiveEncoder(create_encoder(settings.encoder, analyzer=analyzer, cache_folder=cache_folder), engine)
    generator = create_generator(settings)
    search = SearchService(engine, analyzer, encoder, bundle.search, reranker=create_reranker(settings.reranker))
    caches = create_caches(settings)
    pseudonyms = Pseudonyms.from_settings(settings)
    appeal = AppealCorrector(engine, encoder, this_instant)
    opened = _Opened(settings, bundle, engine, analyzer, encoder, generator, search, caches, pseudonyms, appeal)
    return opened.for_readers(pseudonyms)
