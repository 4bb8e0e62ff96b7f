from typing import Any

import pytest

from indexer.readers.records import HistoryCleaner, read_rating
from indexer.sources.records import RawRecord
from recommender.models import AgeGroup, HistoryEntry


def hidden(reader: str) -> str:
    return f"r-{reader[::-1]}"


def entries(*records: dict[str, Any]) -> tuple[list[HistoryEntry], HistoryCleaner]:
    cleaner = HistoryCleaner(hidden, "reader", this_year=2026)
    raw = [RawRecord("history.json", number, record) for number, record in enumerate(records, start=1)]
    return list(cleaner.entries(raw)), cleaner


ALMOND = {
    "title": "아몬드",
    "author": "손원평 지음",
    "rating": 4.5,
    "note": "윤재가 웃는다",
    "read_on": "2025.3.4",
    "genres": ["청소년소설", "성장"],
}


def test_a_record_becomes_an_entry_under_a_pseudonym() -> None:
    (entry,), cleaner = entries(ALMOND)
    assert entry == HistoryEntry(
        reader_id="r-redaer",
        title="아몬드",
        author="손원평",
        rating=4.5,
        note="윤재가 웃는다",
        read_on="2025-03-04",
        genres=("청소년소설", "성장"),
    )
    assert cleaner.problems == []


def test_a_list_of_readers_is_taken_apart() -> None:
    books = [{"title": "데미안", "author": "헤르만 헤세"}, {"제목": "싯다르타", "별점": 3}]
    found, cleaner = entries(
        {"reader_id": "haneul", "read_books": books}, {"reader_id": "bada", "read_books": [{"isbn": "9788937460449"}]}
    )
    assert [(entry.reader_id, entry.title, entry.isbn, entry.rating) for entry in found] == [
        ("r-luenah", "데미안", "", None),
        ("r-luenah", "싯다르타", "", 3.0),
        ("r-adab", "", "9788937460449", None),
    ]
    assert cleaner.records == 3


@pytest.mark.parametrize(
    ("change", "field", "kept_out"),
    [
        ({"rating": 9}, "rating", True),
        ({"rating": "아주좋음"}, "rating", True),
        ({"rating": -0.5}, "rating", True),
        ({"rating": "nan"}, "rating", True),
        ({"title": " ", "isbn": ""}, "title", True),
        ({"read_on": "어제"}, "read_on", False),
        ({"isbn": "9788937460440"}, "isbn", False),
    ],
)
def test_what_cannot_be_used_is_reported(change: dict[str, Any], field: str, kept_out: bool) -> None:  # noqa: FBT001
    found, cleaner = entries(ALMOND | change)
    assert [(problem.field, problem.kept_out) for problem in cleaner.problems] == [(field, kept_out)]
    assert bool(found) is not kept_out


@pytest.mark.parametrize(("text", "rating"), [("", None), ("0", 0.0), ("5", 5.0), ("3.5", 3.5)])
def test_ratings_go_from_0_to_5(text: str, rating: float | None) -> None:
    assert read_rating(text) == rating


def test_the_age_of_a_reader_is_noted_beside_the_books() -> None:
    books = [{"title": "데미안"}, {"title": "싯다르타"}]
    found, cleaner = entries(
        {"reader_id": "haneul", "age": "2010", "read_books": books},
        {"reader_id": "bada", "title": "아몬드", "age": "40대"},
        {"reader_id": "namu", "title": "아몬드", "age": "모름"},
    )
    assert len(found) == 4
    assert cleaner.age_groups == {hidden("haneul"): AgeGroup.TEENS, hidden("bada"): AgeGroup.FORTIES}
    assert [(problem.field, problem.value, problem.kept_out) for problem in cleaner.problems] == [
        ("age", "모름", False)
    ]
