"""Fields, phrases and minus signs, and titles that only look like them."""

from collections.abc import Callable

import pytest

from recommender.search.request import Filters
from recommender.search.routing.values import Understood

ROWS = [
    ("저자:한강", "", "people=한강"),
    ("저자: 한강 소설", "소설", "people=한강"),
    ('저자:"무라카미 하루키" 노르웨이', "노르웨이", "people=무라카미 하루키"),
    ("author:rowling", "", "people=rowling"),
    ("제목:데미안", "", "title_words=데미안"),
    ("출판사:창비 시집", "시집", "publisher=창비"),
    ("주제:우정", "", "subject=우정"),
    ("kdc:813", "", "class=813"),
    ("분류:810", "", "class=81"),
    ("isbn:9788937460449", "9788937460449", "isbn=9788937460449"),
    ("청구기호:813.6 박14토", "", "call_number=813.6 박14토"),
    ("청구기호: 813.6", "", "call_number=813.6"),
    ("연도:2019", "", "years=2019"),
    ("year:2010-2020 space", "space", "years=2010-2020"),
    ("연도:2015-", "", "years=2015-"),
    ("언어:영어 해리포터", "해리포터", "language=en"),
    ("언어: 그 이해", "언어: 그 이해", ""),
    ('"어린 왕자"', "어린 왕자", "phrase=어린 왕자"),
    ('"어린 왕자" 만화 말고', "어린 왕자", "phrase=어린 왕자; without=만화"),
    ("공룡 -만화", "공룡", "without=만화"),
    ("-저자:한강 채식주의자", "채식주의자", "without_people=한강"),
    ("주의:조심", "주의:조심", ""),
    ("국어 교과서 작품 읽기:고등 소설. 2", "국어 교과서 작품 읽기:고등 소설. 2", ""),
    ("토지. 20: 5부 5권", "토지. 20: 5부 5권", ""),
    ("잃어버린 시간을 찾아서. 6: 게르망트 쪽 2", "잃어버린 시간을 찾아서. 6: 게르망트 쪽 2", ""),
    (
        "3030 English. 2: 하루 30분씩 30일이면 미국 초등학생처럼 말할 수 있다",
        "3030 English. 2: 하루 30분씩 30일이면 미국 초등학생처럼 말할 수 있다",
        "",
    ),
    ("비빔툰. 7: 다운이가 초등학교에 가요!", "비빔툰. 7: 다운이가 초등학교에 가요!", ""),
    ("세 여자. 2: 20세기의 봄", "세 여자. 2: 20세기의 봄", ""),
    ("지은이:박완서", "", "people=박완서"),
    ("작가:김영하", "", "people=김영하"),
    ("옮긴이:정영목", "", "people=정영목"),
    ('번역:"전영애"', "", "people=전영애"),
    ("by:Orwell", "", "people=Orwell"),
    ('title:"norwegian wood"', "", "title_words=norwegian wood"),
    ('제목:"어린 왕자" 저자:생텍쥐페리', "", "title_words=어린 왕자; people=생텍쥐페리"),
    ("publisher:penguin", "", "publisher=penguin"),
    ("subject:friendship", "", "subject=friendship"),
    ("분류:813.7", "", "class=813.7"),
    ("KDC:8", "", "class=8"),
    ("class:843", "", "class=843"),
    ("연도:2010~2015", "", "years=2010-2015"),
    ("year:-1999", "", "years=-1999"),
    ("발행연도:2020년", "", "years=2020"),
    ("language:en space", "space", "language=en"),
    ("언어:일본어", "", "language=ja"),
    ("대상:초등학생 공룡", "공룡", "audience=children"),
    ("audience:teens", "", "audience=teens"),
    ("형태:만화 과학", "과학", "form=comic"),
    ("form:comic", "", "form=comic"),
    ('청구기호:"C 863"', "", "call_number=C 863"),
    ("우정 -학교", "우정", "without=학교"),
    ('우정 -"학교 폭력"', "우정", "without=학교 폭력"),
    ("-만화 -그림책 공룡", "공룡", "without=만화; without=그림책"),
    ("우주 -제목:만화", "우주", "without=만화"),
    ("우주 -출판사:창비", "우주", "without=창비"),
    ("우주 -kdc:8", "우주", "without=8"),
    ("우주 -형태:만화", "우주", "without=만화"),
    ("“어린 왕자”", "어린 왕자", "phrase=어린 왕자"),
    ('어린 왕자" 이야기', '어린 왕자" 이야기', ""),
    ("TMI:정보가 너무 많아서", "TMI:정보가 너무 많아서", ""),
    ("나의 문화유산답사기:제주편", "나의 문화유산답사기:제주편", ""),
    ("챗GPT로 만나는 내:일", "챗GPT로 만나는 내:일", ""),
    ("고전의 시작:서양철학", "고전의 시작:서양철학", ""),
    (
        "꿈의 신기술을 찾아서:한 젊은 과학자의 흥미로운 미래 탐험",
        "꿈의 신기술을 찾아서:한 젊은 과학자의 흥미로운 미래 탐험",
        "",
    ),
    ("언어:화성어", "언어:화성어", ""),
    ("year:soon", "year:soon", ""),
    ("ISBN:9788937460449", "9788937460449", "isbn=9788937460449"),
]


@pytest.mark.parametrize(("query", "words", "said"), ROWS)
def test_fields_are_read(says: Callable[[str], tuple[str, str]], query: str, words: str, said: str) -> None:
    assert says(query) == (words, said)


@pytest.mark.parametrize(
    ("query", "limits"),
    [
        ("저자:한강", Filters(people=("한강",))),
        ("-저자:한강", Filters(without_people=("한강",))),
        ("제목:데미안 출판사:민음사", Filters(title_words=("데미안",), publishers=("민음사",))),
        ("주제:우정", Filters(subjects=("우정",))),
        ("kdc:813 -kdc:813.7", Filters(kdc=("813",), without_kdc=("813.7",))),
        ("연도:2010-2020", Filters(year_from=2010, year_to=2020)),
        ("언어:영어 대상:초등학생", Filters(languages=("en",), audiences=("children",))),
        ("형태:만화", Filters(forms=("comic",))),
        ("청구기호:813.6", Filters(call_numbers=("813.6",))),
        ('"어린 왕자"', Filters(phrases=("어린 왕자",))),
        ("-출판사:창비", Filters(without_publishers=("창비",))),
    ],
)
def test_a_field_restricts(read: Callable[[str], Understood], query: str, limits: Filters) -> None:
    assert read(query).limits == limits
