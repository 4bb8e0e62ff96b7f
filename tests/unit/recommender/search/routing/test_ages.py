"""For whom and how hard: preferences that keep nothing out."""

from collections.abc import Callable

import pytest

from recommender.models import Audience
from recommender.search.request import Filters
from recommender.search.routing.ages import audiences_of_age
from recommender.search.routing.values import Understood

ROWS = [
    ("쉬운 책", "", "level=easy"),
    ("쉬운 철학 책", "철학", "level=easy"),
    ("읽기 쉬운 영어 소설", "영어 소설", "level=easy"),
    ("파이썬 입문", "파이썬 입문", "level=easy"),
    ("가장 쉬운 독학 프랑스어 첫걸음", "가장 쉬운 독학 프랑스어 첫걸음", "level=easy"),
    ("easy books", "", "level=easy"),
    ("python for beginners", "python", "level=easy"),
    ("전문적인 경제 책", "경제", "level=demanding"),
    ("초등학생이 읽을 우주 책", "우주", "reader=children"),
    ("초등 3학년 추천도서", "", "reader=children"),
    ("중학생이 읽을", "", "reader=teens"),
    ("고1 추천 소설", "추천 소설", "reader=teens"),
    ("고3이 고1에게", "고3이", "reader=teens"),
    ("7살 아이 그림책", "그림책", "reader=preschool,children"),
    ("7살이 볼 공룡책", "공룡책", "reader=preschool,children"),
    ("청소년을 위한 과학혁명", "청소년을 위한 과학혁명", "reader=teens"),
    ("청소년을 위한 과학책", "과학책", "reader=teens"),
    ("books for teens", "", "reader=teens"),
    ("for a 10 year old", "", "reader=children"),
    ("dinosaur books for my 7-year-old", "dinosaur", "reader=preschool,children"),
    ("성인 소설", "소설", "reader=adults"),
    ("초보자를 위한 파이썬 책", "파이썬", "level=easy"),
    ("쉽게 읽히는 과학책", "과학책", "level=easy"),
    ("술술 읽히는 소설", "소설", "level=easy"),
    ("어려운 철학 책", "철학", "level=demanding"),
    ("깊이 있는 역사책", "역사책", "level=demanding"),
    ("beginner books on chess", "books on chess", "level=easy"),
    ("an easy book about physics", "book about physics", "level=easy"),
    ("advanced books about statistics", "books about statistics", "level=demanding"),
    ("simple stories", "stories", "level=easy"),
    ("초등학생 추천 도서", "", "reader=children"),
    ("초등 저학년이 읽을 만한 책", "", "reader=children"),
    ("중학교 2학년 필독서", "", "reader=teens"),
    ("고등학생에게 추천할 소설", "소설", "reader=teens"),
    ("중1 아들에게 줄 책", "", "reader=teens"),
    ("유치원생이 볼 그림책", "그림책", "reader=preschool"),
    ("5세 아이에게 읽어 줄 책", "", "reader=preschool"),
    ("12살 딸에게 선물할 책", "", "reader=children"),
    ("어른을 위한 동화책", "동화책", "reader=adults"),
    ("어린이용 백과사전", "백과사전", "reader=children"),
    ("10대를 위한 소설 추천", "소설", "reader=teens"),
    ("books for kids", "", "reader=children"),
    ("for my 5-year-old son", "", "reader=preschool"),
    ("picture books for toddlers", "picture books", "reader=preschool"),
    ("books for young adults", "", "reader=teens"),
]


@pytest.mark.parametrize(("query", "words", "said"), ROWS)
def test_for_whom_and_how_hard(says: Callable[[str], tuple[str, str]], query: str, words: str, said: str) -> None:
    assert says(query) == (words, said)


def test_readers_and_levels_never_restrict(read: Callable[[str], Understood]) -> None:
    assert all(read(query).limits == Filters() for query, _words, said in ROWS if "without" not in said)


@pytest.mark.parametrize(
    ("years", "audiences"),
    [
        (4, (Audience.PRESCHOOL,)),
        (7, (Audience.PRESCHOOL, Audience.CHILDREN)),  # before school, or in its first year
        (12, (Audience.CHILDREN,)),
        (13, (Audience.TEENS,)),
        (18, (Audience.TEENS,)),
        (19, (Audience.ADULTS,)),
    ],
)
def test_audiences_of_an_age(years: int, audiences: tuple[Audience, ...]) -> None:
    assert audiences_of_age(years) == audiences
