"""The OpenAPI document, made from the application's own routes and what is declared beside them."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from webapp.api.operations import Operation, operation_of
from webapp.api.schemas import Schemas
from webapp.errors import Problem
from webapp.params.kinds import Codes, Parameter
from webapp.streaming import MEDIA_TYPE
from webapp.version import VERSION

PREFIX = "/api/v1/"


def openapi_document(app: Flask) -> dict[str, Any]:
    """The OpenAPI 3.1 document of everything under `/api/v1/`."""
    schemas = Schemas()
    problem = schemas.of(Problem)
    paths: dict[str, dict[str, Any]] = {}
    for rule, declared in _routes(app):
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        method = "post" if "POST" in (rule.methods or ()) else "get"
        paths.setdefault(path, {})[method] = _operation(rule, declared, schemas, problem)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Seoga",
            "version": VERSION,
            "description": "Search a library's catalogue and ask for explained recommendations.",
        },
        "paths": paths,
        "components": {"schemas": schemas.components},
    }


def _routes(app: Flask) -> Iterator[tuple[Rule, Operation]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        declared = operation_of(app.view_functions[rule.endpoint])
        if rule.rule.startswith(PREFIX) and declared:
            yield rule, declared


def _operation(rule: Rule, declared: Operation, schemas: Schemas, problem: dict[str, Any]) -> dict[str, Any]:
    answer = schemas.of(declared.answers) if declared.answers else {"type": "object"}
    described: dict[str, Any] = {
        "operationId": rule.endpoint.rpartition(".")[2],
        "summary": declared.summary,
        "parameters": [_path_parameter(name) for name in sorted(rule.arguments)]
        + [_query_parameter(parameter) for parameter in declared.parameters],
        "responses": {"200": _answer(declared, answer, schemas)}
        | {str(status): _problem_response(status, problem) for status in declared.problems},
    }
    if declared.body:
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": declared.body}}}
    return described


def _answer(declared: Operation, answer: dict[str, Any], schemas: Schemas) -> dict[str, Any]:
    response = _response("The answer.", "application/json", answer)
    if declared.events:
        data = [{"title": name, **schemas.of(shape)} for name, shape in declared.events.items()]
        text = f"Server-sent events, each with a line of JSON as its data: {', '.join(declared.events)}."
        response["content"][MEDIA_TYPE] = {"schema": {"type": "string", "description": text}, "x-events": data}
    return response


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameter(parameter: Parameter) -> dict[str, Any]:
    described = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about,
        "schema": parameter.schema(),
    }
    return {**described, "explode": True} if isinstance(parameter, Codes) else described


def _problem_response(status: int, problem: dict[str, Any]) -> dict[str, Any]:
    return _response(HTTPStatus(status).phrase, "application/problem+json", problem)


def _response(description: str, media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}
