"""For whom a book is wanted and how hard it may be, in the words of whoever asks."""

import re
from collections.abc import Iterator, Mapping

from recommender.models import Audience, Depth
from recommender.search.request import Preferred
from recommender.search.routing.nouns import BOOK_NOUNS, ENGLISH_BOOK_NOUNS, names_books
from recommender.search.routing.values import Found, RouteCode, Typed

READER_WORDS: Mapping[Audience, str] = {
    Audience.PRESCHOOL: "유아 아기 네살 다섯살 여섯살 preschool toddler toddlers",
    Audience.CHILDREN: "초등 어린이 아이와 아이에게 우리아이 kid kids child children",
    Audience.TEENS: "중학생 고등학생 중학교 고등학교 청소년 십대 10대 사춘기 teen teens teenager",
}
"""Reader → beginnings of the words by which a question shows who will read; spaces in their words do not count."""

_READERS = (
    (Audience.PRESCHOOL, r"(?:영)?유아|미취학\s?아동|유치원생|유치원\s?아이"),
    (Audience.CHILDREN, r"초등학생|초등학교\s?[1-6]\s?학년(?:생)?|초등\s?(?:[1-6]\s?학년(?:생)?|저학년|고학년)|초등|초[1-6]|어린이|아동|초딩"),
    (Audience.TEENS, r"중학생|중학교\s?[1-3]\s?학년(?:생)?|중[1-3]|고등학생|고등학교\s?[1-3]\s?학년(?:생)?|고[1-3]|중고등학생|중고생|청소년|십\s?대|10대|수험생|예비\s?(?:중|고)[1-3]"),
    (Audience.ADULTS, r"성인|어른|대학생|직장인"),
)  # fmt: skip
_READER = "|".join(f"(?P<{audience.value}>{words})" for audience, words in _READERS)
_CHILD = r"\s?(?:아이|아들|딸|조카|손주|손자|손녀|어린이|동생|짜리|남자아이|여자아이)"
_FOR_THEM = re.compile(
    rf"(?<![\w~])(?:{_READER}|(?P<years>\d{{1,2}})\s?(?:살|세)(?:{_CHILD}|(?=(?:이|가|용|에게|한테)(?!\w*[가-힣]{{3}}))|(?=\s)))(?:들)?(?:님|\s?(?:아들|딸|조카|동생|자녀|아이))?"
    r"(?P<marked>(?:이|가|도)?\s?(?:함께\s|같이\s|혼자\s|꼭\s)?(?:읽을|읽기|볼|읽어\s?볼|읽으면)(?:\s?수\s?있는|\s?만한|\s?좋은)?|이랑\s?(?:읽을|볼)|와\s?(?:함께\s?)?(?:읽을|볼)"
    r"|(?:에게|한테)(?:\s?(?:맞는|추천(?:할|하는)?|줄|사\s?줄|읽어\s?줄|권할|선물할|어울리는|알맞은)(?:\s?만한)?)?|용|을\s?위한|를\s?위한|\s?수준(?:의|에\s?맞는)?|\s?대상(?:의)?|\s?(?:필독|추천|권장)(?=\s?도서))?"
    r"(?![가-힣])"
)
_ENGLISH_READERS = (
    (Audience.PRESCHOOL, r"toddlers?|preschoolers?|kindergart(?:e?ners?|en)"),
    (Audience.CHILDREN, r"kids|children|(?:elementary|primary)\s+school(?:ers|\s+(?:students|children|kids))?|(?:first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\s+graders?"),
    (Audience.TEENS, r"teens|teenagers?|young\s+adults|(?:middle|high)\s+school(?:ers|\s+students)?|(?:sixth|seventh|eighth|ninth|tenth|6th|7th|8th|9th|10th|11th|12th)\s+graders?"),
    (Audience.ADULTS, r"adults|grown-ups"),
)  # fmt: skip
_ENGLISH = re.compile(
    rf"\b(?:suitable\s+)?for\s+(?:my\s+|an?\s+|the\s+)?(?:{'|'.join(f'(?P<{audience.value}>{words})' for audience, words in _ENGLISH_READERS)}|(?P<years>\d{{1,2}})[\s-]years?[\s-]olds?(?:\s+(?:boy|girl|child|kid|son|daughter))?)\b",
    re.IGNORECASE,
)
_MENTIONED = re.compile(
    r"유아|미취학|유치원|초등|초[1-6]|초딩|어린이|아동|중학|중[1-3]|고등|고[1-3]|중고|청소년|십\s?대|10대|수험생|성인|어른|대학생|직장인|\d\s?(?:살|세)"
)

