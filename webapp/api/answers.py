"""From the core's values to the JSON shapes, one function a shape."""

from flask import url_for

from recommender.models import Book, Holding
from recommender.recommend.safety import HELP_LINES
from recommender.recommend.values import Recommendation, Recommendations
from recommender.search.results import BookHit, Facet, LegRank, SearchResults, Suggestion
from recommender.search.routing.kinds import QueryKind
from recommender.search.routing.values import Route
from webapp.api.enriched import enriched_shape
from webapp.api.recommendation_shapes import CostShape, RecommendationAnswer, RecommendationShape
from webapp.api.shapes import (
    BookShape,
    FacetShape,
    FullBookShape,
    HelpLineShape,
    HitShape,
    HoldingShape,
    LegShape,
    RouteShape,
    SearchAnswer,
    SuggestionShape,
)
from webapp.labels import help_lines
from webapp.labels.evidence import evidence_text, why_text
from webapp.labels.facets import value_label
from webapp.labels.help_lines import HelpLine, help_lines_beside
from webapp.labels.routes import route_text
from webapp.params.search import last_page


def search_answer(results: SearchResults) -> SearchAnswer:
    """A whole page of hits."""
    lines = help_lines_beside(results)
    return {
        "query": results.request.query,
        "mode": results.request.mode,
        "total": results.total,
        "total_by_meaning": results.total_by_meaning,
        "page": results.request.page,
        "pages": last_page(results),
        "size": results.request.size,
        "hits": [hit_shape(hit) for hit in results.hits],
        "facets": [_facet_shape(facet) for facet in results.facets],
        "suggestion": results.suggestion,
        "searched_as": results.searched_as,
        "kind": results.understood.kind if results.understood else QueryKind.KEYWORDS,
        "words": results.understood.words if results.understood else results.request.query,
        "understood": [_route_shape(route) for route in results.routes],
        "relaxed": list(results.relaxed),
        "notice": HELP_LINES if lines else "",
        "help_lines": [_help_line_shape(line) for line in lines],
        "timings": dict(results.timings),
    }


def book_shape(book: Book) -> BookShape:
    """A book in short."""
    return {
        "id": book.id,
        "title": book.title,
        "subtitle": book.subtitle,
        "people": [{"name": person.name, "role": person.role} for person in book.people],
        "publisher": book.publisher,
        "year": book.year,
        "language": book.language,
        "call_number": book.call_number,
        "kdc": book.kdc,
        "isbn": list(book.isbns),
        "audience": book.audience,
        "form": book.form,
        "available": book.available,
        "copies": book.copies,
        "copies_available": sum(holding.status.is_borrowable for holding in book.holdings),
        "url": url_for("pages.book", book_id=book.id),
    }


def full_book_shape(book: Book) -> FullBookShape:
    """A book with everything known of it."""
    return {
        **book_shape(book),
        "parallel_title": book.parallel_title,
        "other_titles": list(book.other_titles),
        "series": book.series,
        "description": book.description,
        "keywords": list(book.keywords),
        "categories": list(book.categories),
        "moods": list(book.moods),
        "effects": list(book.effects),
        "depth": book.depth,
        "pace": book.pace,
        "appeal": [
            {"facet": term.facet, "code": term.code, "confidence": term.confidence, "source": term.source}
            for term in book.appeal
        ],
        "pages": book.pages,
        "loans": book.loans,
        "holdings": [_holding_shape(holding) for holding in book.holdings],
        "former_ids": list(book.former_ids),
    }


def hit_shape(hit: BookHit) -> HitShape:
    """One book found, with the evidence for its place."""
    return {
        **book_shape(hit.book),
        "rank": hit.rank,
        "score": hit.score,
        "by_meaning": hit.by_meaning,
        "pinned": hit.pinned,
        "highlights": {
            field: [{"text": fragment.text, "matched": fragment.matched} for fragment in fragments]
            for field, fragments in hit.highlights.items()
        },
        "why": [{"code": why.code, "words": list(why.words), "text": why_text(why)} for why in hit.why],
        "legs": [_leg_shape(leg) for leg in hit.legs],
    }


