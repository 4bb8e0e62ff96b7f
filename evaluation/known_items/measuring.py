"""Asking the library itself for books that are known to be there."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from evaluation.known_items.catalogue import KnownCatalogue
from evaluation.known_items.kinds import KINDS, Answered, Kind
from evaluation.known_items.results import CUT, Judged, KindReport, KnownItemsReport, estimates
from evaluation.known_items.sampling import KnownItem, sample
from evaluation.temporary import live_books
from recommender.errors import InputError
from recommender.library import Library
from recommender.search.request import MAX_QUERY_LENGTH, Mode, SearchRequest
from recommender.text.isbn import parse_isbn

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a catalogue is asked."""

    mode: Mode = Mode.HYBRID
    per_kind: int = 200
    seed: int = 2026
    kinds: Sequence[Kind] = KINDS


@dataclass(frozen=True, slots=True)
class Found:
    """One book of an answer."""

    book_id: str
    title: str


def measure_known_items(library: Library, catalogue: str, options: Options, *, report: Report) -> KnownItemsReport:
    """Ask for books of the live catalogue in every way.

    Args:
        library: with a catalogue loaded.
        catalogue: its name, for the report.
        options: how to ask.
        report: told of each kind before it is asked.

    Raises:
        InputError: nothing was loaded yet.
    """
    known = KnownCatalogue.of(live_books(library))
    kinds = []
    for kind in options.kinds:
        report(f"asking: {kind.name}")
        kinds.append(_measure_kind(library, known, kind, options))
    return KnownItemsReport(
        catalogue=catalogue,
        books=len(known.books),
        mode=options.mode.value,
        engine=library.settings.engine,
        encoder=library.encoder.name,
        bundle=library.bundle.version,
        seed=options.seed,
        per_kind=options.per_kind,
        kinds=tuple(kinds),
    )


def kinds_named(names: Collection[str]) -> tuple[Kind, ...]:
    """The kinds of these names, all of them for none.

    Raises:
        InputError: there is no kind of such a name.
    """
    known = {kind.name for kind in KINDS}
    if unknown := [name for name in names if name not in known]:
        raise InputError(f"--kinds {unknown[0]}: choose from {', '.join(kind.name for kind in KINDS)}")
    return tuple(kind for kind in KINDS if not names or kind.name in names)


def judge(item: KnownItem, expected: Collection[str], found: Sequence[Found]) -> Judged:
    """The place of the first expected book among the first that count."""
    places = (place for place, each in enumerate(found[:CUT], 1) if each.book_id in expected)
    return Judged(item.query, item.book.title, next(places, None), found[0].title if found else "")


def _measure_kind(library: Library, known: KnownCatalogue, kind: Kind, options: Options) -> KindReport:
    items = sample(kind, known, options.per_kind, seed=options.seed)
    if not items:
        return KindReport(kind.name, why_none=f"this catalogue has no {kind.wants}")
    judged = tuple(judge(item, _expected(item, kind, known), _ask(library, item, kind, options)) for item in items)
    mrr, success_at_1, success_at_10 = estimates(judged, seed=options.seed)
    return KindReport(kind.name, judged, mrr=mrr, success_at_1=success_at_1, success_at_10=success_at_10)


def _expected(item: KnownItem, kind: Kind, known: KnownCatalogue) -> frozenset[str]:
    if kind.answered is Answered.BY_ISBN:
        return known.with_isbn(parse_isbn(item.query) or "")
    return known.with_title_of(item.book)


def _ask(library: Library, item: KnownItem, kind: Kind, options: Options) -> list[Found]:
    if kind.answered is Answered.BY_SUGGESTION:
        return [Found(each.book_id, each.title) for each in library.search.suggest(item.query, CUT)]
    request = SearchRequest(query=item.query[:MAX_QUERY_LENGTH], mode=options.mode, size=CUT)
    return [Found(hit.book.id, hit.book.title) for hit in library.search.search(request).hits]
