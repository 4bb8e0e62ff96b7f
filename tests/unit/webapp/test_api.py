from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from recommender.recommend.values import Cost, ServedFrom, Usage
from recommender.search.request import Filters, SearchRequest
from tests.fakes import ClosedSearch, EmptySearch, FakeLibrary, fake_library
from tests.unit.webapp.problems import assert_problem


def test_a_search_answers_the_whole_shape(client: FlaskClient, library: FakeLibrary) -> None:
    answer = client.get("/api/v1/search?q=데미안&lang=en&size=5").get_json()
    assert library.search.asked == [SearchRequest(query="데미안", size=5)]
    assert answer == {
        "query": "데미안",
        "mode": "hybrid",
        "total": 1,
        "total_by_meaning": 0,
        "page": 1,
        "pages": 1,
        "size": 5,
        "hits": [
            {
                "id": "demian",
                "title": "데미안",
                "subtitle": "",
                "people": [{"name": "헤르만 헤세", "role": "author"}, {"name": "전영애", "role": "translator"}],
                "publisher": "민음사",
                "year": 2000,
                "language": "ko",
                "call_number": "853 헤53ㄷ",
                "kdc": "853",
                "isbn": ["9788937460449"],
                "audience": "teens",
                "form": "book",
                "available": True,
                "copies": 2,
                "copies_available": 1,
                "url": "/books/demian",
                "rank": 1,
                "score": 1.0,
                "by_meaning": False,
                "pinned": False,
                "highlights": {
                    "title": [
                        {"text": "", "matched": False},
                        {"text": "데미안", "matched": True},
                        {"text": "", "matched": False},
                    ]
                },
                "why": [{"code": "title", "words": ["데미안"], "text": "The title has “데미안”."}],
                "legs": [{"leg": "lexical", "rank": 1, "score": 7.5, "contribution": 1.0}],
            }
        ],
        "facets": [
            {
                "name": "kdc",
                "values": [{"value": "8", "label": "Literature", "count": 1, "selected": False}],
            },
            {
                "name": "available",
                "values": [{"value": "true", "label": "Can be borrowed now", "count": 1, "selected": False}],
            },
        ],
        "suggestion": None,
        "kind": "keywords",
        "words": "데미안",
        "understood": [],
        "relaxed": [],
        "searched_as": None,
        "notice": "",
        "help_lines": [],
        "timings": {"search": 0.1},
    }


def test_words_come_in_the_language_asked_for(client: FlaskClient) -> None:
    korean = client.get("/api/v1/search?q=데미안", headers={"Accept-Language": "ko-KR"}).get_json()
    assert korean["hits"][0]["why"][0]["text"] == "제목에 “데미안” 있음"
    assert korean["facets"][0]["values"][0]["label"] == "문학"


def test_a_book_has_its_holdings_and_a_former_id_leads_to_it(client: FlaskClient) -> None:
    book = client.get("/api/v1/books/demian-2015").get_json()
    assert book["id"] == "demian"
    assert book["former_ids"] == ["demian-2015"]
    assert book["holdings"][1] == {
        "status": "on_loan",
        "location": "1층 문학",
        "call_number": "853 헤53ㄷ c.2",
        "registration_number": "EM0000002",
        "title": "",
        "volume": "",
        "isbn": "",
        "publisher": "",
        "year": None,
        "registered_on": "",
    }


def test_an_id_may_hold_a_slash(client: FlaskClient) -> None:
    assert client.get("/api/v1/books/toji%2F1").get_json()["url"] == "/books/toji/1"
    similar = client.get("/api/v1/books/toji%2F1/similar?size=3").get_json()
    assert similar["id"] == "toji/1"
    assert [hit["id"] for hit in similar["hits"]] == ["demian"]


def test_suggestions_are_works(client: FlaskClient) -> None:
    response = client.get("/api/v1/suggest?q=코스")
    assert response.get_json() == {
        "query": "코스",
        "suggestions": [
            {
                "id": "cosmos",
                "title": "코스모스",
                "author": "칼 세이건",
                "call_number": "443 세69ㅋ",
                "available": False,
                "url": "/books/cosmos",
            }
        ],
    }
    assert response.headers["Cache-Control"] == "private, max-age=60"
    assert client.get("/api/v1/suggest").get_json() == {"query": "", "suggestions": []}


