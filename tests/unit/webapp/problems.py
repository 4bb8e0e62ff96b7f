"""What every error of the endpoint looks like."""

from typing import Any

from werkzeug.test import TestResponse


def assert_problem(response: TestResponse, status: int, kind: str, *, instance: str) -> dict[str, Any]:
    """Assert RFC 9457 problem details without a trace of the program's inside, and return them."""
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    body: dict[str, Any] = response.get_json()
    assert body["type"] == f"urn:seoga:problem:{kind}"
    assert body["status"] == status
    assert body["title"]
    assert len(body["detail"]) > 10
    assert body["instance"] == instance
    assert "Traceback" not in response.text
    assert "elastic.internal" not in response.text
    assert response.headers["Cache-Control"] == "no-store"
    return body
