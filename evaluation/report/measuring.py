"""Everything the report says, measured in one go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.known_items.measuring import Options as KnownItemOptions
from evaluation.known_items.measuring import measure_known_items
from evaluation.known_items.results import KnownItemsReport
from evaluation.readers.interactions import read_interactions
from evaluation.readers.measuring import Options as ReaderOptions
from evaluation.readers.measuring import measure_readers, measure_readers_of
from evaluation.readers.results import ReadersReport
from evaluation.relevance.outcome import outcome_of
from evaluation.relevance.running import Runner, RunOptions
from evaluation.report.sets import MeasuredSet, question_sets, told_in_other_words, translation_sets
from evaluation.report.tables import NamedOutcome
from evaluation.temporary import load_catalogue, temporary_library
from indexer.progress import Progress
from recommender.search.request import Mode
from recommender.settings import Settings
from recommender.text.morphemes import Analyzer

SUBSET = "… of these, told in other words than the answer"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How much is measured."""

    limit: int = 1_000  # queries of a set
    per_kind: int = 300  # known items of a kind
    seed: int = 0


class Measurements:
    """Measures the parts of the report from one folder of data.

    Args:
        settings: engine, encoder and bundle.
        data: laid out like the project's data folder: `ir/`, `pairs/`, `catalogues/`, `readers/`.
        cache: where document vectors are kept.
        options: how much.
        progress: told how far it is.
    """

    def __init__(self, settings: Settings, data: Path, cache: Path, options: ReportOptions, progress: Progress) -> None:
        self._settings = settings
        self._data = data
        self._options = options
        self._progress = progress
        self._runner = Runner(settings, cache=cache, progress=progress)

    def questions(self) -> list[NamedOutcome]:
        """Sets of one language, and of each Korean one the part that is told in other words."""
        sets = question_sets(self._data, limit=self._options.limit, seed=self._options.seed)
        analyzer = Analyzer(self._settings.user_dictionary)
        return [named for each in sets for named in self._with_subset(each, analyzer)]

    def translations(self) -> list[NamedOutcome]:
        """Sentences across languages."""
        return self._run(translation_sets(self._data, limit=self._options.limit, seed=self._options.seed))

    def known_items(self, catalogue: Path) -> list[KnownItemsReport]:
        """One catalogue asked by words alone, then as it is searched."""
        with temporary_library(self._settings) as library:
            load_catalogue(library, [catalogue], self._progress)
            return [
                measure_known_items(
                    library,
                    catalogue.name,
                    KnownItemOptions(mode=mode, per_kind=self._options.per_kind, seed=self._options.seed),
                    report=self._progress.begin,
                )
                for mode in (Mode.LEXICAL, Mode.HYBRID)
            ]

    def readers(self, interactions: Path, catalogue: Path) -> ReadersReport:
        """Which way of recommending finds a reader's next book."""
        read = read_interactions(interactions)
        with temporary_library(self._settings) as library:
            load_catalogue(library, [catalogue], self._progress)
            options = ReaderOptions(seed=self._options.seed)
            return measure_readers_of(library, catalogue, read, options, report=self._progress.begin)

    def readers_alone(self, interactions: Path) -> ReadersReport:
        """The same over all books of the file, by what needs no record of them."""
        read = read_interactions(interactions)
        with temporary_library(self._settings) as library:
            options = ReaderOptions(seed=self._options.seed)
            return measure_readers(library, read, options, report=self._progress.begin)

    def _run(self, sets: Iterable[MeasuredSet]) -> list[NamedOutcome]:
        options = RunOptions(control=True, seed=self._options.seed)
        return [NamedOutcome(each.name, self._runner.run(each.collection, options)) for each in sets]

    def _with_subset(self, each: MeasuredSet, analyzer: Analyzer) -> Iterator[NamedOutcome]:
        (whole,) = self._run([each])
        yield whole
        subset = told_in_other_words(each.collection, analyzer)
        if "Korean" in each.name and len(subset.queries) < len(each.collection.queries):
            rankings = {name: system.rankings for name, system in whole.outcome.systems.items()}
            yield NamedOutcome(SUBSET, outcome_of(subset, whole.outcome.conditions, rankings))
