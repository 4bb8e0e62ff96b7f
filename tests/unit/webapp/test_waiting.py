"""How long the endpoint waits for a model, and what it answers word by word."""

import json
import re
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from recommender.generation.base import GeneratorState
from recommender.generation.queueing import QueueState
from tests.fakes import FakeLibrary


def test_health_says_how_the_model_fares(client: FlaskClient, library: FakeLibrary) -> None:
    library.answers.model = QueueState(GeneratorState.UNAVAILABLE, writing=1, waiting=2, failing_for=7.5)
    generator = client.get("/api/v1/health").get_json()["generator"]
    assert generator == {
        "name": "composed", "model": True, "state": "unavailable", "writing": 1, "waiting": 2, "failing_for": 7.5,
    }  # fmt: skip


WAITS = [
    ({}, None, ""),  # as the bundle says
    ({"wait_seconds": 5}, 5, ""),
    ({"wait_seconds": 0}, 0, ""),
    ({"stream": False}, None, ""),
]


@pytest.mark.parametrize(("fields", "waited", "notice"), WAITS)
def test_a_model_is_waited_for_as_long_as_is_asked(
    client: FlaskClient, library: FakeLibrary, fields: dict[str, object], waited: int | None, notice: str
) -> None:
    answer = client.post("/api/v1/recommendations", json={"question": "친구", **fields}).get_json()
    assert (library.answers.waits, answer["notice"]) == ([waited], notice)


def test_where_too_many_wait_for_a_model_the_next_does_not(
    app: Flask, client: FlaskClient, library: FakeLibrary
) -> None:
    with ExitStack() as others:
        while others.enter_context(app.extensions["held_connections"].hold()):
            pass
        answer = client.post("/api/v1/recommendations", json={"question": "친구"}).get_json()
    assert (library.answers.waits, answer["notice"]) == ([0], "generator_busy")
    assert answer["recommendations"]


@pytest.mark.parametrize("asked", [{"json": {"stream": True}}, {"headers": {"Accept": "text/event-stream"}}])
def test_an_answer_comes_as_events_where_they_are_asked_for(
    client: FlaskClient, asked: dict[str, dict[str, Any]]
) -> None:
    asked = {"json": {"question": "친구", **asked.get("json", {})}, "headers": asked.get("headers", {})}
    response = client.post("/api/v1/recommendations", **asked)
    assert response.mimetype == "text/event-stream"
    told = dict(re.findall(r"event: (\w+)\ndata: (.*)\n", response.text))
    assert list(told) == ["books", "done"]
    assert json.loads(told["books"])["recommendations"] == json.loads(told["done"])["recommendations"]


def test_an_error_comes_before_the_stream_begins(client: FlaskClient) -> None:
    response = client.post("/api/v1/recommendations", json={"question": "친구", "reader_id": "nobody", "stream": True})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")
