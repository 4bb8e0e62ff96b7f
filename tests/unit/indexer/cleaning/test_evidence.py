import pytest

from indexer.cleaning.evidence import Evidence, audience_of, form_of, language_of
from recommender.call_numbers import read_shelf_prefixes
from recommender.models import Audience, Form
from recommender.text.titles import parse_title

SHELVES = read_shelf_prefixes()


def seen(title: str, **more: object) -> Evidence:
    shelf = SHELVES.named(str(more.pop("shelf", "")))
    return Evidence(title=title, title_proper=parse_title(title).title, shelf=shelf, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("evidence", "language"),
    [
        (seen("데미안"), "ko"),
        (seen("MBTI 철학자"), "ko"),
        (seen("HTML5", people="김철수 지음"), "ko"),  # an English name over a Korean author
        (seen("Holes", people="by Louis Sachar"), "en"),
        (seen("Le petit Prince", people="Antoine de Saint-Exupéry"), "fr"),
        (seen("博士の愛した数式"), "ja"),
        (seen("三國志", people="나관중"), "ko"),  # Hanja on a Korean shelf
        # a shelf of foreign books: small words first, then the class of a language, then English
        (seen("A Doll's House", shelf="W", classification="859"), "en"),
        (seen("DELF A2", shelf="W", classification="760.77"), "fr"),
        (seen("After dark", shelf="W", classification="833.6"), "en"),
        (seen("1984"), ""),
    ],
)
def test_the_language_is_seen(evidence: Evidence, language: str) -> None:
    assert language_of(evidence) == language


@pytest.mark.parametrize(
    ("evidence", "form"),
    [
        (seen("아몬드"), Form.BOOK),
        # exam workbooks, whatever else they are
        (seen("2010 기출문제집. 1-2"), Form.WORKBOOK),
        (seen("수능완성 프랑스어"), Form.WORKBOOK),
        (seen("2012 1학기 기말고사 문제풀이 3학년"), Form.WORKBOOK),
        (seen("완자 고등 한국사", isbn_addition="53370"), Form.WORKBOOK),
        (seen("해커스 토익 실전 1000제", categories=("수험서/자격증",)), Form.WORKBOOK),
        (seen("Hackers TOEFL Reading", classification="747.077"), Form.WORKBOOK),
        (seen("영어독해 고난도 200제", classification="747"), Form.WORKBOOK),
        (seen("나의 토익 만점 수기", classification="813.6"), Form.BOOK),  # a novel
        (seen("대화의 정석", classification="802.54"), Form.BOOK),
        (seen("정년이. 3", shelf="C"), Form.COMIC),
        (seen("(만화로 보는)맨큐의 경제학. 6: 화폐"), Form.COMIC),
        (seen("원피스 101", categories=("만화", "소년만화")), Form.COMIC),
        (seen("포켓 한영사전", shelf="R"), Form.REFERENCE),
        (seen("롱맨 영영한사전"), Form.REFERENCE),
        (seen("수박 수영장 : 안녕달 그림책"), Form.PICTURE_BOOK),
        (seen("구름빵", isbn_addition="77810"), Form.PICTURE_BOOK),
        (seen("샘이 깊은 물", given_form="연속간행물"), Form.PERIODICAL),
        # about a form, not of it
        (seen("그림책의 힘"), Form.BOOK),
        (seen("만화가의 길"), Form.BOOK),
        (seen("질문이 있는 그림책 수업"), Form.BOOK),
        (seen("비행기 대백과사전을 읽는 밤"), Form.BOOK),
        (seen("혼자 공부하는 네트워크 : 1:1 과외하듯 배우는 네트워크 자습서, 개정판"), Form.BOOK),
        (seen("수능력"), Form.BOOK),
        (seen("수능 해킹"), Form.BOOK),
        (seen("(만화로 읽는 수능)고전시가"), Form.WORKBOOK),
    ],
)
def test_the_form_is_seen(evidence: Evidence, form: Form) -> None:
    assert form_of(evidence) is form


@pytest.mark.parametrize(
    ("evidence", "audience"),
    [
        (seen("아몬드"), None),
        (seen("(청소년을 위한)국부론"), Audience.TEENS),
        (seen("10대에게 권하는 인문학"), Audience.TEENS),
        (seen("강아지똥", location="어린이자료실"), Audience.CHILDREN),
        (seen("구름빵", location="유아자료실"), Audience.PRESCHOOL),
        (seen("마당을 나온 암탉", isbn_addition="73810"), Audience.CHILDREN),
        (seen("Twilight", categories=("Young Adult Fiction",)), Audience.TEENS),
        (seen("The Witches", categories=("Juvenile Fiction",)), Audience.CHILDREN),
        # about the young, for others
        (seen("초등 교사를 위한 청소년 이해"), None),
        (seen("아이의 떼 거부 고집을 다루다", categories=("좋은부모", "육아", "영유아")), None),
        (seen("10대 뉴스로 보는 한 해"), None),
        (seen("청소년 심리의 이해"), None),
    ],
)
def test_the_audience_is_seen_only_where_something_shows_it(evidence: Evidence, audience: Audience | None) -> None:
    assert audience_of(evidence) is audience