def suggestion_shape(suggestion: Suggestion) -> SuggestionShape:
    """One line of search as you type."""
    return {
        "id": suggestion.book_id,
        "title": suggestion.title,
        "author": suggestion.author,
        "call_number": suggestion.call_number,
        "available": suggestion.available,
        "url": url_for("pages.book", book_id=suggestion.book_id),
    }


def recommendation_answer(answer: Recommendations) -> RecommendationAnswer:
    """The whole answer; the reader is not repeated in it."""
    question, intake = answer.question, answer.question.intake
    return {
        "question": {
            "text": question.text,
            "intake": {
                "mood": intake.mood,
                "effect": intake.effect,
                "occupation": intake.occupation,
                "situation": intake.situation,
                "focus": intake.focus,
                "mood_text": intake.mood_text,
                "effect_text": intake.effect_text,
                "occupation_text": intake.occupation_text,
                "situation_text": intake.situation_text,
                "focus_text": intake.focus_text,
            },
            "size": question.size,
            "num_candidates": question.num_candidates,
            "method": answer.method,
        },
        "enriched": enriched_shape(answer.enriched),
        "recommendations": [recommendation_shape(recommendation) for recommendation in answer.recommendations],
        "candidates": list(answer.candidates),
        "usage": {
            "prompt_tokens": answer.usage.prompt_tokens,
            "completion_tokens": answer.usage.completion_tokens,
        },
        "timings": dict(answer.timings),
        "cost": _cost_shape(answer),
        "served_from": answer.served_from,
        "created_at": answer.created_at.isoformat(timespec="seconds") if answer.created_at else None,
        "bundle": answer.bundle,
        "notice": answer.notice,
        "help_lines": [_help_line_shape(line) for line in help_lines.HELP_LINES if answer.notice == HELP_LINES],
    }


def _cost_shape(answer: Recommendations) -> CostShape:
    cost = answer.cost
    return {
        "prompt_tokens": answer.usage.prompt_tokens,
        "completion_tokens": answer.usage.completion_tokens,
        "seconds": cost.seconds,
        "watt_hours": cost.watt_hours,
        "energy_is_measured": cost.is_measured,
        "price": cost.price,
        "currency": cost.currency if cost.price is not None else "",
    }


def recommendation_shape(recommendation: Recommendation) -> RecommendationShape:
    """One suggested book with its reasons."""
    return {
        "book": book_shape(recommendation.book),
        "reasons": {
            "why": recommendation.reasons.why,
            "help": recommendation.reasons.help,
            "why_source": recommendation.reasons.why_source,
            "help_source": recommendation.reasons.help_source,
            "dropped": list(recommendation.reasons.dropped),
        },
        "evidence": [
            {"code": evidence.code, "words": list(evidence.words), "text": evidence_text(evidence)}
            for evidence in recommendation.evidence
        ],
        "legs": [_leg_shape(leg) for leg in recommendation.legs],
        "generated_by": recommendation.generated_by,
    }


def _help_line_shape(line: HelpLine) -> HelpLineShape:
    return {"number": line.number, "name": str(line.name), "about": str(line.about)}


def _holding_shape(holding: Holding) -> HoldingShape:
    return {
        "status": holding.status,
        "location": holding.location,
        "call_number": holding.call_number.text if holding.call_number else "",
        "registration_number": holding.registration_number,
        "title": holding.title,
        "volume": holding.volume,
        "isbn": holding.isbn,
        "publisher": holding.publisher,
        "year": holding.year,
        "registered_on": holding.registered_on,
    }


def _route_shape(route: Route) -> RouteShape:
    return {"code": route.code, "phrase": route.phrase, "value": route.value, "text": route_text(route)}


def _leg_shape(leg: LegRank) -> LegShape:
    return {"leg": leg.leg, "rank": leg.rank, "score": leg.score, "contribution": leg.contribution}


def _facet_shape(facet: Facet) -> FacetShape:
    return {
        "name": facet.name,
        "values": [
            {
                "value": value.value,
                "label": value_label(facet.name, value.value),
                "count": value.count,
                "selected": value.selected,
            }
            for value in facet.values
        ],
    }
