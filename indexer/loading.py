"""Loading and rebuilding the catalogue: files or stored records → a verified generation behind the alias."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from indexer.appeal.appraising import Appraiser
from indexer.checking import Sampler, check_count, check_sample
from indexer.cleaning.rows import RowCleaner
from indexer.documents import DocumentTokens, book_document, tokenise_books
from indexer.generations import GenerationRecords
from indexer.locking import RunningLoad, one_load
from indexer.progress import Progress
from indexer.reading import Reading, read_books
from indexer.report import LoadReport, file_reports
from indexer.rollover import ALIAS, NewGeneration, Rollover
from indexer.works.assembling import Assembly, assemble
from recommender.appeal.correcting import AppealCorrector
from recommender.appeal.corrections import Correction, CorrectionStore
from recommender.appeal.estimating import AppealEstimator
from recommender.call_numbers import ShelfPrefixes
from recommender.encoding.base import Encoder
from recommender.encoding.fitting import MAX_TEXTS
from recommender.encoding.live import fit_to_catalogue
from recommender.engine.base import Engine
from recommender.engine.schema import books_schema
from recommender.errors import InputError
from recommender.models import Book
from recommender.records import book_from_record, content_text

BATCH = 1_000
"""Books tokenised, encoded and written at a time: enough to keep every core busy, about 20 MB of memory."""


class Analyzer(DocumentTokens, Protocol):
    """The part of the analyser that an index is built with."""

    @property
    def fingerprint(self) -> str:
        """What decides the tokens."""


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How files are loaded."""

    add: bool = False  # keep the live books and merge the files into them
    dry_run: bool = False  # read and report, change nothing
    columns: Mapping[str, str] | None = None  # field → column, as the operator says


