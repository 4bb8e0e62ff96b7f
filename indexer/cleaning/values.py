"""Single values of a file → what they mean, or the reason why they mean nothing."""

import html
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from recommender.models import Audience, Depth, Effect, HoldingStatus, Mood, Pace
from recommender.text.isbn import parse_isbns
from recommender.text.normalization import normalize

Choice = TypeVar("Choice", bound=StrEnum)

EARLIEST_YEAR = 1400
"""No library lends what was printed before there was printing; such a number is a typing error."""

YEARS_AHEAD = 2
"""Publishers date books ahead, but not further than this."""


class UnusableValueError(Exception):
    """A value that means nothing; the text is the reason, for the report."""


def as_text(value: Any) -> str:
    """A cell or JSON value as one clean line; numbers as people write them, nothing for null and NaN."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(as_text, value)))
    text = str(value)
    return normalize(html.unescape(text) if "&" in text else text)


def as_texts(value: Any, *, separators: str = ";,|") -> tuple[str, ...]:
    """A list, or a cell that holds one, as its parts, each once."""
    if isinstance(value, list | tuple):
        return tuple(dict.fromkeys(part for each in value for part in as_texts(each, separators=separators)))
    parts = (part.strip() for part in re.split(f"[{re.escape(separators)}]", as_text(value)))
    return tuple(dict.fromkeys(filter(None, parts)))


def read_year(text: str, *, this_year: int) -> int | None:
    """`2011.`, `[2009], c2004`, `2004년` → the first year; None for an empty text.

    Raises:
        UnusableValueError: no year, or one that cannot be.
    """
    if not text:
        return None
    years = [int(found) for found in re.findall(r"(?<!\d)\d{4}(?!\d)", text)]
    years += [int(found[:4]) for found in re.findall(r"(?<!\d)\d{8}(?!\d)", text)]
    possible = [year for year in years if EARLIEST_YEAR <= year <= this_year + YEARS_AHEAD]
    if not possible:
        raise UnusableValueError(f"this is no year from {EARLIEST_YEAR} to {this_year + YEARS_AHEAD}")
    return possible[0]


def read_count(text: str) -> int | None:
    """`312 p.`, `1,204` → the number; None for an empty text.

    Raises:
        UnusableValueError: no number.
    """
    if not text:
        return None
    found = re.search(r"\d+", text.replace(",", ""))
    if found is None or len(found[0]) > 9:  # noqa: PLR2004 - beyond what an integer field of either engine holds
        raise UnusableValueError("this is no number")
    return int(found[0])


def read_isbns(texts: Iterable[str]) -> tuple[str, ...]:
    """Every valid ISBN, as 13 digits.

    Raises:
        UnusableValueError: something stands there, but no ISBN.
    """
    filled = [text for text in texts if text.strip(" -0")]
    isbns = tuple(dict.fromkeys(isbn for text in filled for isbn in parse_isbns(text)))
    if filled and not isbns:
        raise UnusableValueError(_why_no_isbn(filled[0]))
    return isbns


def _why_no_isbn(text: str) -> str:
    if re.search(r"\d[eE]\+?\d", text):
        return "a spreadsheet has rounded this ISBN; format the column as text and export again"
    digits = len(re.findall(r"[\dXx]", text))
    if digits in (10, 13):
        return "this is no ISBN: its check digit is wrong"
    return f"this is no ISBN: it has {digits} digits instead of 10 or 13"


def read_day(text: str) -> str:
    """`2024-01-05`, `2024.1.5`, `20240105`, `2020-01-02 00:00:00` → ISO date; an empty text stays empty.

    Raises:
        UnusableValueError: no day of the calendar.
    """
    if not text:
        return ""
    found = re.match(r"(\d{4})\D{0,2}?(\d{1,2})\D{0,2}?(\d{1,2})(?!\d)", text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> str:
    raise UnusableValueError("this is no day; write it as 2024-01-05")


STATUS_WORDS: dict[HoldingStatus, str] = {
    HoldingStatus.AVAILABLE: "대출가능 이용가능 비치중 소장중 소장 배가 배가중 서가 서가비치 정상 보유 available in onshelf",
    HoldingStatus.ON_LOAN: "대출중 대출 예약 예약중 대출예약 상호대차 상호대차중 연체 연체중 수리중 제본중 정리중 이관중 배송중 단체대출 반납처리중 특별대출 "
    "onloan on_loan loaned out checkedout",
    HoldingStatus.REFERENCE: "비치도서 열람전용 열람용 관내열람 대출불가 관내대출 참고도서 이용제한 전시중 보존 보존서고 reference libraryuseonly",
    HoldingStatus.LOST: "분실 분실도서 lost",
    HoldingStatus.DAMAGED: "파손 훼손 파본 파손도서 damaged",
    HoldingStatus.MISSING: "소재불명 행방불명 미확인 점검미확인 missing",
    HoldingStatus.WITHDRAWN: "가치상실 제적 제적예정 폐기 폐기예정 제적대상 불용 삭제 withdrawn discarded",
    HoldingStatus.UNKNOWN: "unknown",
}
"""States as Korean library systems name them; a copy that is being mended or sorted is away, like one on loan."""

_STATUS_OF = {word: status for status, words in STATUS_WORDS.items() for word in words.split()}


def read_status(text: str) -> HoldingStatus:
    """A copy's state; UNKNOWN for an empty text.

    Raises:
        UnusableValueError: a word that no list knows.
    """
    if not text:
        return HoldingStatus.UNKNOWN
    word = re.sub(r"[\s\-]|\(.*\)|\[.*\]", "", text.casefold())
    if word not in _STATUS_OF:
        raise UnusableValueError("this state is not known, so the copy is shown as not on the shelf")
    return _STATUS_OF[word]


LANGUAGE_WORDS = {
    "ko": "ko kor korean 한국어 국어 한글",
    "en": "en eng english 영어",
    "ja": "ja jpn japanese 일본어 일어",
    "zh": "zh chi zho chinese 중국어",
    "fr": "fr fre fra french 프랑스어 불어",
    "de": "de ger deu german 독일어 독어",
    "es": "es spa spanish 스페인어",
    "ru": "ru rus russian 러시아어",
    "vi": "vi vie vietnamese 베트남어",
}
_LANGUAGE_OF = {word: code for code, words in LANGUAGE_WORDS.items() for word in words.split()}


def read_language(text: str) -> str:
    """An ISO 639-1 code; an empty text stays empty.

    Raises:
        UnusableValueError: neither a code nor a known name.
    """
    word = text.casefold().replace(" ", "")
    if word and word not in _LANGUAGE_OF and not re.fullmatch(r"[a-z]{2}", word):
        raise UnusableValueError("this language is not known; write a code such as ko or en")
    return _LANGUAGE_OF.get(word, word)


def read_classification(text: str) -> str:
    """A class number such as 813.6; an empty text stays empty, one digit becomes a main class.

    Raises:
        UnusableValueError: no class number.
    """
    if not text:
        return ""
    found = re.match(r"(\d{1,3})(?:[.,]+(\d+))?(?!\d)", text)
    if found is None:
        raise UnusableValueError("this is no class number such as 813.6")
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


AUDIENCE_WORDS: dict[Audience, str] = {
    Audience.PRESCHOOL: "preschool 유아 영유아 미취학",
    Audience.CHILDREN: "children child juvenile 어린이 아동 초등 초등학생 초등저 초등고 저학년 고학년",
    Audience.TEENS: "teens teen youngadult 청소년 중학생 고등학생 중고등 중고생 중등 고등",
    Audience.ADULTS: "adults adult 성인 일반 일반인 대학생",
}
MOOD_WORDS: dict[Mood, str] = {
    Mood.WARM: "따뜻한 따뜻함",
    Mood.CHEERFUL: "유쾌한 유쾌함 밝은 즐거운",
    Mood.CALM: "잔잔한 잔잔함 차분한 고요한",
    Mood.MELANCHOLY: "쓸쓸한 쓸쓸함 우울한",
    Mood.SAD: "슬픈 슬픔",
    Mood.TENSE: "긴장되는 긴장감 긴박한",
    Mood.HOPEFUL: "희망찬 희망적인 희망",
    Mood.THOUGHTFUL: "사색적인 생각하게하는 사색",
    Mood.MYSTERIOUS: "신비로운 신비한 미스터리한",
    Mood.ADVENTUROUS: "모험적인 모험",
    Mood.EXHILARATING: "신나는 짜릿한 통쾌한",
    Mood.BEAUTIFUL: "아름다운 아름다움",
    Mood.HONEST: "솔직한 진솔한",
    Mood.WITTY: "재치있는 유머러스한 위트",
    Mood.COMFORTING: "위로가되는 위로 편안한",
    Mood.INSPIRING: "감동적인 용기를주는 영감",
}
EFFECT_WORDS: dict[Effect, str] = {
    Effect.ESCAPE: "현실도피 몰입 기분전환",
    Effect.EMPATHY: "공감",
    Effect.COMFORT: "위로 안정 위안",
    Effect.INSPIRATION: "영감 동기부여 용기",
    Effect.PERSPECTIVE: "새로운관점 관점 시야 통찰",
}
DEPTH_WORDS: dict[Depth, str] = {
    Depth.LIGHT: "가볍게 가벼운 가벼움",
    Depth.DEEP: "깊이 깊은 깊게 깊이있는",
    Depth.IMMERSIVE: "몰입 푹빠지는",
}
PACE_WORDS: dict[Pace, str] = {
    Pace.SLOW: "느린 느림 느리게 느긋한 천천히 slowpaced",
    Pace.STEADY: "보통 무난한 적당한 중간 medium mediumpaced steadypaced",
    Pace.FAST: "빠른 빠름 빠르게 속도감있는 속도감 fastpaced",
}


def read_choice(text: str, words: Mapping[Choice, str]) -> Choice | None:
    """One of the choices, by its code or in Korean; None for an empty text.

    Raises:
        UnusableValueError: none of them.
    """
    word = re.sub(r"[\s'_\-]", "", text.casefold())
    if not word:
        return None
    for choice, known in words.items():
        if word == choice.value.replace("_", "") or word in known.split():
            return choice
    raise UnusableValueError(f"this is none of {', '.join(choice.value for choice in words)}")


def read_choices(value: Any, words: Mapping[Choice, str]) -> tuple[Choice, ...]:
    """Several choices; raises as `read_choice` does."""
    chosen = (read_choice(text, words) for text in as_texts(value))
    return tuple(dict.fromkeys(choice for choice in chosen if choice is not None))
