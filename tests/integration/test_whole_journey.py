"""Index, search, recommend, over HTTP, with nothing in between replaced: once for each engine."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests import serving
from tests.integration.conftest import Variables


@pytest.fixture
def api(sample: Variables) -> Iterator[str]:
    with serving.served(sample) as url:
        yield f"{url}/api/v1"


def test_a_library_is_searched_and_recommended_from(api: str) -> None:
    health = serving.ask(f"{api}/health").body
    assert health["books"] > 1_500

    found = serving.ask(f"{api}/search?q={quote('나의라임오랜지나무')}&mode=lexical").body
    assert "라임오렌지나무" in found["hits"][0]["title"].replace(" ", "")
    assert found["hits"][0]["call_number"]

    first = serving.ask(f"{api}/search?q={quote('데미안')}").body
    book = first["hits"][0]
    assert book["title"] == "데미안"
    assert "exact_title" in [why["code"] for why in book["why"]]

    record = serving.ask(f"{api}/books/{book['id']}").body
    assert record["holdings"]
    similar = serving.ask(f"{api}/books/{book['id']}/similar").body
    assert book["id"] not in [hit["id"] for hit in similar["hits"]]

    typed = serving.ask(f"{api}/suggest?q={quote('ㄷㅁㅇ')}").body
    assert "데미안" in [line["title"] for line in typed["suggestions"]]


def test_pages_of_a_search_neither_overlap_nor_end_early(api: str) -> None:
    question = f"{api}/search?q={quote('마음')}&size=10"
    first = serving.ask(question).body
    whole = first["total"] + first["total_by_meaning"]
    ids = []
    for page in range(1, -(-whole // 10) + 1):
        ids += [hit["id"] for hit in serving.ask(f"{question}&page={page}").body["hits"]]

    assert len(ids) == len(set(ids)) == whole


def test_three_held_unread_books_are_recommended_with_reasons(api: str) -> None:
    question = {
        "question": "요즘 자꾸 불안해서 마음이 편해지는 책을 읽고 싶어요",
        "intake": {"mood": "anxious", "effect": "comfort"},
        "reader_id": "mr-park",
        "size": 3,
        "num_candidates": 15,
    }

    answer = serving.ask(f"{api}/recommendations", question).body

    assert len(answer["recommendations"]) == 3
    assert answer["usage"] == {"prompt_tokens": 0, "completion_tokens": 0}
    assert {term["source"] for term in answer["enriched"]["terms"]} >= {"intake"}
    for recommendation in answer["recommendations"]:
        assert recommendation["reasons"]["why"]
        assert recommendation["reasons"]["help"]
        assert recommendation["evidence"]
        assert recommendation["generated_by"] == "composed"
        held = serving.ask(f"{api}/books/{recommendation['book']['id']}")
        assert held.status == 200
        assert held.body["form"] != "workbook"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/search?q=a&size=-1", 400),
        ("/search?q=a&page=10000", 400),
        (f"/search?q={'a' * 2001}", 413),
        ("/books/nowhere", 404),
        ("/nowhere", 404),
    ],
)
def test_a_wrong_question_gets_problem_details(api: str, path: str, status: int) -> None:
    answer = serving.ask(f"{api}{path}")

    assert (answer.status, answer.content_type) == (status, "application/problem+json")
    assert answer.body["status"] == status
    assert answer.body["detail"]


def test_an_unknown_reader_is_not_found(api: str) -> None:
    answer = serving.ask(f"{api}/recommendations", {"question": "바다", "reader_id": "nobody-of-that-name"})

    assert answer.status == 404
    assert "nobody-of-that-name" in answer.body["detail"]
