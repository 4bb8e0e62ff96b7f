"""What is typed in the way of catalogues: `저자:한강`, `kdc:813`, "어린 왕자", -만화."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from recommender.models import Audience, Form
from recommender.search.request import Filters
from recommender.search.routing.classes import class_number
from recommender.search.routing.kinds import is_call_number
from recommender.search.routing.negation import exclusion
from recommender.search.routing.nouns import kind_named
from recommender.search.routing.values import Found, RouteCode, Typed

FIELD_NAMES: Mapping[str, str] = {
    "people": "저자 지은이 작가 글쓴이 옮긴이 번역 역자 그림 사람 author by translator person",
    "title": "제목 서명 책이름 title",
    "publisher": "출판사 출판 발행처 publisher",
    "subject": "주제 주제어 키워드 subject keyword",
    "class": "kdc 분류 분류기호 주류 class",
    "isbn": "isbn",
    "call_number": "청구기호 call callnumber call-number shelf",
    "year": "연도 년도 발행연도 출판연도 출간연도 year",
    "language": "언어 language lang",
    "audience": "대상 독자 이용자 audience",
    "form": "형태 자료유형 유형 종류 form type",
}
"""Field → how people call it before a colon."""

LANGUAGES: Mapping[str, str] = {
    "ko": "한국어 한글 국어 korean",
    "en": "영어 영문 원서 english",
    "ja": "일본어 일어 japanese",
    "zh": "중국어 chinese",
    "fr": "프랑스어 불어 french",
    "de": "독일어 독어 german",
    "es": "스페인어 spanish",
    "ru": "러시아어 russian",
    "it": "이탈리아어 italian",
    "vi": "베트남어 vietnamese",
}
"""ISO 639-1 code → how people call the language."""

AUDIENCES: Mapping[str, str] = {
    Audience.PRESCHOOL: "유아 영유아 preschool",
    Audience.CHILDREN: "어린이 아동 초등 초등학생 children kids",
    Audience.TEENS: "청소년 중학생 고등학생 teens teen",
    Audience.ADULTS: "성인 일반 어른 adults adult",
}

_CODE_OF = {
    table: {name: str(code) for code, names in rows.items() for name in (str(code), *names.split())}
    for table, rows in (("field", FIELD_NAMES), ("language", LANGUAGES), ("audience", AUDIENCES))
}

_VALUE = r"(?:\"(?P<quoted>[^\"]+)\"|(?P<bare>[^\s\"]+))"
_FIELD = re.compile(
    rf"(?<![^\s(])(?P<minus>-)?(?P<name>{'|'.join(sorted(map(re.escape, _CODE_OF['field']), key=len, reverse=True))})\s?:\s?{_VALUE}",
    re.IGNORECASE,
)
_PHRASE = re.compile(r'(?<!\S)(?P<minus>-)?"(?P<phrase>[^"]*[^\s"][^"]*)"')
_MINUS = re.compile(r"(?<!\S)-(?P<word>[^\W\d_][^\s:\"]*)(?!\S)")
_CALL_NUMBER_NAMED = re.compile(r"^(?:청구\s?기호|call\s?number)\s+(?P<number>.+)$", re.IGNORECASE)
_YEARS = re.compile(r"(?P<first>\d{4})?\s?(?P<until>[-~–])?\s?(?P<last>\d{4})?년?")
_QUOTES = str.maketrans("“”„‟«»", '""""""')


def fields(typed: Typed) -> Iterator[Found]:
    """Every field that is named, every quoted phrase and every word with a minus."""
    text = typed.text.translate(_QUOTES)
    if (named := _CALL_NUMBER_NAMED.match(text)) and is_call_number(named["number"]):
        yield Found(typed.route(RouteCode.CALL_NUMBER, *named.span(), named["number"]), kept=named["number"])
    if ":" in text:
        for found in _FIELD.finditer(text):
            value = (found["quoted"] or found["bare"]).strip()
            reader = _READERS[_CODE_OF["field"][found["name"].lower()]]
            if read := reader(typed, found, value):
                yield read
    if '"' in text:
        for found in _PHRASE.finditer(text):
            yield _phrase(typed, found)
    if "-" in text:
        for found in _MINUS.finditer(text):
            yield exclusion(typed, [found["word"]], *found.span())


def _phrase(typed: Typed, found: re.Match[str]) -> Found:
    """A phrase goes on being looked for, so that the titles which hold it come first."""
    phrase = found["phrase"].strip()
    if found["minus"]:
        return exclusion(typed, [phrase], *found.span())
    return Found(typed.route(RouteCode.PHRASE, *found.span(), phrase), Filters(phrases=(phrase,)), kept=phrase)


def _people(typed: Typed, found: re.Match[str], name: str) -> Found:
    if found["minus"]:
        return Found(typed.route(RouteCode.WITHOUT_PEOPLE, *found.span(), name), Filters(without_people=(name,)))
    return Found(typed.route(RouteCode.PEOPLE, *found.span(), name), Filters(people=(name,)))


def _words(code: RouteCode, field: str) -> Callable[[Typed, re.Match[str], str], Found]:
    def read(typed: Typed, found: re.Match[str], words: str) -> Found:
        if found["minus"] and field == "publishers":
            route = typed.route(RouteCode.WITHOUT, *found.span(), words)
            return Found(route, Filters(without_publishers=(words,)))
        if found["minus"]:
            return exclusion(typed, [words], *found.span())
        limits: dict[str, Any] = {field: (words,)}
        return Found(typed.route(code, *found.span(), words), Filters(**limits))

    return read


def _class(typed: Typed, found: re.Match[str], text: str) -> Found | None:
    number = class_number(text)
    if not number:
        return None
    limits = Filters(without_kdc=(number,)) if found["minus"] else Filters(kdc=(number,))
    code = RouteCode.WITHOUT if found["minus"] else RouteCode.CLASS
    return Found(typed.route(code, *found.span(), number), limits)


def _isbn(typed: Typed, found: re.Match[str], text: str) -> Found | None:
    return None if found["minus"] else Found(typed.route(RouteCode.ISBN, *found.span(), text), kept=text)


def _call_number(typed: Typed, found: re.Match[str], text: str) -> Found | None:
    """A shelf mark has a space in it, so everything behind the colon is one: `청구기호: 813.6 박14토`."""
    if found["minus"]:
        return None
    end = found.end()
    if not found["quoted"] and (mark := re.match(r"\s[^\W\d_]{1,3}\d\S*(?:\s[vc]\.\d+)*", typed.text[end:])):
        text, end = text + mark[0], end + mark.end()
    limits = Filters(call_numbers=(text,))
    return Found(typed.route(RouteCode.CALL_NUMBER, found.start(), end, text), limits)


def _year(typed: Typed, found: re.Match[str], text: str) -> Found | None:
    years = _YEARS.fullmatch(text)
    if not years or found["minus"] or not (years["first"] or years["last"]):
        return None
    first, last = years["first"], years["last"] if years["until"] else years["first"]
    bounds = Filters(year_from=int(first) if first else None, year_to=int(last) if last else None)
    value = first if first == last else f"{first or ''}-{last or ''}"
    return Found(typed.route(RouteCode.YEARS, *found.span(), value), bounds)


def _language(typed: Typed, found: re.Match[str], text: str) -> Found | None:
    code = _CODE_OF["language"].get(text.lower())
    if code is None or found["minus"]:
        return None
    return Found(typed.route(RouteCode.LANGUAGE, *found.span(), code), Filters(languages=(code,)))


def _audience(typed: Typed, found: re.Match[str], text: str) -> Found | None:
    code = _CODE_OF["audience"].get(text.lower())
    if code is None:
        return None
    limits = Filters(without_audiences=(code,)) if found["minus"] else Filters(audiences=(code,))
    route = RouteCode.WITHOUT if found["minus"] else RouteCode.AUDIENCE
    return Found(typed.route(route, *found.span(), code), limits)


def _form(typed: Typed, found: re.Match[str], text: str) -> Found | None:
    kind = kind_named(text)
    forms = kind.forms if kind else tuple(form for form in Form if form == text.lower())
    if not forms:
        return None
    limits = Filters(without_forms=forms) if found["minus"] else Filters(forms=forms)
    route = RouteCode.WITHOUT if found["minus"] else RouteCode.FORM
    return Found(typed.route(route, *found.span(), text if found["minus"] else forms[0]), limits)


_READERS: Mapping[str, Callable[[Typed, re.Match[str], str], Found | None]] = {
    "people": _people,
    "title": _words(RouteCode.TITLE_WORDS, "title_words"),
    "publisher": _words(RouteCode.PUBLISHER, "publishers"),
    "subject": _words(RouteCode.SUBJECT, "subjects"),
    "class": _class,
    "isbn": _isbn,
    "call_number": _call_number,
    "year": _year,
    "language": _language,
    "audience": _audience,
    "form": _form,
}
