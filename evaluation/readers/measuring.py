"""Whether a reader's next book is found from those read before: the product's legs beside plain baselines."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from evaluation.readers.baselines import Factors, ItemNeighbours, Popularity, ReadingMatrix
from evaluation.readers.interactions import Interactions, by_reader, item_of
from evaluation.readers.measures import coverage, diversity, ndcg, novelty, recall
from evaluation.readers.results import BASELINE, PER_READER, LegReport, ReadersReport
from evaluation.readers.splitting import LEAST_BOOKS, Case, Split, leave_last_out
from evaluation.relevance.significance import compare
from recommender.errors import InputError
from recommender.models import HistoryEntry

if TYPE_CHECKING:
    from recommender.library import Library

Report = Callable[[str], None]


class RankingLeg(Protocol):
    """One way from histories to books."""

    @property
    def name(self) -> str:
        """As tables call it."""

    def recommend_all(self, cases: Sequence[Case], count: int) -> Iterable[Sequence[str]]:
        """For each reader at most `count` items, best first, none of them in the history."""


class Baseline(Protocol):
    """A way from one history to books."""

    @property
    def name(self) -> str:
        """As tables call it."""

    def recommend(self, case: Case, count: int) -> Sequence[str]:
        """At most `count` items, best first, none of them in the history."""


@dataclass(frozen=True, slots=True)
class OneByOne:
    """A baseline, asked for one reader after the other."""

    baseline: Baseline

    @property
    def name(self) -> str:
        """As tables call it."""
        return self.baseline.name

    def recommend_all(self, cases: Sequence[Case], count: int) -> Iterator[Sequence[str]]:
        """What the baseline recommends to each."""
        return (self.baseline.recommend(case, count) for case in cases)


@dataclass(frozen=True, slots=True)
class Options:
    """How readers are measured."""

    k: int = 10
    seed: int = 2026


@dataclass(frozen=True, slots=True)
class _Measured:
    """The lists of one leg and each reader's values."""

    leg: str
    lists: list[Sequence[str]]
    values: NDArray[np.float64]  # (n_cases, n_measures)


def measure_readers(
    library: "Library", interactions: Interactions, options: Options, *, report: Report
) -> ReadersReport:
    """Compare what needs no records: baselines, and the product's legs that go by readers alone, over all books of the file.

    Args:
        library: an empty one of its own for this measurement (`temporary_library`).
        interactions: who read what.
        options: how to measure.
        report: told of each step.

    Raises:
        InputError: no reader has two books.
    """
    from evaluation.readers.joining import held_by_name
    from evaluation.readers.product import BY_READERS, product_legs, remember

    report(f"holding {len(interactions.entries):,} readings' books by their names")
    entries = held_by_name(library, interactions)
    split = _split(interactions, entries, options)
    remember(library, _without(entries, split))
    matrix = ReadingMatrix(split.known)
    legs = [*_baselines(split.known, None, options), *product_legs(library, BY_READERS)]
    distances = _Distances("the readers that two books share", matrix.unit_columns)
    return replace(
        _report(interactions, split, legs, options, distances=distances, report=report), bundle=library.bundle.version
    )


def measure_readers_of(
    library: "Library", catalogue: Path, interactions: Interactions, options: Options, *, report: Report
) -> ReadersReport:
    """Compare all of the product's legs, too, on the readings of books that the catalogue holds.

    The library is left with those books alone, so that every leg chooses among the same; what the readers read besides is
    known to all.

    Args:
        library: one of its own for this measurement (`temporary_library`), with the catalogue loaded.
        catalogue: the file it was loaded from, for the report.
        interactions: who read what.
        options: how to measure.
        report: told of each step.

    Raises:
        InputError: the catalogue holds none of the books, or no reader has two of them.
    """
    from evaluation.readers.joining import keep_only, recognised
    from evaluation.readers.product import WEIGHTS, product_legs, remember

    report(f"looking up {len(interactions.entries):,} readings in {catalogue.name}")
    entries = recognised(library, interactions)
    joined = tuple(entry for entry in entries if entry.book_id)
    keep_only(library, {entry.book_id for entry in joined})
    split = _split(interactions, joined, options)
    readings = _without(entries, split)
    remember(library, readings)
    read = by_reader(readings)
    split = replace(split, cases=tuple(replace(case, history=tuple(read[case.reader_id])) for case in split.cases))
    known = {reader: tuple(map(item_of, books)) for reader, books in read.items()}
    among = {entry.book_id for entry in joined}
    legs = [*_baselines(known, among, options), *product_legs(library, tuple(WEIGHTS))]
    distances = _Distances("the texts' vectors", _text_vectors(library))
    return replace(
        _report(interactions, split, legs, options, distances=distances, report=report),
        catalogue=catalogue.name,
        unknown=len(interactions.entries) - len(joined),
        encoder=library.encoder.name,
        bundle=library.bundle.version,
    )


