"""Numbers with their units, in digits and in words, Korean and English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What is counted."""

    PAGES = "pages"
    YEAR = "year"
    YEARS = "years"
    DECADE = "decade"
    CENTURY = "century"
    VOLUMES = "volumes"
    AGE = "age"
    AGES = "ages"  # 10대
    TIMES = "times"
    ORDINAL = "ordinal"
    PERCENT = "percent"
    RANK = "rank"
    PEOPLE = "people"
    PIECES = "pieces"
    THINGS = "things"
    COPIES_SOLD = "copies sold"
    PRINTING = "printing"
    HOURS = "hours"
    MINUTES = "minutes"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    POINTS = "points"
    CHAPTERS = "chapters"
    MONEY = "money"
    FLOOR = "floor"
    GRADE = "grade"
    PLACES = "places"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts."""

    value: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Number:
    """An amount where it is written."""

    amount: Amount
    start: int
    end: int
    in_words: bool
    is_advice: bool  # 하루 열 쪽씩, ten minutes a day: says how to read, not what is in the book


_KOREAN_UNITS = {
    "쪽": Unit.PAGES, "페이지": Unit.PAGES, "면": Unit.PAGES, "년대": Unit.DECADE, "년도": Unit.YEAR, "해": Unit.YEARS,
    "년": Unit.YEARS,
    "세기": Unit.CENTURY, "권": Unit.VOLUMES, "살": Unit.AGE, "세": Unit.AGE, "대": Unit.AGES, "번째": Unit.ORDINAL,
    "번": Unit.TIMES, "회": Unit.TIMES, "차례": Unit.TIMES, "퍼센트": Unit.PERCENT, "프로": Unit.PERCENT,
    "%": Unit.PERCENT, "위": Unit.RANK, "명": Unit.PEOPLE, "사람": Unit.PEOPLE, "인": Unit.PEOPLE, "편": Unit.PIECES,
    "가지": Unit.THINGS, "개월": Unit.MONTHS, "개국": Unit.PLACES, "나라": Unit.PLACES, "개": Unit.THINGS,
    "부작": Unit.CHAPTERS, "부": Unit.COPIES_SOLD, "쇄": Unit.PRINTING, "판": Unit.PRINTING, "시간": Unit.HOURS,
    "분": Unit.MINUTES, "일": Unit.DAYS, "주일": Unit.WEEKS, "주": Unit.WEEKS, "달": Unit.MONTHS, "월": Unit.MONTHS,
    "점": Unit.POINTS, "챕터": Unit.CHAPTERS, "장": Unit.CHAPTERS, "원": Unit.MONEY, "달러": Unit.MONEY,
    "층": Unit.FLOOR, "학년": Unit.GRADE,
}  # fmt: skip
_ENGLISH_UNITS = {
    "years? old": Unit.AGE, "year[- ]olds?": Unit.AGE, "years?": Unit.YEARS, "pages?": Unit.PAGES,
    "volumes?": Unit.VOLUMES, "books?": Unit.VOLUMES, "copies": Unit.VOLUMES, "percent": Unit.PERCENT,
    "%": Unit.PERCENT, "people": Unit.PEOPLE, "friends": Unit.PEOPLE, "readers": Unit.PEOPLE, "stories": Unit.PIECES,
    "chapters?": Unit.CHAPTERS, "hours?": Unit.HOURS, "minutes?": Unit.MINUTES, "days?": Unit.DAYS,
    "weeks?": Unit.WEEKS, "months?": Unit.MONTHS, "stars?": Unit.POINTS, "points?": Unit.POINTS, "times": Unit.TIMES,
    "dollars": Unit.MONEY, "countries": Unit.PLACES, "languages": Unit.PLACES, "(?:st|nd|rd|th) century": Unit.CENTURY,
    "(?:st|nd|rd|th)": Unit.ORDINAL,
}  # fmt: skip
_NATIVE = {
    "하나": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "석": 3, "네": 4, "넷": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_DIGITS = dict(zip("일이삼사오육칠팔구", range(1, 10), strict=True))
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10_000, "억": 100_000_000}
_ENGLISH = {
    word: value
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"],
        1,
    )
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
}  # fmt: skip
_ENGLISH_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}

_KOREAN_UNIT = "|".join(sorted(map(re.escape, _KOREAN_UNITS), key=len, reverse=True))
_ENGLISH_UNIT = "|".join(sorted(_ENGLISH_UNITS, key=len, reverse=True))
_NATIVE_NUMBER = rf"(?:{'|'.join(_NATIVE_TENS)})?(?:{'|'.join(_NATIVE)})|(?:{'|'.join(_NATIVE_TENS)})"
_SINO_NUMBER = (
    r"(?:[일이삼사오육칠팔구]?[십백천만억]\s?)+[일이삼사오육칠팔구]?|[삼사오육칠팔구](?=\s?(?:년|개월|부작|학년|위|주))"
)
_WRITTEN_UNIT = rf"\s?(?P<unit>{_KOREAN_UNIT})(?P<each>씩)?"
_KOREAN_WORDS = re.compile(rf"(?<![가-힣\w])(?P<number>{_NATIVE_NUMBER}|{_SINO_NUMBER}){_WRITTEN_UNIT}")
_IN_DIGITS = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s?(?P<more>천만|백만|십만|만|천|억|million|thousand|billion)?"
    rf"(?:(?:{_WRITTEN_UNIT})|[\s-]?(?P<english>{_ENGLISH_UNIT})(?![a-z]))?",
    re.IGNORECASE,
)
_ENGLISH_WORDS = re.compile(
    rf"(?<![\w-])(?P<number>(?:(?:{'|'.join((*_ENGLISH, *_ENGLISH_LARGE))}|a (?=hundred|thousand|million))[\s-]?)+)"
    rf"(?P<english>{_ENGLISH_UNIT})?(?![a-z])",
    re.IGNORECASE,
)
_ADVISED = re.compile(r"\s?(?:a day|a night|at a time|each|every|per)\b", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1000, 2999


def numbers_in(text: str) -> list[Number]:
    """Every number of a text, in its order; number words of Korean only before a unit, since 세 and 만 are other words too."""
    found = (*_digits(text), *_korean_words(text), *_english_words(text))
    return sorted(found, key=lambda number: number.start)


def amounts_in(text: str) -> set[Amount]:
    """The amounts that a text names."""
    return {number.amount for number in numbers_in(text)}


def _digits(text: str) -> Iterator[Number]:
    for match in _IN_DIGITS.finditer(text):
        value = float(match["number"].replace(",", "")) * _multiplier(match["more"])
        unit = _unit(match["unit"], match["english"], value)
        advice = bool(match["each"] or _ADVISED.match(text, match.end()))
        yield Number(Amount(value, unit), *match.span(), in_words=False, is_advice=advice)


def _korean_words(text: str) -> Iterator[Number]:
    for match in _KOREAN_WORDS.finditer(text):
        value = _korean_value(match["number"])
        amount = Amount(value, _unit(match["unit"], None, value))
        yield Number(amount, *match.span(), in_words=True, is_advice=bool(match["each"]))


def _english_words(text: str) -> Iterator[Number]:
    for match in _ENGLISH_WORDS.finditer(text):
        value = _english_value(match["number"])
        advice = bool(_ADVISED.match(text, match.end()))
        unit = _unit(None, match["english"], value)
        yield Number(Amount(value, unit), *match.span(), in_words=True, is_advice=advice)


def _unit(korean: str | None, english: str | None, value: float) -> Unit:
    if korean:
        unit = _KOREAN_UNITS[korean]
    elif english:
        unit = next(unit for pattern, unit in _ENGLISH_UNITS.items() if re.fullmatch(pattern, english, re.IGNORECASE))
    else:
        return Unit.NONE
    return Unit.YEAR if unit is Unit.YEARS and _FIRST_YEAR <= value <= _LAST_YEAR else unit


def _multiplier(word: str | None) -> int:
    if not word:
        return 1
    if word.casefold() in _ENGLISH_LARGE:
        return _ENGLISH_LARGE[word.casefold()]
    product = 1
    for sign in word:
        product *= (_SMALL | _LARGE)[sign]
    return product


def _korean_value(words: str) -> int:
    for tens, value in _NATIVE_TENS.items():
        if words.startswith(tens) and (words == tens or words[len(tens) :] in _NATIVE):
            return value + _NATIVE.get(words[len(tens) :], 0)
    return _NATIVE[words] if words in _NATIVE else _sino_value(words)


def _sino_value(words: str) -> int:
    """삼백이십 → 320, 이만 오천 → 25,000."""
    total = part = digit = 0
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _SMALL:
            part, digit = part + (digit or 1) * _SMALL[sign], 0
        elif sign in _LARGE:
            total, part, digit = total + (part + digit or 1) * _LARGE[sign], 0, 0
    return total + part + digit


def _english_value(words: str) -> int:
    """twenty-five → 25, three hundred → 300."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        if word == "dozen":
            part = (part or 1) * 12
        elif word in _ENGLISH:
            part += _ENGLISH[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _ENGLISH_LARGE:
            total, part = total + (part or 1) * _ENGLISH_LARGE[word], 0
    return total + part