_EASY = re.compile(
    rf"(?<!\w)(?:아주\s|좀\s|가장\s)?(?:(?:읽기\s|이해하기\s)?쉬운|쉽고|쉽게\s?(?:읽히는|읽을\s?수\s?있는|풀어\s?쓴|쓴|설명(?:한|하는))|어렵지\s?않은|술술\s?읽히는|가볍게\s?읽을(?:\s?수\s?있는|\s?만한)?|초보자?(?:용|를\s?위한)?|입문자?(?:용|를\s?위한))(?=\s(?:\S+\s)?{BOOK_NOUNS}(?![가-힣]{{2}}))"
    rf"|\b(?:an?\s+)?(?:easy|simple|beginner(?:['’]?s)?|introductory|accessible)(?=\s+(?:\w+\s+)?{ENGLISH_BOOK_NOUNS}\b)|\bfor\s+(?:absolute\s+)?beginners\b",
    re.IGNORECASE,
)  # fmt: skip
_FIRST_STEPS = re.compile(r"(?<=\s)(?:입문서?|기초|첫걸음|왕초보|초급)$|(?<=[가-힣])\s(?:입문서)(?=\s)")
_DEMANDING = re.compile(
    rf"(?<!\w)(?:아주\s|좀\s|더\s)?(?:어려운|깊이\s?있는|전문적인|심화된?|학술적인|본격적인|수준\s?높은|전문가(?:용|를\s?위한))(?=\s(?:\S+\s)?{BOOK_NOUNS}(?![가-힣]{{2}}))"
    rf"|\b(?:an?\s+)?(?:advanced|in-depth|academic|scholarly|challenging|demanding)(?=\s+(?:\w+\s+)?{ENGLISH_BOOK_NOUNS}\b)|\bfor\s+(?:experts|specialists)\b",
    re.IGNORECASE,
)

LAST_PRESCHOOL_YEAR = 7
FIRST_SCHOOL_YEAR = 7
FIRST_TEEN_YEAR = 13
FIRST_ADULT_YEAR = 19
"""At seven a child in Korea is in its last year before school or in its first at school: both will do."""


def readers(typed: Typed) -> Iterator[Found]:
    """For whom: their books come first, but a record that says nothing of its readers is found all the same."""
    asks = names_books(typed.text)
    if _MENTIONED.search(typed.text):
        for found in _FOR_THEM.finditer(typed.text):
            if found["marked"] or asks:
                # 청소년을 위한 한국 현대사 is how a hundred titles begin.
                yield _reader(typed, found, cut=asks or not (found["marked"] or "").endswith("위한"))
    for found in _ENGLISH.finditer(typed.text):
        yield _reader(typed, found, cut=True)


def levels(typed: Typed) -> Iterator[Found]:
    """How hard: the record's depth goes before, where it has one."""
    for pattern, value, depths, cut in (
        (_EASY, "easy", (Depth.LIGHT,), True),
        (_FIRST_STEPS, "easy", (Depth.LIGHT,), False),  # 파이썬 입문 is what the title says, too
        (_DEMANDING, "demanding", (Depth.DEEP,), True),
    ):
        for found in pattern.finditer(typed.text):
            preferred = Preferred(depths=tuple(depth.value for depth in depths))
            yield Found(typed.route(RouteCode.LEVEL, *found.span(), value), preferred=preferred, cut=cut)


def audiences_of_age(years: int) -> tuple[Audience, ...]:
    """For whom the books are that somebody of an age reads."""
    fitting = (
        (Audience.PRESCHOOL, years <= LAST_PRESCHOOL_YEAR),
        (Audience.CHILDREN, FIRST_SCHOOL_YEAR <= years < FIRST_TEEN_YEAR),
        (Audience.TEENS, FIRST_TEEN_YEAR <= years < FIRST_ADULT_YEAR),
        (Audience.ADULTS, years >= FIRST_ADULT_YEAR),
    )
    return tuple(audience for audience, fits in fitting if fits)


def _reader(typed: Typed, found: re.Match[str], *, cut: bool) -> Found:
    if found["years"]:
        audiences = tuple(audience.value for audience in audiences_of_age(int(found["years"])))
    else:
        audiences = tuple(audience.value for audience in Audience if found[audience.value])
    route = typed.route(RouteCode.READER, *found.span(), ",".join(audiences))
    return Found(route, preferred=Preferred(audiences=audiences), cut=cut)
