"""Candidates for many questions: all their legs in one `msearch`, the books' records in one `mget`, rarely in two."""

from collections.abc import Iterator, Mapping, Sequence

from recommender.bundle import Bundle
from recommender.engine.base import Document, Engine, Search, SearchResult
from recommender.recommend.candidates.legs import candidate_searches, fused_legs
from recommender.recommend.candidates.ordering import in_front, is_in, language_first
from recommender.recommend.candidates.restricting import allowed
from recommender.recommend.candidates.values import Candidates, Hunt
from recommender.search.evidence import SOURCE_FIELDS
from recommender.search.fusion import Fused
from recommender.search.service import BOOKS

READ_AHEAD = 2
"""Times as many records are read as books are wanted: enough unless many are by one author, disliked or in another language.
All that the legs find are some 150; reading those took longer than finding them."""


def find_all(engine: Engine, hunts: Sequence[Hunt], bundle: Bundle) -> tuple[Candidates, ...]:
    """For each hunt its books, best first, not too many of one author in front."""
    searches = [candidate_searches(hunt.wanted, hunt.excluded, bundle) for hunt in hunts]
    bodies = [Search(BOOKS, body) for legs in searches for body in legs.values()]
    answers = iter(engine.msearch(bodies) if bodies else ())
    ranked = [
        fused_legs(hunt.wanted, _taken(legs, answers), bundle) for hunt, legs in zip(hunts, searches, strict=True)
    ]
    return tuple(_with_documents(engine, hunts, ranked, bundle))


def _taken(legs: Mapping[str, object], answers: Iterator[SearchResult]) -> dict[str, SearchResult]:
    """The next answers, by the legs that they belong to."""
    return {name: next(answers) for name in legs}


def _with_documents(
    engine: Engine, hunts: Sequence[Hunt], ranked: Sequence[Fused], bundle: Bundle
) -> Iterator[Candidates]:
    """The first books of each ranking; the later ones are read only where they can matter."""
    firsts = [fused.ids[: READ_AHEAD * hunt.count] for hunt, fused in zip(hunts, ranked, strict=True)]
    read = _read(engine, [book_id for ids in firsts for book_id in ids])
    short = [
        fused.ids[READ_AHEAD * hunt.count :]
        for hunt, fused, ids in zip(hunts, ranked, firsts, strict=True)
        if not _suffices(hunt, _held(read, ids), bundle)
    ]
    read |= _read(engine, [book_id for ids in short for book_id in ids])
    for hunt, fused in zip(hunts, ranked, strict=True):
        yield Candidates(_first(hunt, _held(read, fused.ids), bundle), fused)


def _read(engine: Engine, ids: Sequence[str]) -> dict[str, Document]:
    """Id → document, of those that are there."""
    wanted = list(dict.fromkeys(ids))
    found = engine.mget(BOOKS, wanted, source=SOURCE_FIELDS) if wanted else ()
    return {document.id: document for document in found if document}


def _held(read: Mapping[str, Document], ids: Sequence[str]) -> list[Document]:
    return [read[book_id] for book_id in ids if book_id in read]


def _suffices(hunt: Hunt, documents: Sequence[Document], bundle: Bundle) -> bool:
    """Whether no later book can come before the last of these."""
    front, _ = in_front(allowed(documents, hunt.excluded), bundle.recommend.candidates.books_per_author)
    return sum(is_in(document, hunt.wanted.language) for document in front) >= hunt.count


def _first(hunt: Hunt, documents: Sequence[Document], bundle: Bundle) -> tuple[Document, ...]:
    front, later = in_front(allowed(documents, hunt.excluded), bundle.recommend.candidates.books_per_author)
    return tuple(language_first(front + later, hunt.wanted.language)[: hunt.count])
