from typing import Any

import pytest

from indexer.cleaning.values import UnusableValueError
from indexer.readers.records import HistoryCleaner, read_preferences, read_rating, unique_by_reader
from indexer.sources.records import RawRecord
from recommender.models import HistoryEntry, Preferences, Weighted


def hidden(reader: str) -> str:
    return f"r-{reader[::-1]}"


def entries(*records: dict[str, Any]) -> tuple[list[HistoryEntry], HistoryCleaner]:
    cleaner = HistoryCleaner(hidden, "reader")
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


def test_preferences_are_read_as_the_seed_format_has_them() -> None:
    preferences = {
        "genres": [{"name": "심리학", "weight": 0.8}, {"name": "에세이"}],
        "reading_style": {"preferred_length": "중간", "complexity_level": "쉬움", "tone": "따뜻함"},
        "keywords": ["불안", "위로"],
        "avoid_topics": ["우울", "공포"],
    }
    expected = Preferences(
        reader_id="r-luenah",
        genres=(Weighted("심리학", 0.8), Weighted("에세이", 1.0)),
        keywords=("불안", "위로"),
        avoid_topics=("우울", "공포"),
        preferred_length="중간",
        complexity="쉬움",
        tone="따뜻함",
    )
    wrapped = RawRecord("p.json", 1, {"preferences": preferences})
    assert read_preferences(wrapped, hidden, "haneul") == expected
    bare = RawRecord("p.json", 1, {"reader_id": "haneul", **preferences})
    assert read_preferences(bare, hidden, "reader") == expected


@pytest.mark.parametrize("weight", [1.5, -0.1, "많이"])
def test_a_weight_goes_from_0_to_1(weight: object) -> None:
    record = RawRecord("p.json", 1, {"genres": [{"name": "심리학", "weight": weight}]})
    with pytest.raises(UnusableValueError, match="심리학 is not a number from 0 to 1"):
        read_preferences(record, hidden, "reader")


def test_the_last_word_of_a_reader_counts() -> None:
    first, last, other = Preferences("a", tone="밝음"), Preferences("a", tone="차분함"), Preferences("b")
    assert unique_by_reader([first, last, other]) == [last, other]
