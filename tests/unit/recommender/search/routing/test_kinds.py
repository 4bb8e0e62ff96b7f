"""Which kind of query each phrasing is: a ranking may weigh words and meaning by it."""

import pytest

from recommender.search.analysis import analyse
from recommender.search.routing.kinds import QueryKind, QueryLanguage, language_of
from recommender.text.morphemes import Analyzer


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("978-89-374-6044-9", QueryKind.IDENTIFIER),
        ("ISBN 9788937460449", QueryKind.IDENTIFIER),
        ("8937460440", QueryKind.IDENTIFIER),
        ("813.6 박14토", QueryKind.IDENTIFIER),
        ("C 863 에296틴 v.5", QueryKind.IDENTIFIER),
        ("813 소설", QueryKind.KEYWORDS),
        ("1984", QueryKind.KEYWORDS),
        ("데미안", QueryKind.KEYWORDS),
        ("무라카미 하루키", QueryKind.KEYWORDS),
        ("나는 나로 살기로 했다", QueryKind.QUESTION),  # a title, but a sentence too: an exact title is pinned anyway
        ("우주 과학", QueryKind.KEYWORDS),
        ("How to cook", QueryKind.KEYWORDS),
        ("harry potter", QueryKind.KEYWORDS),
        ("우주 이야기 추천해 줘", QueryKind.QUESTION),
        ("화산은 왜 폭발하나요?", QueryKind.QUESTION),
        ("초등학생이 읽을 만한 과학책", QueryKind.QUESTION),
        ("books about friendship", QueryKind.QUESTION),
        ("what should i read about volcanoes", QueryKind.QUESTION),
        ("요즘 불안해서 잠이 안 와요", QueryKind.MOOD),
        ("수능이 걱정돼서 잠이 안 온다", QueryKind.MOOD),
        ("슬플 때 읽을 책", QueryKind.MOOD),
        ("친구랑 싸웠는데 화해하고 싶어요", QueryKind.MOOD),
        ("I am worried about my exams", QueryKind.MOOD),
        ("my best friend moved away and i feel lonely", QueryKind.MOOD),
        ("불안", QueryKind.KEYWORDS),  # a word for a feeling is a subject until somebody says a sentence
        ("", QueryKind.KEYWORDS),
    ],
)
def test_the_kind_of_a_query(analyzer: Analyzer, text: str, kind: QueryKind) -> None:
    assert analyse(text, analyzer).kind is kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("우주 이야기", QueryLanguage.KOREAN),
        ("Harry Potter 원서", QueryLanguage.KOREAN),
        ("stories about space", QueryLanguage.ENGLISH),
        ("1984", QueryLanguage.OTHER),
        ("雪国", QueryLanguage.OTHER),
    ],
)
def test_the_language_of_a_query(text: str, language: QueryLanguage) -> None:
    assert language_of(text) is language
