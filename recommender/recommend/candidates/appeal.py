"""The traits that a book should have, as clauses that score: pure."""

from collections.abc import Iterable, Mapping
from typing import Any

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


def appeal_clauses(traits: Iterable[Trait]) -> list[Clause]:
    """One clause a trait, which gives its weight to the books that have it."""
    return [
        {"constant_score": {"filter": trait_filter(trait), "boost": round(trait.weight, 6)}}
        for trait in traits
        if trait.kind is not TraitKind.LIMIT
    ]


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