class CatalogueLoader:
    """Builds generations of the catalogue for one engine, analyser and encoder."""

    def __init__(
        self,
        engine: Engine,
        analyzer: Analyzer,
        encoder: Encoder,
        *,
        prefixes: ShelfPrefixes,
        data_dir: Path,
        clock: Callable[[], datetime],
        progress: Progress,
    ) -> None:
        """`clock` gives instants with a time zone."""
        self._engine = engine
        self._analyzer = analyzer
        self._encoder = encoder
        self._prefixes = prefixes
        self._data_dir = data_dir
        self._clock = clock
        self._progress = progress
        self._records = GenerationRecords(engine)

    def load(
        self,
        paths: Sequence[Path],
        options: LoadOptions,
        *,
        may_shrink: Callable[[int, int], bool] = lambda _new, _old: True,
    ) -> LoadReport:
        """Load files in place of the live catalogue, or into it.

        Args:
            paths: CSV, JSON, JSONL or Excel files; records of one work are merged over all of them.
            options: how.
            may_shrink: asked (books now, books before) if the new catalogue is less than half the live one.

        Raises:
            InputError: a file cannot be used, or another load runs; nothing was changed.
            EngineError: the engine failed; the live catalogue is as it was.
        """
        started = self._clock()
        reading = self._read(paths, options)
        if options.dry_run:
            return self._report(reading, assemble(reading.rows, self._live_books(options)), started)
        with one_load(self._data_dir, self._records, self._clock) as running:
            assembly = assemble(reading.rows, self._live_books(options))
            report = self._report(reading, assembly, started)
            if _shrinks(report) and not may_shrink(report.books, report.books_before or 0):
                raise InputError("the load was called off; nothing was changed")
            return self._replace(running, lambda: assembly.books, report, started)

    def reindex(self) -> LoadReport:
        """Rebuild the live catalogue from its stored records: after a change of encoder, dictionary or mapping.

        Raises:
            InputError: nothing was loaded yet, or another load runs.
            EngineError: the engine failed; the live catalogue is as it was.
        """
        started = self._clock()
        with one_load(self._data_dir, self._records, self._clock) as running:
            live = self._engine.aliases().get(ALIAS)
            if live is None:
                raise InputError("there is no catalogue to rebuild yet; run `python -m indexer books load FILE`")
            count = self._engine.count(live)
            report = LoadReport(files=(), books=count, copies=0, books_before=count)
            return self._replace(running, lambda: stored_books(self._engine, live), report, started)

    def load_books(self, books: Sequence[Book]) -> LoadReport:
        """Put books in place of the live catalogue just as they are: nothing is read, cleaned or merged.

        Raises:
            InputError: another load runs.
            EngineError: the engine failed; the live catalogue is as it was.
        """
        started = self._clock()
        with one_load(self._data_dir, self._records, self._clock) as running:
            report = LoadReport(files=(), books=len(books), copies=sum(book.copies for book in books))
            return self._replace(running, lambda: books, report, started)

    def rollover(self, running: RunningLoad | None = None) -> Rollover:
        """The generations of this catalogue."""

        def step(name: str) -> None:
            self._progress.begin(name)
            if running:
                running.heard()

        return Rollover(self._engine, self._records, clock=self._clock, step=step)

    def roll_back(self) -> tuple[str, str]:
        """Make the previous generation live again; returns (now live, live before).

        Raises:
            InputError: there is none, or a load runs.
        """
        with one_load(self._data_dir, self._records, self._clock):
            names = self.rollover().roll_back()
            self._correct_again(list(CorrectionStore(self._engine).all()), self._encoder)
            return names

    def _read(self, paths: Sequence[Path], options: LoadOptions) -> Reading:
        self._progress.begin("reading")
        cleaner = RowCleaner(self._prefixes, this_year=self._clock().year)
        reading = read_books(paths, cleaner, options.columns or {})
        if not reading.rows:
            first = reading.problems[0].sentence() if reading.problems else "no row could be used"
            raise InputError(f"none of {sum(reading.records.values()):,} rows could be used; the first: {first}")
        return reading

    def _live_books(self, options: LoadOptions) -> Iterator[Book]:
        live = self._engine.aliases().get(ALIAS)
        return stored_books(self._engine, live) if options.add and live else iter(())

    def _report(self, reading: Reading, assembly: Assembly, started: datetime) -> LoadReport:
        live = self._engine.aliases().get(ALIAS)
        return LoadReport(
            files=file_reports(reading, assembly, self._data_dir / "problems"),
            books=len(assembly.books),
            copies=sum(book.copies for book in assembly.books),
            books_before=self._engine.count(live) if live else None,
            seconds=(self._clock() - started).total_seconds(),
        )

    def _replace(
        self, running: RunningLoad, books: Callable[[], Iterable[Book]], report: LoadReport, started: datetime
    ) -> LoadReport:
        """Build the next generation; `books` is asked for twice if the encoder learns from them first."""
        encoder, learnt = self._fit(books, report.books, running)
        self._progress.begin("estimating")
        appraiser = Appraiser(CorrectionStore(self._engine), AppealEstimator.for_encoder(encoder))
        schema = books_schema(
            encoder=encoder.name,
            dims=encoder.dims,
            analyzer=self._analyzer.fingerprint,
            expected_books=report.books,
        )
        sampler = Sampler(report.books)
        self._progress.begin("indexing", report.books)

        def check(index: str, written: int) -> None:
            check_count(self._engine, index, written)
            check_sample(self._engine, index, sampler.sample)

        batches = sampler.watch(self._documents(books(), encoder, appraiser, running))
        summary = {"books": report.books, "copies": report.copies, "files": [file.source for file in report.files]}
        rollover = self.rollover(running)
        generation = rollover.replace(NewGeneration(schema, batches, check, summary, lambda: learnt))
        self._correct_again(appraiser.missed(), encoder)
        return replace(
            report,
            appeal=appraiser.counts,
            generation=generation.name,
            previous=rollover.previous() or "",
            seconds=(self._clock() - started).total_seconds(),
        )

    def _fit(
        self, books: Callable[[], Iterable[Book]], count: int, running: RunningLoad
    ) -> tuple[Encoder, dict[str, bytes]]:
        """The encoder for these books, and what of it is stored with the generation."""

        def texts() -> Iterator[str]:
            self._progress.begin("fitting", min(count, MAX_TEXTS))
            return (content_text(book) for book in books())

        def advance(parts: int) -> None:
            self._progress.advance(parts)
            running.heard()

        return fit_to_catalogue(self._encoder, texts, advance)

    def _correct_again(self, corrections: Sequence[Correction], encoder: Encoder) -> None:
        """Bring the live catalogue in line with corrections that it was built without."""
        AppealCorrector(self._engine, encoder, self._clock).bring_up_to_date(corrections)

    def _documents(
        self, books: Iterable[Book], encoder: Encoder, appraiser: Appraiser, running: RunningLoad
    ) -> Iterator[dict[str, dict[str, Any]]]:
        """Documents in batches, made one at a time."""
        remaining = iter(books)
        while batch := list(islice(remaining, BATCH)):
            tokens = tokenise_books(batch, self._analyzer)
            vectors = encoder.encode_documents([content_text(book) for book in batch])
            yield {
                book.id: book_document(book, book_tokens, vector)
                for book, book_tokens, vector in zip(appraiser.appraise(batch, vectors), tokens, vectors, strict=True)
            }
            self._progress.advance(len(batch))
            running.heard()


def stored_books(engine: Engine, index: str) -> Iterator[Book]:
    """Every book of a generation, from its stored record, in the order of ids."""
    return (book_from_record(document.source["record"]) for document in engine.scan(index, source=["record"]))


def _shrinks(report: LoadReport) -> bool:
    """Whether a catalogue is about to lose more than half of its books, which is rarely meant."""
    return report.books_before is not None and report.books * 2 < report.books_before
