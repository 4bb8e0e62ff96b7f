"""The traits that a book should have, as clauses that score: pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from recommender.bundle import CandidatesBundle
from recommender.recommend.genres import CLASSES
from recommender.recommend.values import Trait, TraitKind
from recommender.search.filtering import bounds

Clause = dict[str, Any]

FIELDS: Mapping[TraitKind, str] = {
    TraitKind.MOOD: "moods",
    TraitKind.EFFECT: "effects",
    TraitKind.PACE: "pace",
    TraitKind.DEPTH: "depth",
    TraitKind.LEVEL: "audience",
    TraitKind.FORM: "form",
}
"""Trait → the field that holds its value as a code."""


ESTIMATED = frozenset({TraitKind.MOOD, TraitKind.EFFECT, TraitKind.PACE, TraitKind.DEPTH})
"""Traits that are estimated where neither the record nor a librarian speaks of them."""


def appeal_clauses(traits: Iterable[Trait], candidates: CandidatesBundle, *, times: float = 1.0) -> list[Clause]:
    """The clauses that give a trait's weight to the books that have it, and a share of it to those that may."""
    wanted = (trait for trait in traits if trait.kind is not TraitKind.LIMIT)
    return [clause for trait in wanted for clause in _clauses(trait, trait.weight * times, candidates)]


def _clauses(trait: Trait, weight: float, candidates: CandidatesBundle) -> Iterator[Clause]:
    yield _scored(trait_filter(trait), weight)
    if trait.kind in ESTIMATED:
        key = f"{trait.kind}:{trait.value}"
        yield _scored({"term": {"likely_appeal": key}}, weight * candidates.likely_appeal_share)
        yield _scored({"term": {"possible_appeal": key}}, weight * candidates.possible_appeal_share)


def _scored(wanted: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": wanted, "boost": round(boost, 6)}}


def trait_filter(trait: Trait) -> Clause:
    """The books that have a trait."""
    if trait.kind is TraitKind.PAGES:
        return {"range": {"pages": bounds(*page_bounds(trait.value))}}
    if trait.kind is TraitKind.GENRE:
        return {"terms": {"kdc": list(CLASSES[trait.value])}}
    return {"term": {FIELDS[trait.kind]: trait.value}}


def page_bounds(value: str) -> tuple[int | None, int | None]:
    """The bounds that a `TraitKind.PAGES` names: `-250` at most, `400-` at least so many."""
    first, _, last = value.partition("-")
    return int(first) if first else None, int(last) if last else None
