"""Names: 김영하 작가, 헤르만 헤세의 책, books by Jane Austen."""

import re
from collections.abc import Iterator

from recommender.search.routing.values import Found, RouteCode, Typed

_KOREAN = re.compile(
    r"(?P<name>[가-힣A-Za-z][가-힣A-Za-z.·\-]*(?:\s[가-힣A-Za-z][가-힣A-Za-z.·\-]*){0,3}?)"
    r"(?:\s?(?:작가|저자|소설가|시인)(?:님)?(?:의|이\s?쓴|가\s?쓴)?(?:\s(?:책|작품|소설|시집|에세이|신간|대표작)(?:들)?)?"
    r"|(?:의|이\s쓴|가\s쓴|\s지음)\s(?:책|작품|소설|시집|에세이|신간|대표작)(?:들)?)"
    r"(?:\s?(?:추천(?:해)?(?:\s?(?:줘|주세요))?|있나요|있어요|찾아요))?[?.!]?$"
)
_BESIDE = re.compile(r"^(?P<name>[가-힣]{2,}(?:\s[가-힣]+){0,3}?)\s(?:책|작품|소설|시집|에세이|신간|대표작)(?:들)?$")
_ENGLISH = re.compile(
    r"\b(?:(?:books?|novels?|works?|stories|poems|essays|anything|something)\s+(?:written\s+)?by|written\s+by)\s+(?P<name>[A-Za-z가-힣][\w.'’\-]*(?:\s[A-Za-z가-힣][\w.'’\-]*){0,3})[?.!]?$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"작가|저자|소설가|시인|[의쓴음]\s|\bby\s", re.IGNORECASE)


def people(typed: Typed) -> Iterator[Found]:
    """The author that a query names; only if the catalogue has a book of theirs: 바다의 책 names nobody.

    Beside a mere noun (한강 소설) it has to be a whole name: 고양이 책 does not ask for 고양이삼촌.
    """
    patterns: list[tuple[re.Pattern[str], bool]] = [(_BESIDE, True)]
    if _SIGN.search(typed.text):
        patterns = [(_KOREAN, False), (_ENGLISH, False), *patterns]
    for pattern, whole in patterns:
        if found := pattern.search(typed.text):
            name = found["name"].strip()
            if typed.catalogue.holds_author(name, whole=whole):
                route = typed.route(RouteCode.PERSON, *found.span(), name)
                yield Found(route, person=name, kept=name)
                return
