"""Candidates for many questions: all their legs in one `msearch`, the books' records in one `mget`, rarely in two."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Protocol

from recommender.bundle import Bundle
from recommender.engine.base import Document, Engine, Search, SearchResult
from recommender.recommend.candidates.legs import candidate_searches, fused_legs
from recommender.recommend.candidates.ordering import candidates_of
from recommender.recommend.candidates.values import Candidates, Hunt
from recommender.search.evidence import SOURCE_FIELDS
from recommender.search.fusion import Fused
from recommender.search.service import BOOKS


class SecondReader(Protocol):
    """Who reads the first books of a ranking again, together with what was asked, where a model is set for that."""

    def read_again(self, query: str, fused: Fused) -> Fused:
        """The same ranking, its first books in a better order; without a model as it is."""


def find_all(
    engine: Engine, hunts: Sequence[Hunt], bundle: Bundle, second_reader: SecondReader
) -> tuple[Candidates, ...]:
    """For each hunt its books, best first, alike ones apart."""
    searches = [candidate_searches(hunt.wanted, hunt.excluded, bundle) for hunt in hunts]
    bodies = [Search(BOOKS, body) for legs in searches for body in legs.values()]
    answers = iter(engine.msearch(bodies) if bodies else ())
    ranked = [
        second_reader.read_again(hunt.wanted.meaning, fused_legs(hunt.wanted, _taken(legs, answers), bundle))
        for hunt, legs in zip(hunts, searches, strict=True)
    ]
    return tuple(_with_documents(engine, hunts, ranked, bundle))


def _taken(legs: Mapping[str, object], answers: Iterator[SearchResult]) -> dict[str, SearchResult]:
    """The next answers, by the legs that they belong to."""
    return {name: next(answers) for name in legs}


def _with_documents(
    engine: Engine, hunts: Sequence[Hunt], ranked: Sequence[Fused], bundle: Bundle
) -> Iterator[Candidates]:
    """The first books of each ranking; the later ones are read only where they can matter."""
    tuned = bundle.recommend
    firsts = [fused.ids[: max(tuned.diversity.pool, hunt.count)] for hunt, fused in zip(hunts, ranked, strict=True)]
    read = _read(engine, [book_id for ids in firsts for book_id in ids])
    found = [
        candidates_of(hunt, fused, _held(read, ids), tuned)
        for hunt, fused, ids in zip(hunts, ranked, firsts, strict=True)
    ]
    short = [
        not each.suffices and len(fused.ids) > len(ids) for each, fused, ids in zip(found, ranked, firsts, strict=True)
    ]
    read |= _read(
        engine, [book_id for fused in compress(ranked, short) for book_id in fused.ids if book_id not in read]
    )
    for hunt, fused, each, is_short in zip(hunts, ranked, found, short, strict=True):
        yield candidates_of(hunt, fused, _held(read, fused.ids), tuned) if is_short else each


def _read(engine: Engine, ids: Sequence[str]) -> dict[str, Document]:
    """Id → document, of those that are there."""
    wanted = list(dict.fromkeys(ids))
    found = engine.mget(BOOKS, wanted, source=SOURCE_FIELDS) if wanted else ()
    return {document.id: document for document in found if document}


def _held(read: Mapping[str, Document], ids: Sequence[str]) -> list[Document]:
    return [read[book_id] for book_id in ids if book_id in read]