def test_a_recommendation_answers_the_whole_shape(client: FlaskClient, library: FakeLibrary) -> None:
    answer = client.post(
        "/api/v1/recommendations?lang=en",
        json={
            "question": "밤에 읽을 책",
            "intake": {"mood": "tired"},
            "reader_id": "이서연",
            "size": 1,
            "num_candidates": 2,
        },
    ).get_json()
    assert answer["question"] == {
        "text": "밤에 읽을 책",
        "intake": {
            "mood": "tired",
            "effect": "",
            "occupation": "",
            "situation": "",
            "focus": "",
            "mood_text": "",
            "effect_text": "",
            "occupation_text": "",
            "situation_text": "",
            "focus_text": "",
        },
        "size": 1,
        "num_candidates": 2,
        "method": "staged",
    }
    assert answer["enriched"] == {
        "text": "밤에 읽을 책",
        "terms": [
            {
                "id": "term:위로",
                "text": "위로",
                "source": "intake",
                "weight": 0.5,
                "detail": "mood: tired",
                "reason": "because you answered: Tired",
            }
        ],
        "traits": [],
        "removed": [],
        "read_books": ["데미안"],
        "left_out": 1,
    }
    (first,) = answer["recommendations"]
    assert first["book"]["id"] == "cosmos"
    assert first["reasons"] == {
        "why": "「코스모스」은 조용히 마음을 살핍니다.",
        "help": "하루를 마치며 읽기 좋습니다.",
        "why_source": "composed",
        "help_source": "composed",
        "dropped": [],
    }
    assert first["evidence"][0] == {
        "code": "available",
        "words": ["443 세69ㅋ"],
        "text": "A copy can be borrowed now: 443 세69ㅋ.",
    }
    assert first["generated_by"] == "composed"
    assert answer["candidates"] == ["cosmos", "toji/1"]
    assert answer["usage"] == {"prompt_tokens": 0, "completion_tokens": 0}
    assert answer["bundle"] == "default-1"
    assert "이서연" not in str(answer)
    assert library.recommend.asked[0].language == "en"


def test_it_is_said_what_an_answer_cost_and_where_it_was_kept(client: FlaskClient, library: FakeLibrary) -> None:
    fake = library.recommend
    fake.usage = Usage(1_500, 400)
    fake.cost = Cost(seconds=3.6, watt_hours=0.1, is_measured=True, price=0.0004, currency="EUR")
    fake.served_from, fake.created_at = ServedFrom.PRECOMPUTED, datetime(2026, 11, 21, 3, 5, 7, 999, tzinfo=UTC)
    answer = client.post("/api/v1/recommendations", json={"reader_id": "이서연"}).get_json()

    assert (answer["served_from"], answer["created_at"]) == ("precomputed", "2026-11-21T03:05:07+00:00")
    assert answer["cost"] == {
        "prompt_tokens": 1_500,
        "completion_tokens": 400,
        "seconds": 3.6,
        "watt_hours": 0.1,
        "energy_is_measured": True,
        "price": 0.0004,
        "currency": "EUR",
    }
    assert fake.asked[0].anew is False


def test_no_price_has_no_currency(client: FlaskClient) -> None:
    answer = client.post("/api/v1/recommendations", json={"question": "책"}).get_json()

    assert (answer["served_from"], answer["cost"]["price"], answer["cost"]["currency"]) == ("fresh", None, "")


@pytest.mark.parametrize(("value", "expected"), [(True, True), (False, False), (None, False)])
def test_an_answer_can_be_asked_for_anew(
    client: FlaskClient, library: FakeLibrary, *, value: bool | None, expected: bool
) -> None:
    client.post("/api/v1/recommendations", json={"question": "책", "anew": value})

    assert library.recommend.asked[0].anew is expected


def test_filters_reach_the_recommendation(client: FlaskClient, library: FakeLibrary) -> None:
    client.post("/api/v1/recommendations", json={"question": "우주", "filters": {"kdc": ["4"], "available": True}})
    assert library.recommend.asked[0].filters == Filters(kdc=("4",), available=True)


BROKEN_BODIES = [
    (b"", "application/json"),
    (b"{", "application/json"),
    (b"\xff\xfe{}", "application/json"),
    (b"[" * 50_000, "application/json"),  # deeper than a parser goes
    (b"[]", "application/json"),
    (b'"text"', "application/json"),
    (b'{"question": NaN}', "application/json"),
]


