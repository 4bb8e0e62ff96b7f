from typing import Any

import pytest

from indexer.readers.preference_records import PreferencesCleaner, unique_by_reader
from indexer.sources.records import RawRecord
from recommender.models import AgeGroup, Preferences, Weighted

SEED: dict[str, Any] = {
    "genres": [{"name": "심리학", "weight": 0.8}, {"name": "에세이"}],
    "reading_style": {"preferred_length": "중간", "complexity_level": "쉬움", "tone": "따뜻함"},
    "keywords": ["불안", "위로"],
    "avoid_topics": ["우울", "공포"],
}
READ = Preferences(
    reader_id="r-luenah",
    genres=(Weighted("심리학", 0.8), Weighted("에세이", 1.0)),
    keywords=("불안", "위로"),
    avoid_topics=("우울", "공포"),
    preferred_length="중간",
    complexity="쉬움",
    tone="따뜻함",
)


def cleaned(values: dict[str, Any], default: str = "reader") -> tuple[list[Preferences], PreferencesCleaner]:
    cleaner = PreferencesCleaner(lambda reader: f"r-{reader[::-1]}", default, this_year=2026)
    return list(cleaner.preferences([RawRecord("p.json", 1, values)])), cleaner


def test_preferences_are_read_as_the_seed_format_has_them() -> None:
    assert cleaned({"preferences": SEED}, "haneul")[0] == [READ]
    assert cleaned({"reader_id": "haneul", **SEED})[0] == [READ]


def test_they_are_read_under_korean_names_too() -> None:
    korean = {
        "선호": {
            "장르": "심리학; 에세이",
            "키워드": ["불안", "위로"],
            "피하는주제": ["우울", "공포"],
            "연령대": "40대",
        },
        "reader_id": "haneul",
    }
    renamed = {"reader_id": "haneul", "preferences": korean["선호"]}
    (found,), cleaner = cleaned(renamed)
    assert (found.genres, found.keywords, found.avoid_topics) == (
        (Weighted("심리학"), Weighted("에세이")),
        ("불안", "위로"),
        ("우울", "공포"),
    )
    assert found.age_group is AgeGroup.FORTIES
    assert cleaner.problems == []


@pytest.mark.parametrize("weight", [1.5, -0.1, "많이", None, True])
def test_a_weight_that_is_none_is_reported_and_leaves_the_other_genres(weight: object) -> None:
    (found,), cleaner = cleaned({"genres": [{"name": "심리학", "weight": weight}, {"name": "에세이", "weight": 0.6}]})
    assert found.genres == (Weighted("에세이", 0.6),)
    (problem,) = cleaner.problems
    assert (problem.row, problem.field, problem.kept_out) == (1, "genres", False)
    assert "the weight of 심리학 is not a number from 0 to 1; write 0.8" in problem.sentence()


def test_an_age_that_is_none_is_reported_and_the_rest_is_kept() -> None:
    (found,), cleaner = cleaned({"reader_id": "haneul", **SEED, "age": "비밀"})
    assert found == READ
    assert [(problem.field, problem.value, problem.kept_out) for problem in cleaner.problems] == [
        ("age", "비밀", False)
    ]


def test_the_last_word_of_a_reader_counts() -> None:
    first, last, other = Preferences("a", tone="밝음"), Preferences("a", tone="차분함"), Preferences("b")
    assert unique_by_reader([first, last, other]) == [last, other]
