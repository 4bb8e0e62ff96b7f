"""A run over one collection: index it, ask everything, ask it again with the control, and compare."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from evaluation.collections.values import Collection
from evaluation.control import write_control
from evaluation.relevance.library import library_of, passage_book
from evaluation.relevance.outcome import CONTROL, Conditions, Outcome, outcome_of
from evaluation.relevance.rankings import Rankings, search_all
from indexer.progress import Progress
from recommender.encoding.static import BUNDLED_FOLDER, CARD
from recommender.search.request import Mode
from recommender.settings import Settings

if TYPE_CHECKING:
    from recommender.library import Library


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a collection is run."""

    modes: tuple[Mode, ...] = (Mode.LEXICAL, Mode.DENSE, Mode.HYBRID)
    control: bool = False
    seed: int = 0


class Runner:
    """Runs collections through libraries of their own.

    Args:
        settings: engine, encoder, bundle and dictionary.
        cache: where document vectors are kept between runs.
        progress: told how far it is.
    """

    def __init__(self, settings: Settings, *, cache: Path, progress: Progress) -> None:
        self._settings = settings
        self._cache = cache
        self._progress = progress

    def run(self, collection: Collection, options: RunOptions) -> Outcome:
        """Index, ask and compare.

        Raises:
            SettingsError: a setting, or a file that it names, is wrong.
            EncoderError: the encoder cannot be loaded.
            EngineError: the engine failed.
        """
        with self._library(collection, self._settings) as library:
            rankings = dict(self._ask(library, collection, options.modes))
            conditions = Conditions(
                engine=library.engine.name,
                encoder=library.encoder.name,
                bundle=library.bundle.version,
                seed=options.seed,
            )
        meant = tuple(mode for mode in options.modes if mode is not Mode.LEXICAL)
        if options.control and meant:
            control, controlled = self._run_control(collection, meant, options.seed)
            rankings |= {CONTROL + name: ranked for name, ranked in controlled.items()}
            conditions = replace(conditions, control=control)
        return outcome_of(collection, conditions, rankings)

    def _run_control(
        self, collection: Collection, modes: Sequence[Mode], seed: int
    ) -> tuple[str, Mapping[str, Rankings]]:
        with TemporaryDirectory(prefix="seoga-control-", ignore_cleanup_errors=True) as folder:
            weights = write_control(_static_weights(self._settings.encoder), Path(folder), seed=seed)
            with self._library(collection, replace(self._settings, encoder=str(weights))) as library:
                return library.encoder.name, self._ask(library, collection, modes)

    def _library(self, collection: Collection, settings: Settings) -> AbstractContextManager["Library"]:
        books = map(passage_book, collection.documents)
        return library_of(books, settings, cache=self._cache, progress=self._progress)

    def _ask(self, library: "Library", collection: Collection, modes: Sequence[Mode]) -> Mapping[str, Rankings]:
        self._progress.begin(f"asking {collection.name}", len(collection.queries) * len(modes))
        advance: Callable[[int], None] = self._progress.advance
        answers = search_all(library.search, collection.queries, modes, advance=advance)
        return {answer.mode.value: answer.rankings for answer in answers}


def _static_weights(encoder: str) -> Path:
    """The weights that the control imitates: the encoder's own if it is a static one, else the bundled ones."""
    folder = Path(encoder)
    return folder if (folder / CARD).is_file() else BUNDLED_FOLDER
