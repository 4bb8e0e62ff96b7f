import pytest

from recommender.recommend.asking import GENRE_WEIGHT, AskedWord
from recommender.recommend.genres import CLASSES, GENRES, genres_in


@pytest.mark.parametrize(
    ("text", "genres"),
    [
        ("퇴근하고 읽을 잔잔한 소설", [("novels", "소설")]),
        ("일본 추리소설", [("novels", "소설")]),  # 일본 소설 is one word for it, 일본 추리소설 is two
        ("일본 소설이나 에세이", [("japanese_novels", "일본 소설"), ("essays", "에세이")]),
        ("소설가가 주인공인 책", []),
        ("한 시간이면 읽는 책", []),
        ("짧은 시집", [("poetry", "시집")]),
        ("Novels about freedom", [("novels", "Novels")]),
        ("a novelty in nonfiction", []),
    ],
)
def test_a_genre_is_heard_once_the_narrower_before_the_wider(text: str, genres: list[tuple[str, str]]) -> None:
    assert list(genres_in(text)) == genres


def test_every_genre_has_its_classes() -> None:
    assert set(CLASSES) == set(GENRES)
    assert CLASSES["korean_novels"] == ("813",)
    assert "813" in CLASSES["novels"]


@pytest.mark.parametrize(
    ("tokens", "weight"), [(("소설",), GENRE_WEIGHT), (("추리",), 1.0), (("novel",), GENRE_WEIGHT)]
)
def test_the_word_itself_counts_little(tokens: tuple[str, ...], weight: float) -> None:
    assert AskedWord("말", tokens, is_subject=True).weight == weight
