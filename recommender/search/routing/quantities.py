"""How many copies somebody needs, and how long a book may be."""

import re
from collections.abc import Iterator

from recommender.search.request import Filters, Preferred
from recommender.search.routing.nouns import BOOK_NOUNS, ENGLISH_BOOK_NOUNS
from recommender.search.routing.values import Found, RouteCode, Typed

SHORT_PAGES = 200
"""Up to here a book is read in an evening or two: "짧은 책"."""

LONG_PAGES = 400
"""From here on a book is called thick."""

_COUNTS = {
    "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열다섯": 15,
    "스무": 20, "스물다섯": 25, "서른": 30, "마흔": 40, "쉰": 50,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"

# A volume (토지 3권), a set (전 20권) and what somebody has read (책 100권을 읽은) are no copies.
_COPIES = (
    re.compile(rf"(?<![\w.]){_COUNT}\s?(?:권|부)\s?(?:이상|넘게)(?:\s?(?:이|가)?\s?(?:있는|있어야|보유(?:한|중인)?|필요한?|소장))?(?!\s?\w*\s?(?:읽|쓴|펴낸|팔))"),
    re.compile(rf"(?<![\w.]){_COUNT}\s?(?:권|부)(?:이|은|쯤|정도)?\s?(?:있는|있어야\s?하는|보유한|소장한|필요한|갖춘|확보된)(?=\s|$)"),
    re.compile(rf"(?:한\s?반|반\s?전체|학급|우리\s?반|단체|(?:독서\s?)?(?:모임|동아리))[^\d,.]{{0,16}}?(?:읽을|볼|쓸)\s?(?:책\s?)?{_COUNT}\s?(?:권|부)"),
    re.compile(rf"(?<![\w.]){_COUNT}\s?(?:명|사람)(?:이|의\s?학생이)?\s?(?:다\s?)?(?:같이|함께|모두|동시에|한꺼번에)\s?(?:읽을|볼)(?:\s?수\s?있는|\s?만한)?"),
    re.compile(r"\b(?:a\s+)?class\s+sets?(?:\s+of\s+(?P<count>\d{1,3}))?\b", re.IGNORECASE),
    re.compile(r"\b(?:with\s+)?(?:at\s+least|minimum(?:\s+of)?|more\s+than)\s+(?P<count>\d{1,3})\s+copies\b", re.IGNORECASE),
    re.compile(r"(?<![\w.])(?:with\s+)?(?P<count>\d{1,3})(?:\+|\s+or\s+more)?\s+copies\b(?:\s+of\b)?", re.IGNORECASE),
)  # fmt: skip

CLASS_SIZE = 25
"""Copies in a class set whose size is not said."""

_PAGES = r"(?P<pages>\d{2,4})\s?(?:쪽|페이지|p(?:p|ages?)?\b\.?)"
_AT_MOST = (
    re.compile(rf"(?<![\w.~-]){_PAGES}\s?(?:이하|미만|안쪽|이내|까지|(?:를|을)?\s?(?:안\s?넘는|안|넘지\s?않는|넘지\s?않게))(?:의|인)?(?!\w)"),
    re.compile(r"\b(?:under|less\s+than|fewer\s+than|up\s+to|at\s+most|no\s+more\s+than|not\s+more\s+than|below|max(?:imum)?)\s+(?P<pages>\d{2,4})\s+pages\b", re.IGNORECASE),
    re.compile(r"\b(?P<pages>\d{2,4})\s+pages\s+or\s+(?:less|fewer|under)\b", re.IGNORECASE),
)  # fmt: skip
_AT_LEAST = (
    re.compile(rf"(?<![\w.~-]){_PAGES}\s?(?:이상|초과|(?:이|가|을|를)?\s?(?:넘는|넘게|넘어가는))(?:의|인)?(?!\w)"),
    re.compile(r"\b(?:over|more\s+than|at\s+least|longer\s+than|above|min(?:imum)?)\s+(?P<pages>\d{2,4})\s+pages\b", re.IGNORECASE),
    re.compile(r"\b(?P<pages>\d{2,4})\s+pages\s+or\s+(?:more|longer)\b", re.IGNORECASE),
)  # fmt: skip
_BETWEEN = re.compile(
    r"(?<![\w.])(?P<first>\d{2,4})\s?(?:쪽|페이지)?\s?[~–-]\s?(?P<last>\d{2,4})\s?(?:쪽|페이지|pages\b)(?:\s?(?:짜리|사이|정도)(?:의|인)?)?"
)

_SHORT = re.compile(
    rf"(?<!\w)(?:아주\s|좀\s|가장\s)?(?:짧은|짧고|얇은|얇고|분량이?\s?(?:적은|짧은)|두껍지\s?않은|길지\s?않은|금방\s?읽는|(?:하루|한\s?시간)(?:\s?만)?에\s?(?:다\s?)?읽(?:을\s?수\s?있)?는)(?=\s(?:\S+\s)?{BOOK_NOUNS}(?!\w*\s?[의에]))"
    rf"|\b(?:a\s+)?(?:short|thin|quick)(?=\s+(?!stor|fiction)(?:\w+\s+)?{ENGLISH_BOOK_NOUNS}\b)",
    re.IGNORECASE,
)
_LONG = re.compile(
    rf"(?<!\w)(?:아주\s|좀\s)?(?:두꺼운|두툼한|분량이?\s?많은)(?=\s(?:\S+\s)?{BOOK_NOUNS})|\b(?:a\s+)?(?:long|thick)(?=\s+(?:\w+\s+)?{ENGLISH_BOOK_NOUNS}\b)",
    re.IGNORECASE,
)
_MENTIONED = re.compile(
    r"\d|[권부명쪽]|짧|얇|두꺼|두툼|두껍|길지|분량|금방|하루|시간|set|copies|short|thin|quick|long|thick", re.IGNORECASE
)


def quantities(typed: Typed) -> Iterator[Found]:
    """Copies needed, and lengths; a number restricts, an adjective only prefers, since most records tell no pages."""
    if not _MENTIONED.search(typed.text):
        return
    yield from _copies(typed)
    yield from _pages(typed)
    for pattern, value, preferred in (
        (_SHORT, "short", Preferred(pages_to=SHORT_PAGES)),
        (_LONG, "long", Preferred(pages_from=LONG_PAGES)),
    ):
        for found in pattern.finditer(typed.text):
            yield Found(typed.route(RouteCode.LENGTH, *found.span(), value), preferred=preferred)


def _copies(typed: Typed) -> Iterator[Found]:
    for pattern in _COPIES:
        for found in pattern.finditer(typed.text):
            count = _number(found["count"])
            if count > 1:
                route = typed.route(RouteCode.COPIES, *found.span(), str(count))
                yield Found(route, Filters(copies_from=count))


def _pages(typed: Typed) -> Iterator[Found]:
    for found in _BETWEEN.finditer(typed.text):
        first, last = sorted((int(found["first"]), int(found["last"])))
        route = typed.route(RouteCode.PAGES, *found.span(), f"{first}-{last}")
        yield Found(route, Filters(pages_from=first, pages_to=last))
    for patterns, field in ((_AT_MOST, "pages_to"), (_AT_LEAST, "pages_from")):
        for pattern in patterns:
            for found in pattern.finditer(typed.text):
                pages = int(found["pages"])
                value = f"-{pages}" if field == "pages_to" else f"{pages}-"
                limits = Filters(pages_to=pages) if field == "pages_to" else Filters(pages_from=pages)
                yield Found(typed.route(RouteCode.PAGES, *found.span(), value), limits)


def _number(text: str | None) -> int:
    if text is None:
        return CLASS_SIZE
    return _COUNTS.get(text) or int(text)