@dataclass(frozen=True, slots=True)
class _Distances:
    """By what two books are unlike: items → `(n_items, dims)` of length 1; an item without a vector is left out."""

    name: str
    vectors_of: Callable[[Sequence[str]], NDArray[np.float64]]


def _split(interactions: Interactions, entries: Sequence[HistoryEntry], options: Options) -> Split:
    split = leave_last_out(by_reader(entries), seed=options.seed)
    if not split.cases:
        raise InputError(
            f"{interactions.source}: no reader has {LEAST_BOOKS} of these books, so none can be taken away and found; "
            "give a file with whole histories, or a catalogue that holds more of their books"
        )
    return split


def _without(entries: Sequence[HistoryEntry], split: Split) -> list[HistoryEntry]:
    """The readings without what was taken away."""
    taken = {(case.reader_id, case.held_out) for case in split.cases}
    return [entry for entry in entries if (entry.reader_id, item_of(entry)) not in taken]


def _baselines(known: Mapping[str, Sequence[str]], among: Collection[str] | None, options: Options) -> list[RankingLeg]:
    baselines: list[Baseline] = [
        Popularity(known, among),
        ItemNeighbours(known, among),
        Factors(known, among, seed=options.seed),
    ]
    return list(map(OneByOne, baselines))


def _report(
    interactions: Interactions,
    split: Split,
    legs: Sequence[RankingLeg],
    options: Options,
    *,
    distances: _Distances,
    report: Report,
) -> ReadersReport:
    readers_of = Counter(item for items in split.known.values() for item in items)
    books = {*readers_of, *(case.held_out for case in split.cases)}
    measured = []
    for leg in legs:
        report(f"recommending by {leg.name} to {len(split.cases):,} readers")
        measured.append(_measure(leg, split, readers_of, distances, options))
    baseline = next(each for each in measured if each.leg == BASELINE)
    return ReadersReport(
        source=interactions.source,
        catalogue="",
        rows=interactions.rows,
        kept_out=interactions.kept_out,
        unknown=0,
        readers=len(split.known),
        books=len(books),
        interactions=readers_of.total() + len(split.cases),
        cases=len(split.cases),
        by_date=sum(case.by_date for case in split.cases),
        k=options.k,
        seed=options.seed,
        encoder="",
        bundle="",
        distances=distances.name,
        legs=tuple(_leg_report(each, baseline, n_books=len(books), seed=options.seed) for each in measured),
    )


def _measure(
    leg: RankingLeg, split: Split, readers_of: Mapping[str, int], distances: _Distances, options: Options
) -> _Measured:
    lists = [ranked[: options.k] for ranked in leg.recommend_all(split.cases, options.k)]
    values = [
        (
            recall(ranked, case.held_out),
            ndcg(ranked, case.held_out),
            novelty(ranked, readers_of, len(split.known)),
            diversity(distances.vectors_of(ranked)),
        )
        for ranked, case in zip(lists, split.cases, strict=True)
    ]
    return _Measured(leg.name, lists, np.array(values, dtype=np.float64))


def _leg_report(measured: _Measured, baseline: _Measured, *, n_books: int, seed: int) -> LegReport:
    means = compare(measured.values, np.zeros_like(measured.values), seed=seed)
    beyond = compare(measured.values, baseline.values, seed=seed) if measured is not baseline else []
    return LegReport(
        leg=measured.leg,
        means=dict(zip(PER_READER, means, strict=True)),
        beyond_baseline=dict(zip(PER_READER, beyond, strict=False)),
        coverage=coverage(measured.lists, n_books),
        empty=sum(not ranked for ranked in measured.lists),
    )


def _text_vectors(library: "Library") -> Callable[[Sequence[str]], NDArray[np.float64]]:
    from evaluation.temporary import live_books
    from recommender.records import content_text

    books = live_books(library)
    row_of = {book.id: row for row, book in enumerate(books)}
    vectors = library.encoder.encode_documents([content_text(book) for book in books]).astype(np.float64)
    return lambda items: vectors[[row_of[item] for item in items if item in row_of]]
