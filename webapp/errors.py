"""Every error becomes one page, or one JSON body under `/api/`; neither ever holds a stack trace."""

import logging
from http import HTTPStatus
from typing import Any, TypedDict

from flask import Flask, Response, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from recommender.errors import (
    EngineError,
    IndexMissingError,
    InputError,
    NotFoundError,
    SchemaMismatchError,
    SeogaError,
    TooLargeError,
)
from webapp.params.kinds import ParameterError

RETRY_AFTER = 10
"""Seconds after which asking again may help when the engine does not answer; a node's restart takes about that long."""

LOAD_COMMAND = "python -m indexer books load FILE"
SAMPLE_COMMAND = "python -m indexer sample"
REINDEX_COMMAND = "python -m indexer reindex"

log = logging.getLogger(__name__)


class Problem(TypedDict, total=False):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    parameter: str
    command: str


def problem(*, status: int, kind: str, detail: str, instance: str, **more: str) -> Problem:
    """The body of every error under `/api/`, as RFC 9457 (problem details) has it.

    `type` is a stable name for programs (`urn:seoga:problem:<kind>`), `title` the status in words, `status` its number,
    `detail` a sentence for a person that says what to do next, in their language, and `instance` the path asked for,
    without its query, which may hold somebody's question. `parameter` names a wrong parameter; `command` is what the
    operator has to run.
    """
    body = Problem(
        type=f"urn:seoga:problem:{kind}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=instance,
    )
    return {**body, **more}  # type: ignore[typeddict-item]


def register(app: Flask) -> None:
    """Answer every error in the way this module states."""
    app.register_error_handler(SeogaError, _seoga_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected_error)


def _seoga_error(error: SeogaError) -> Response:
    if isinstance(error, InputError):
        return _input_error(error)
    if isinstance(error, NotFoundError):
        return respond(
            HTTPStatus.NOT_FOUND, "not-found", _("The library has no such book, reader or page."), str(error)
        )
    log.error("%s: %s", type(error).__name__, error)
    if isinstance(error, IndexMissingError):
        detail = _(
            "No books have been loaded yet. Whoever runs this library loads its catalogue with the command below, "
            "or the sample library with “%(command)s”.",
            command=SAMPLE_COMMAND,
        )
        return _unavailable("nothing-loaded", detail, command=LOAD_COMMAND)
    if isinstance(error, SchemaMismatchError):
        detail = _("The index was built with other settings than those that run now. It has to be built anew:")
        return _unavailable("reindex-needed", detail, command=REINDEX_COMMAND)
    kind = "engine-unavailable" if isinstance(error, EngineError) else "service-unavailable"
    return _unavailable(kind, _("The catalogue does not answer at the moment. Please try again in a little while."))


def _input_error(error: InputError) -> Response:
    if isinstance(error, TooLargeError):
        return respond(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", str(error))
    more = {"parameter": error.parameter} if isinstance(error, ParameterError) else {}
    return respond(HTTPStatus.BAD_REQUEST, "invalid-parameter" if more else "invalid-input", str(error), **more)


def _unavailable(kind: str, detail: str, **more: str) -> Response:
    response = respond(HTTPStatus.SERVICE_UNAVAILABLE, kind, detail, **more)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _http_error(error: HTTPException) -> Response:
    """An error of the HTTP layer: its own headers (Allow, Location) stay."""
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()  # type: ignore[return-value]
    status = HTTPStatus(error.code)
    response = respond(status, status.phrase.lower().replace(" ", "-"), _http_detail(status))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _http_detail(status: HTTPStatus) -> str:
    known = {
        HTTPStatus.BAD_REQUEST: _("The request cannot be read."),
        HTTPStatus.FORBIDDEN: _("This form was sent from another site. Open the page here and send it again."),
        HTTPStatus.NOT_FOUND: _("There is no such page. The catalogue can be searched from the top of this page."),
        HTTPStatus.METHOD_NOT_ALLOWED: _("This address takes no such method; docs/api.md lists what it takes."),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("The request is larger than 64 KB. Send a shorter question."),
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _("Send JSON, with the header Content-Type: application/json."),
    }
    return known.get(status, _("The request could not be answered."))


def _unexpected_error(error: Exception) -> Response:
    log.error("Unexpected error at %s", request.path, exc_info=error)
    detail = _("Something went wrong on our side; it has been noted in the server's log.")
    return respond(HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error", detail)


def respond(status: HTTPStatus, kind: str, detail: str, technical: str = "", **more: str) -> Response:
    """A problem under `/api/`, a page elsewhere; `technical` is the core's own sentence, which programs get."""
    if request.path.startswith("/api/"):
        body = problem(status=status, kind=kind, detail=technical or detail, instance=request.path, **more)
        response = jsonify(body)
        response.content_type = "application/problem+json"
    else:
        response = Response(_page(status, kind=kind, detail=detail, **more), content_type="text/html; charset=utf-8")
    response.status_code = status
    return response


def _page(status: HTTPStatus, **context: Any) -> str:
    return render_template("error.html", status=int(status), heading=_heading(status), **context)


def _heading(status: HTTPStatus) -> str:
    headings = {
        HTTPStatus.BAD_REQUEST: _("This could not be understood"),
        HTTPStatus.FORBIDDEN: _("This was not sent from here"),
        HTTPStatus.NOT_FOUND: _("Nothing stands in this place"),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("That is too long"),
        HTTPStatus.SERVICE_UNAVAILABLE: _("The shelves are closed for a moment"),
    }
    return headings.get(status, _("That did not work"))
