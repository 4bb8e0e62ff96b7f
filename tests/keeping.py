"""A small library whose answers are kept: with its own clock, caches that can be looked into, and any generator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from recommender.bundle import Bundle, load_bundle
from recommender.caching.factory import Caches
from recommender.caching.memory import MemoryCache
from recommender.engine.base import Action, Operation
from recommender.generation.base import (
    Cancelled,
    Choice,
    ChoiceTask,
    Generator,
    GeneratorState,
    ModelInfo,
    Piece,
    WritingTask,
    Written,
)
from recommender.generation.composed import ComposedGenerator
from recommender.models import HistoryEntry
from recommender.readers.pseudonyms import Naming, StoredNames
from recommender.readers.store import ReaderStore
from recommender.recommend.keeping.keeping import AnswerKeeper
from recommender.recommend.keeping.precomputed import PrecomputedAnswers
from recommender.recommend.service import RecommendService
from recommender.search.service import SearchService
from tests.small_library import SmallLibrary

SECRET = b"a secret of a test"


class Storyteller:
    """A model that writes one harmless sentence, or falls silent."""

    at_once = 1
    state = GeneratorState.READY

    def __init__(self, name: str = "storyteller", *, is_silent: bool = False) -> None:
        self.name = name
        self.info = ModelInfo(name, device="cpu")
        self._tokens = 0 if is_silent else 7

    def start_loading(self) -> None:
        """It is ready."""

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        return tuple(Choice((0.0,) * task.candidates, self._tokens) for task in tasks)

    def write(self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float) -> tuple[Written, ...]:
        del max_tokens, temperature
        return tuple(
            Written(task.fallback, self.name, self._tokens, self._tokens, task=place)
            for place, task in enumerate(tasks)
        )

    def stream(
        self, tasks: Sequence[WritingTask], *, max_tokens: int, temperature: float, cancelled: Cancelled
    ) -> Iterator[Piece | Written]:
        del cancelled
        yield from self.write(tasks, max_tokens=max_tokens, temperature=temperature)


def room() -> MemoryCache:
    """A cache that nothing falls out of."""
    return MemoryCache(10_000_000, 3_600)


@dataclass(slots=True)
class Desk:
    """Where a library's answers are asked for; everything that they depend on can be changed between two questions."""

    library: SmallLibrary
    generator: Generator = field(default_factory=ComposedGenerator)
    bundle: Bundle = field(default_factory=load_bundle)
    shared: MemoryCache = field(default_factory=room)
    private: MemoryCache = field(default_factory=room)
    now: datetime = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

    @property
    def precomputed(self) -> PrecomputedAnswers:
        """What was made before readers asked."""
        return PrecomputedAnswers(self.library.engine)

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    def keeper(self, readers: ReaderStore | None = None) -> AnswerKeeper:
        """What keeps answers, as things are now."""
        return AnswerKeeper(
            engine=self.library.engine,
            readers=readers or self.library.readers,
            caches=Caches(self.shared, self.private),
            precomputed=self.precomputed,
            bundle=self.bundle,
            generator=self.generator,
            secret=SECRET,
            now=lambda: self.now,
        )

    def service(self, naming: Naming | None = None) -> RecommendService:
        """What answers, as things are now."""
        library = self.library
        readers = ReaderStore(library.engine, naming, library.analyzer) if naming else library.readers
        return RecommendService(
            engine=library.engine,
            search=SearchService(library.engine, library.analyzer, library.encoder, self.bundle.search),
            readers=readers,
            analyzer=library.analyzer,
            encoder=library.encoder,
            generator=self.generator,
            bundle=self.bundle,
            keeper=self.keeper(readers),
        )

    def by_pseudonym(self) -> RecommendService:
        """The same for work over all readers."""
        return self.service(StoredNames())


def add_reader(desk: Desk, reader_id: str, *entries: HistoryEntry) -> None:
    """Let somebody have read something more."""
    pseudonym = desk.library.readers.pseudonym(reader_id)
    desk.library.readers.write_history([replace(entry, reader_id=pseudonym) for entry in entries])


def change_record(desk: Desk, book_id: str, **fields: object) -> None:
    """Let a book's record say something else."""
    engine = desk.library.engine
    (document,) = engine.mget("books", [book_id], source=["record"])
    assert document is not None
    live = engine.aliases()["books"]
    engine.bulk(live, [Operation(Action.UPDATE, book_id, {"record": document.source["record"] | fields})], refresh=True)
