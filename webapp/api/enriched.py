"""The enriched question as JSON, in the shape in which its edited version comes back."""

from recommender.recommend.values import EnrichedQuestion, EnrichedTerm, Trait
from webapp.api.recommendation_shapes import EnrichedShape, RemovedShape, TermShape, TraitShape
from webapp.labels.enriched import part_reason, part_text


def enriched_shape(enriched: EnrichedQuestion) -> EnrichedShape:
    """The question, everything that was added to it, and what the reader took out."""
    return {
        "text": enriched.text,
        "terms": [_term_shape(term) for term in enriched.terms],
        "traits": [_trait_shape(trait) for trait in enriched.traits],
        "removed": [_removed_shape(part) for part in enriched.removed],
        "read_books": list(enriched.read_books),
        "left_out": enriched.left_out,
    }


def _term_shape(term: EnrichedTerm) -> TermShape:
    return {
        "id": term.id,
        "text": term.text,
        "source": term.source,
        "weight": term.weight,
        "detail": term.detail,
        "reason": part_reason(term),
    }


def _trait_shape(trait: Trait) -> TraitShape:
    return {
        "id": trait.id,
        "kind": trait.kind,
        "value": trait.value,
        "text": part_text(trait),
        "source": trait.source,
        "weight": trait.weight,
        "detail": trait.detail,
        "reason": part_reason(trait),
    }


def _removed_shape(part: EnrichedTerm | Trait) -> RemovedShape:
    return {"id": part.id, "text": part_text(part), "reason": part_reason(part)}
