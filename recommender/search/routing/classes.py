"""Class numbers of the Korean Decimal Classification as people type them: `813.6`, `KDC 813`, `810번대`, `한국소설 813`."""

import re
from collections.abc import Iterator, Mapping

from recommender.search.request import Filters
from recommender.search.routing.values import Found, RouteCode, Typed

CLASS_NAMES: Mapping[str, str] = {
    "1": "철학 philosophy",
    "18": "심리 심리학 psychology",
    "2": "종교 religion",
    "3": "사회과학 사회 social-science society",
    "32": "경제 경제학 경영 economics",
    "34": "정치 정치학 politics",
    "37": "교육 교육학 education",
    "38": "민속 풍속 folklore",
    "4": "자연과학 과학 science",
    "41": "수학 mathematics math",
    "42": "물리 물리학 physics",
    "43": "화학 chemistry",
    "44": "천문 천문학 우주 astronomy",
    "45": "지구과학 지학",
    "47": "생물 생물학 생명과학 biology",
    "5": "기술과학 기술 technology",
    "51": "의학 medicine",
    "59": "요리 cooking",
    "6": "예술 미술 arts art",
    "67": "음악 music",
    "69": "체육 스포츠 sports",
    "7": "언어 어학 language",
    "71": "국어 한국어",
    "74": "영어 english",
    "8": "문학 소설 시 literature fiction",
    "81": "한국문학 국문학",
    "811": "한국시",
    "813": "한국소설",
    "814": "한국에세이 한국수필",
    "82": "중국문학 중국소설",
    "83": "일본문학 일본소설",
    "84": "영미문학 영미소설 영미 미국소설 영국소설",
    "85": "독일문학 독일소설",
    "86": "프랑스문학 프랑스소설",
    "87": "스페인문학 스페인소설",
    "9": "역사 history",
    "91": "한국사 동양사",
    "98": "지리 여행 geography travel",
    "99": "전기 위인 biography",
}
"""Class → what it is called; beside such a name a number of three digits is its class."""

_NAMED = {name.replace("-", " "): number for number, names in CLASS_NAMES.items() for name in names.split()}

_NUMBER = r"\d{3}(?:\.\d{1,6})?"
_SAID = re.compile(
    rf"(?<![\w.])(?:(?:KDC|DDC|분류(?:기호)?|청구기호)\s?:?\s?(?P<named>{_NUMBER}|\d{{1,2}}(?!\d))(?:번대|번)?|(?P<row>{_NUMBER})\s?번대)(?:의)?(?![\w.])",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"{_NUMBER}")
_BESIDE = re.compile(
    r"(?P<before>\d{3}(?:\.\d{1,6})?)\s+(?P<name>\D+)|(?P<name_first>\D+?)\s+(?P<after>\d{3}(?:\.\d{1,6})?)"
)


def class_number(text: str) -> str:
    """The class that a text names by its number, as filters have it: 800 is the main class 8; empty where it is none.

    Whoever says 810 or 800 means everything that stands under it: the noughts only fill the number up.
    """
    found = re.fullmatch(r"(\d{1,3})(\.\d{1,6})?(?:번대|번)?", text.strip())
    if not found:
        return ""
    if found[2]:
        return f"{found[1]}{found[2]}" if len(found[1]) == 3 else ""  # noqa: PLR2004
    return (found[1].rstrip("0") or "0") if len(found[1]) == 3 else found[1]  # noqa: PLR2004


def classes(typed: Typed) -> Iterator[Found]:
    """Class numbers that are said to be such, that stand alone, or that stand beside the name of their class."""
    for found in _SAID.finditer(typed.text):
        yield _found(typed, found["named"] or found["row"], *found.span())
    if _ALONE.fullmatch(typed.text):
        yield _found(typed, typed.text, 0, len(typed.text))
    elif beside := _BESIDE.fullmatch(typed.text):
        number = beside["before"] or beside["after"]
        if _is_named(number, beside["name"] or beside["name_first"]):
            yield _found(typed, number, 0, len(typed.text))


def _is_named(number: str, name: str) -> bool:
    squeezed = "".join(name.casefold().split())
    named = _NAMED.get(name.strip().casefold()) or _NAMED.get(squeezed)
    return named is not None and number.startswith(named)


def _found(typed: Typed, number: str, start: int, end: int) -> Found:
    shelf = class_number(number)
    return Found(typed.route(RouteCode.CLASS, start, end, shelf), Filters(kdc=(shelf,)))
