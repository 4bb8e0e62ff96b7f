"""The endpoint's addresses: each view parses, calls and renders."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from recommender.errors import IndexMissingError, SeogaError
from recommender.generation.base import GeneratorState
from recommender.recommend.answering import GENERATOR_BUSY
from recommender.recommend.values import Question, Recommendations
from webapp.api import shapes
from webapp.api.answers import (
    full_book_shape,
    hit_shape,
    recommendation_answer,
    search_answer,
    suggestion_shape,
)
from webapp.api.bodies import recommendation_body
from webapp.api.openapi import openapi_document
from webapp.api.operations import Operation, operation
from webapp.api.recommendation_shapes import RECOMMENDATION_EVENTS, RecommendationAnswer
from webapp.api.streams import answer_events
from webapp.current import library
from webapp.languages import current_language
from webapp.params.kinds import ParameterError
from webapp.params.recommend import question_from_json
from webapp.params.search import (
    QUERY,
    SEARCH,
    SIMILAR,
    SIMILAR_BOOKS,
    SUGGESTED,
    SUGGESTIONS,
    search_request,
)
from webapp.params.waiting import Waiting, waiting_from_json
from webapp.streaming import client_has_left, event_stream, held_connections, wants_events
from webapp.version import VERSION

SUGGEST_AGE = 60
"""Seconds that a browser may keep a line of suggestions: typing back and forth asks the same again."""

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
@operation(Operation("Search or browse the catalogue.", shapes.SearchAnswer, parameters=SEARCH))
def search() -> Response:
    """One page of hits, with facets and the evidence for every hit."""
    results = library().search.search(search_request(request.args))
    return jsonify(search_answer(results))


@blueprint.get("/books/<path:book_id>")
@operation(Operation("One book with all its copies.", shapes.FullBookShape, problems=(404, 503)))
def book(book_id: str) -> Response:
    """Everything known of one book; a former id leads to the book it became."""
    return jsonify(full_book_shape(library().search.book(book_id)))


@blueprint.get("/books/<path:book_id>/similar")
@operation(
    Operation("Books like one.", shapes.SimilarAnswer, parameters=(SIMILAR,), problems=(400, 404, 503)),
)
def similar(book_id: str) -> Response:
    """Books near one in meaning and subject."""
    size = SIMILAR.read(request.args) or SIMILAR_BOOKS
    found = library().search.book(book_id)
    hits = library().search.similar(found.id, size)
    return jsonify(shapes.SimilarAnswer(id=found.id, hits=[hit_shape(hit) for hit in hits]))


@blueprint.get("/suggest")
@operation(Operation("Search as you type.", shapes.SuggestAnswer, parameters=(QUERY, SUGGESTED)))
def suggest() -> Response:
    """Works that go on like what was typed, one line each; half-typed syllables and initial consonants will do."""
    typed = QUERY.read(request.args)
    suggestions = library().search.suggest(typed, SUGGESTED.read(request.args) or SUGGESTIONS) if typed else ()
    lines = [suggestion_shape(suggestion) for suggestion in suggestions]
    response = jsonify(shapes.SuggestAnswer(query=typed, suggestions=lines))
    response.headers["Cache-Control"] = f"private, max-age={SUGGEST_AGE}"
    return response


@blueprint.post("/recommendations")
@operation(
    Operation(
        "Explained recommendations for a question, a mood or a reader.",
        RecommendationAnswer,
        body=recommendation_body(),
        events=RECOMMENDATION_EVENTS,
        problems=(400, 404, 413, 415, 503),
    ),
)
def recommendations() -> Response:
    """Held books for a question, each with reasons and the evidence they rest on; all at once, or word by word."""
    body = _json_body()
    question = question_from_json(body, language=current_language())
    waiting = waiting_from_json(body, accepts_events=wants_events())
    if waiting.streams:
        answer = library().answers.begin(question)
        return event_stream(answer_events(answer, held_connections(), seconds=waiting.seconds))
    with held_connections().hold() as may_wait:
        return jsonify(recommendation_answer(_answered(question, waiting, may_wait=may_wait)))


def _answered(question: Question, waiting: Waiting, *, may_wait: bool) -> Recommendations:
    if waiting.seconds == 0:
        return library().answers.composed(question)
    if not may_wait:
        return library().answers.composed(question, GENERATOR_BUSY)
    return library().answers.answer(question, seconds=waiting.seconds, has_left=client_has_left())


@blueprint.get("/health")
@operation(Operation("Whether the library can answer.", shapes.HealthAnswer, problems=()))
def health() -> tuple[Response, int]:
    """200 when searches are answered, else 503 with the same body."""
    state = _state()
    status = HTTPStatus.OK if state["status"] == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(state), status


@blueprint.get("/openapi.json")
@operation(Operation("This document.", None, problems=()))
def openapi() -> Response:
    """The OpenAPI 3.1 document, made from the routes."""
    return jsonify(openapi_document(current_app))


def _json_body() -> Any:
    """The request's JSON; what is none is an error that says so, never a guess."""
    try:
        return request.get_json()
    except (RequestEntityTooLarge, UnsupportedMediaType):
        raise
    except (HTTPException, RecursionError) as error:
        raise ParameterError(
            "body",
            _(
                "The request's body is no JSON; send an object such as %(example)s.",
                example='{"question": "친구 관계가 힘들 때 읽을 책"}',
            ),
        ) from error


def _state() -> shapes.HealthAnswer:
    state = shapes.HealthAnswer(
        status="ok",
        engine={"name": library().settings.engine, "ok": True},
        books=None,
        generator=_generator_state(),
        version=VERSION,
    )
    try:
        state["engine"]["ok"] = library().engine.health().ok
        state["books"] = library().search.book_count()
    except IndexMissingError:
        state["status"] = "empty"
    except SeogaError:
        state["status"] = "unavailable"
    if not state["engine"]["ok"]:
        state["status"] = "unavailable"
    return state


def _generator_state() -> shapes.GeneratorShape:
    name, state = library().settings.generator, library().answers.state()
    return {
        "name": name,
        "model": state.generator is not GeneratorState.NO_MODEL,
        "state": state.generator,
        "writing": state.writing,
        "waiting": state.waiting,
        "failing_for": state.failing_for,
    }
