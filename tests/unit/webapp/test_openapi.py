import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from webapp.params import search


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    body: dict[str, Any] = client.get("/api/v1/openapi.json").get_json()
    return body


def test_the_document_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_it_lists_exactly_the_routes_of_the_application(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "DELETE"}
    }
    listed = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert listed == routes
    assert len(routes) >= 7


def test_it_lists_exactly_the_parameters_that_a_search_reads(document: dict[str, Any]) -> None:
    listed = [parameter["name"] for parameter in document["paths"]["/api/v1/search"]["get"]["parameters"]]
    assert listed == [parameter.name for parameter in search.SEARCH]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/api/v1/search", "/api/v1/search?q=데미안"),
        ("/api/v1/suggest", "/api/v1/suggest?q=데"),
        ("/api/v1/books/{book_id}", "/api/v1/books/demian"),
        ("/api/v1/books/{book_id}/similar", "/api/v1/books/demian/similar"),
        ("/api/v1/health", "/api/v1/health"),
    ],
)
def test_answers_are_as_described(client: FlaskClient, document: dict[str, Any], path: str, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    described = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert_fits(response.get_json(), described, document)


def test_a_recommendation_is_as_described(client: FlaskClient, document: dict[str, Any]) -> None:
    described = document["paths"]["/api/v1/recommendations"]["post"]
    body = {"question": "밤에 읽을 책", "intake": {"mood": "tired"}, "size": 2}
    assert_fits(body, described["requestBody"]["content"]["application/json"]["schema"], document)
    answer = client.post("/api/v1/recommendations", json=body).get_json()
    assert_fits(answer, described["responses"]["200"]["content"]["application/json"]["schema"], document)


def test_a_problem_is_as_described(client: FlaskClient, document: dict[str, Any]) -> None:
    described = document["paths"]["/api/v1/search"]["get"]["responses"]["400"]["content"]["application/problem+json"]
    assert_fits(client.get("/api/v1/search?page=0").get_json(), described["schema"], document)


def assert_fits(value: object, schema: dict[str, Any], document: dict[str, Any]) -> None:
    """Assert that a value fits a schema, and that an object has no field that the schema does not know."""
    closed = {
        name: component if component.get("additionalProperties") else {**component, "additionalProperties": False}
        for name, component in document["components"]["schemas"].items()
    }
    registry: Registry[Any] = Registry().with_resource(
        "urn:document", Resource.from_contents({"components": {"schemas": closed}}, default_specification=DRAFT202012)
    )
    absolute = {"$ref": "urn:document" + schema["$ref"]} if "$ref" in schema else schema
    assert [error.message for error in OAS31Validator(absolute, registry=registry).iter_errors(value)] == []


def test_the_events_of_a_stream_are_described(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").get_json()
    content = document["paths"]["/api/v1/recommendations"]["post"]["responses"]["200"]["content"]
    assert list(content) == ["application/json", "text/event-stream"]
    described = {event["title"]: event["$ref"] for event in content["text/event-stream"]["x-events"]}
    assert described == {
        "books": "#/components/schemas/RecommendationAnswer",
        "sentence": "#/components/schemas/Sentence",
        "book": "#/components/schemas/Recommendation",
        "notice": "#/components/schemas/Notice",
        "done": "#/components/schemas/RecommendationAnswer",
    }
    assert set(document["components"]["schemas"]["Sentence"]["properties"]) == {"book_id", "part", "text"}
