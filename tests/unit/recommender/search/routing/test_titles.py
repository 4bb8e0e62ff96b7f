"""Titles and ordinary queries in which nothing is to be read, most of them of a real school library."""

from collections.abc import Callable

import pytest

from recommender.search.routing.values import RouteCode, Understood

ROWS = [
    "포기하지 말고",
    "걱정 말고 다녀와",
    "고민하지 말고",
    "나 말고 다른 사람",
    "힘을 빼고 사는 법",
    "먹방 말고 인증샷 말고 식사",
    "녹색성장 말고 기후정의",
    "졸 틈 없는 수학책",
    "정당 없는 민주주의는 없다",
    "사랑 없는 세계",
    "엄마 아닌 여자들",
    "한국이 싫어서",
    "중국이 싫어하는 말",
    "영화는 좋은데 과학은 싫다고?",
    "아무래도 싫은 사람",
    "life without limits",
    "no longer human",
    "how not to be wrong",
    "not a box",
    "토지 3권",
    "전 20권",
    "책 100권 이상 읽은 사람",
    "1천 권 독서법",
    "세상을 바꾼 10권의 책",
    "short stories",
    "지구의 짧은 역사",
    "세상에서 가장 짧은 세계사",
    "초등학생",
    "17살 경제학",
    "21세기 국제질서",
    "18세기의 세책사",
    "홈리스 중학생",
    "세계-사이",
    "13.67",
    "여행 365",
    "토익 900",
    "1984",
    "바다의 책",
    "젊은 작가",
    "작가의 책",
    "나는 나로 살기로 했다",
    "사랑 소설",
    "무서운 이야기 말고 재미있는 동화",
    "아들아 걱정말고 살아라",
    "즐겁게 살자, 고민하지 말고",
    "안 된다고 하지 말고 아니라고 하지 말고",
    "이 세상 살지 말고 영원한 행복의 나라 가서 살자",
    "2012 1학기 기말고사 문제풀이 3학년",
    "(막막해서 막 하고 보는)막해팅 말고 마케팅",
    "돈으로 살 수 없는 것들",
    "노동 없는 미래, 새로운 복지가 필요해",
    "인공지능은 왜 정치적일 수밖에 없는가",
    "이름 없는 것도 부른다면",
    "편견 없는 뇌",
    "나는 거의 아무것도 아닌 존재",
    "상관없는 거 아닌가?",
    "김치도 꽁치도 아닌 정치",
    "한국인이 아닌 세계인으로 성공하라!",
    "건강한 급식이 먹기 싫어?",
    "내가 싫어질 때 읽는 책",
    "혼자 있고 싶은데 외로운 건 싫어",
    "난 네가 싫어",
    "전쟁 없는 세상",
    "국경 없는 의사회",
    "교실이 없는 시대가 온다",
    "하나만 빼고 다 있어",
    "기름을 빼고 먹는 법",
    "no country for old men",
    "not without my daughter",
    "men without women",
    "the end of the world is not the end",
    "nothing but the truth",
    "why not me",
    "as good as dead",
    "not that kind of girl",
    "no logo",
    "the no asshole rule",
    "to be or not to be",
    "하루 10권 읽기",
    "자본 제1권 길라잡이",
    "그들은 한 권의 책에서 시작되었다",
    "내 인생의 탐나는 영혼의 책 50",
    "100권 이상 팔린 책",
    "2권",
    "copies of the heart",
    "1페이지로 시작하는 한국사 수업",
    "1일 1페이지, 세상에서 가장 짧은 신화 수업 365",
    "아스테릭스 두 쪽 난 마을",
    "서쪽 숲에 갔다",
    "the 100-page classic",
    "pages of fire",
    "이 짧은 시간 동안",
    "길고 짧은 건 대 봐야 아는 법",
    "새들에 관한 짧은 철학",
    "두꺼운 삶과 얇은 삶",
    "a short history of nearly everything",
    "the long walk",
    "long way gone",
    "알기 쉬운 원소도감",
    "요즘 환율 쉬운 경제",
    "뜨개만큼 쉬운 위빙",
    "좋은 사람이 되는 것은 왜 어려운가",
    "전문가와 강적들",
    "한국고전문학사 강의",
    "약학입문",
    "easy money",
    "초등1학년,경제교육을 시작할 나이",
    "어쩌다 중학생 같은 걸 하고 있을까",
    "고등학생운동사",
    "14살 철학 소년",
    "16살, 네 꿈이 평생을 결정한다",
    "조금 늦은 18살",
    "20살에 떠난 아찔한 세계여행",
    "100세 인생",
    "18세를 반납합니다",
    "황제 프리드리히 2세의 생애",
    "유아교육론",
    "for whom the bell tolls",
    "for one more day",
    "저자 한강",
    "빅뱅 - 우주의 탄생",
    "혼자와 - 함께 사이",
    "지금 여기의 아이돌-아티스트",
    "다중지능과 교수-학습",
    "1일 1논어",
    "1Q84",
    "8월의 크리스마스 1998",
    "토익 900점",
    "김애란 작가의 소설",
    "헤밍웨이 작품",
    "불안의 책",
    "식물의 책",
    "여행자의 책",
    "젊은작가상 수상작품집",
    "어느 작가의 오후",
    "미스터리 작가를 위한 법의학",
    "written by nobody",
    "side by side",
    "9788937460440",
]


@pytest.mark.parametrize("query", ROWS)
def test_nothing_is_read_into_it(says: Callable[[str], tuple[str, str]], query: str) -> None:
    assert says(query) == (query, "")


@pytest.mark.parametrize("query", ["시험은 빼고", "30권의 책으로 읽는", "813", "짧은 이야기"])
def test_a_title_or_its_beginning_is_never_rewritten(
    read_beside_titles: Callable[[str], Understood], query: str
) -> None:
    beside = read_beside_titles(query)

    assert not beside.changes_the_search
    assert beside.words == query
    assert [route.code for route in beside.routes] in ([], [RouteCode.TITLE])


def test_signs_are_typed_on_purpose(read_beside_titles: Callable[[str], Understood]) -> None:
    """The beginning of a title is none where a sign says what is meant; a whole title stays one."""
    assert read_beside_titles("시험 -빼고").words == "시험"


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("만화 말고 우주 이야기", "우주 이야기"),
        ("우주 이야기, 만화는 빼고", "우주 이야기"),
        ("30권 있는 만화", "만화"),
    ],
)
def test_a_phrase_can_be_cut_out_of_the_text(read: Callable[[str], Understood], query: str, rest: str) -> None:
    understood = read(query)
    (route,) = understood.routes

    assert query[route.start : route.end] == route.phrase
    assert understood.text_without(route) == rest
