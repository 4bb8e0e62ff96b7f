import pytest

from recommender.models import Preferences
from recommender.recommend.leanings import leanings_of


@pytest.mark.parametrize(
    ("said", "pages"),
    [
        ("짧음", "-250"), ("짧은 편", "-250"), ("short", "-250"), ("얇은 책", "-250"),
        ("중간", "200-400"), ("보통", "200-400"), ("Medium", "200-400"),
        ("김", "400-"), ("긴 책", "400-"), ("장편", "400-"), ("long", "400-"),
        ("300쪽 이하", "-300"), ("under 300 pages", "-300"), ("200~300쪽", "200-300"), ("at least 400 pages", "400-"),
        ("500쪽 넘는 책", "500-"), ("300쪽", "240-360"), ("no more than 200", "-200"),
    ],
)  # fmt: skip
def test_a_preferred_length_is_a_range_of_pages(said: str, pages: str) -> None:
    (answer,) = leanings_of(Preferences("r1", preferred_length=said))
    assert answer.meaning is not None
    assert [(kind.value, value) for kind, value in answer.meaning.traits()] == [("pages", pages)]
    assert answer.said == said


@pytest.mark.parametrize(
    ("said", "traits"),
    [
        ("쉬움", [("depth", "light")]), ("easy", [("depth", "light")]), ("입문자 수준", [("depth", "light")]),
        ("어려움", [("depth", "deep")]), ("Advanced", [("depth", "deep")]), ("깊이 있는", [("depth", "deep")]),
        ("보통", []), ("moderate", []),
    ],
)  # fmt: skip
def test_a_preferred_level_is_a_depth(said: str, traits: list[tuple[str, str]]) -> None:
    (answer,) = leanings_of(Preferences("r1", complexity=said))
    assert answer.meaning is not None
    assert [(kind.value, value) for kind, value in answer.meaning.traits()] == traits
    assert answer.words == ()


@pytest.mark.parametrize(
    ("said", "moods"),
    [
        ("따뜻함", ["warm"]), ("따뜻하고 유머러스한", ["warm", "witty"]), ("밝음", ["cheerful"]), ("차분함", ["calm"]),
        ("warm", ["warm"]), ("Funny and heartwarming", ["warm", "witty"]), ("감동적인", ["inspiring"]),
    ],
)  # fmt: skip
def test_a_preferred_tone_is_moods(said: str, moods: list[str]) -> None:
    (answer,) = leanings_of(Preferences("r1", tone=said))
    assert answer.meaning is not None
    assert [mood.value for mood in answer.meaning.moods] == moods


@pytest.mark.parametrize("said", ["어두움", "dark", "기묘한"])
def test_a_word_that_is_not_known_is_looked_for_as_a_word(said: str) -> None:
    (answer,) = leanings_of(Preferences("r1", tone=said))
    assert (answer.meaning, answer.words) == (None, (said,))


@pytest.mark.parametrize("said", ["너무 길지 않은 책", "not too long", "무겁지 않은"])
def test_what_is_not_wanted_is_never_taken_for_a_wish(said: str) -> None:
    for preferences in (Preferences("r1", preferred_length=said), Preferences("r1", tone=said)):
        (answer,) = leanings_of(preferences)
        assert (answer.meaning, answer.words) == (None, ())


def test_who_prefers_nothing_has_no_leanings() -> None:
    assert leanings_of(None) == ()
    assert leanings_of(Preferences("r1", keywords=("위로",))) == ()