@pytest.mark.parametrize(("body", "content_type"), BROKEN_BODIES)
def test_a_broken_body_is_status_400(client: FlaskClient, body: bytes, content_type: str) -> None:
    response = client.post("/api/v1/recommendations", data=body, content_type=content_type)
    assert_problem(response, 400, "invalid-parameter", instance="/api/v1/recommendations")


def test_a_body_that_is_not_json_by_its_own_word_is_status_415(client: FlaskClient) -> None:
    response = client.post("/api/v1/recommendations", data="question=책", content_type="text/plain")
    assert_problem(response, 415, "unsupported-media-type", instance="/api/v1/recommendations")


def test_a_body_over_64_kilobytes_is_status_413(client: FlaskClient) -> None:
    response = client.post("/api/v1/recommendations", json={"question": "가" * 70_000})
    assert_problem(response, 413, "request-entity-too-large", instance="/api/v1/recommendations")


def test_a_question_over_2000_characters_is_status_413(client: FlaskClient) -> None:
    response = client.post("/api/v1/recommendations", json={"question": "가" * 2001})
    assert_problem(response, 413, "too-large", instance="/api/v1/recommendations")
    response = client.get("/api/v1/search", query_string={"q": "가" * 2001})
    assert_problem(response, 413, "too-large", instance="/api/v1/search")


@pytest.mark.parametrize("address", ["/api/v1/search?size=-1", "/api/v1/search?page=10000", "/api/v1/search?mode=x"])
def test_a_wrong_parameter_is_status_400_and_named(client: FlaskClient, address: str) -> None:
    body = assert_problem(client.get(address), 400, "invalid-parameter", instance="/api/v1/search")
    assert body["parameter"] in address


def test_what_is_not_there_is_status_404(client: FlaskClient) -> None:
    for path in ("/api/v1/books/nope", "/api/v1/books/nope/similar", "/api/v1/nope"):
        assert_problem(client.get(path), 404, "not-found", instance=path)
    response = client.post("/api/v1/recommendations", json={"question": "책", "reader_id": "아무개"})
    assert_problem(response, 404, "not-found", instance="/api/v1/recommendations")


def test_a_wrong_method_is_status_405_and_says_which_are_right(client: FlaskClient) -> None:
    response = client.get("/api/v1/recommendations")
    assert_problem(response, 405, "method-not-allowed", instance="/api/v1/recommendations")
    assert "POST" in response.headers["Allow"]


def test_a_closed_engine_is_status_503_for_a_while(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    client = client_of(fake_library(search=ClosedSearch, ok=False))
    for path in ("/api/v1/search", "/api/v1/books/demian"):
        response = client.get(path)
        assert_problem(response, 503, "engine-unavailable", instance=path)
        assert response.headers["Retry-After"] == "10"


def test_an_empty_library_names_the_command_that_fills_it(client_of: Callable[[FakeLibrary], FlaskClient]) -> None:
    response = client_of(fake_library(search=EmptySearch)).get("/api/v1/search?q=데미안")
    body = assert_problem(response, 503, "nothing-loaded", instance="/api/v1/search")
    assert body["command"].startswith("python -m indexer books load")


def test_an_unforeseen_error_is_status_500_and_tells_nothing(
    client_of: Callable[[FakeLibrary], FlaskClient], library: FakeLibrary
) -> None:
    library.search.books["broken"] = None  # type: ignore[assignment]
    response = client_of(library).get("/api/v1/search?q=데미안")
    assert_problem(response, 500, "internal-error", instance="/api/v1/search")
    assert "NoneType" not in response.text


HEALTH = [
    ("ok", 200, {}),
    ("empty", 503, {"search": EmptySearch}),
    ("unavailable", 503, {"search": ClosedSearch}),
    ("unavailable", 503, {"ok": False}),
]


@pytest.mark.parametrize(("status", "code", "state"), HEALTH)
def test_health_says_whether_searches_are_answered(
    client_of: Callable[[FakeLibrary], FlaskClient], status: str, code: int, state: dict[str, type]
) -> None:
    response = client_of(fake_library(**state)).get("/api/v1/health")  # type: ignore[arg-type]
    assert (response.status_code, response.get_json()["status"]) == (code, status)
    assert response.get_json()["generator"] == {
        "name": "composed", "model": False, "state": "no_model", "writing": 0, "waiting": 0, "failing_for": None,
    }  # fmt: skip
