from pathlib import Path

import pytest
from flask.testing import FlaskClient

TEMPLATES = Path(__file__).parents[3] / "webapp" / "templates"


@pytest.mark.parametrize("path", ["/", "/nope", "/api/v1/health", "/api/v1/nope"])
def test_every_answer_says_what_a_browser_may_do_with_it(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "'unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_what_the_policy_forbids(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    for forbidden in (" style=", "<style", " onclick=", " onsubmit=", "javascript:", "|safe", "http://", "https://"):
        assert forbidden not in text
    assert text.count("<script") == text.count('<script type="module" src=')


def test_static_files_have_an_address_of_their_content_and_keep(client: FlaskClient) -> None:
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "?v=" in address
    with client.get(address) as response:
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


FOREIGN = [
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "https://elsewhere.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Sec-Fetch-Site": "same-origin"}, 200),
    ({"Origin": "http://localhost"}, 200),
    ({}, 200),  # curl
]


@pytest.mark.parametrize(("headers", "status"), FOREIGN)
def test_a_form_of_another_site_is_not_read(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/recommend", data={"question": "책"}, headers=headers).status_code == status


def test_nobodys_reading_is_told_to_another_site(client: FlaskClient) -> None:
    response = client.post("/api/v1/recommendations", json={"question": "책"}, headers={"Origin": "https://a.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_who_asks_is_never_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    client.post("/recommend", data={"question": "책", "reader_id": "이서연"})
    client.post("/recommend", data={"question": "책", "reader_id": "아무개"})
    client.post("/api/v1/recommendations", json={"question": "책", "reader_id": "아무개"})
    assert "이서연" not in caplog.text
    assert "아무개" not in caplog.text
