"""What somebody does not want, said in natural words: 만화 말고, 시험 문제집은 빼고, not a textbook."""

import re
from collections.abc import Iterator, Sequence

from recommender.search.routing.nouns import (
    BY_SPOKEN,
    HEADS,
    QUALIFIERS,
    TELLING_HEADS,
    KindOfBook,
    asks_for_books,
    exclusion_of,
    kind_named,
)
from recommender.search.routing.values import Found, RouteCode, Typed
from recommender.text.kiwi import Morpheme

_REFUSAL = re.compile(
    r"말고(?:요|는)?(?=$|[\s,.)])|빼고(?:요|는)?(?=$|[\s,.)])|빼\s?(?:줘|주세요)(?:요)?|제외(?:하고|한|하면|해서|해\s?(?:줘|주세요))?(?:는)?(?=$|[\s,.)])"
    r"|싫고(?=[\s,])|싫은데(?=[\s,])|싫어(?:요)?(?=$|[\s,.)])|아닌(?=\s)|아니고(?=[\s,])|(?:없는|없이)(?=$|\s)"
    r"|안\s?나오는(?=\s)|나오지\s?않는(?=\s)|안\s?들어간(?=\s)"
)
_ABSENCE = re.compile(r"없는|없이|안\s?나오는|나오지\s?않는|안\s?들어간")
_EXCLUSION = re.compile(r"제외")

_NOUNS = frozenset(("NNG", "NNP", "SL", "XR", "XSN", "NNB"))
_PARTICLES = frozenset(("JX", "JKO", "JKS", "JKC"))
_JOINTS = _PARTICLES | {"JC"}
_LISTING_WORDS = "이나 나 이랑 랑 하고 와 과 도"
_LISTING = frozenset(_LISTING_WORDS.split())

# Said of what somebody does, not of what a book is: 걱정 말고, 포기 말고.
_DEEDS_WORDS = "걱정 염려 고민 포기 주저 망설임 겁 후회 눈치 생각 기대 긴장 당황 상심 실망 낙심 오해 의심 방심 무시 차별 욕심 화 말 짓 소리"
_DEEDS = frozenset(_DEEDS_WORDS.split())
# 힘을 빼고, 나이는 빼고, 하나만 빼고: nobody looks for a book without it.
_NOTHING_WORDS = "힘 하나 둘 거품 기름 살 물 바람 군살 전부 이것 그것 저것 것 거 건 게 수 줄 때"
_NOTHING = frozenset(_NOTHING_WORDS.split())

_NAMED_BEFORE = re.compile(
    rf"(?<![가-힣])(?P<name>{'|'.join(sorted((re.escape(spoken) for spoken in BY_SPOKEN if not spoken.isascii()), key=len, reverse=True))})"
    r"(?:은|는|을|를|이|가|도)?\s?$"
)
_KNOWN = "|".join(sorted((re.escape(spoken) for spoken in BY_SPOKEN if spoken.isascii()), key=len, reverse=True))
_AND_MORE = rf"(?:\s*(?:,|\bor\b|\band\b|\bnor\b)\s*(?:no\s+|not\s+)?(?:{_KNOWN})\b)*"
_ENGLISH = (
    re.compile(
        rf"(?:\bbut\s+)?(?:\bnot\s+(?:an?\s+|any\s+|the\s+)?|\bno\s+|\bwithout\s+(?:any\s+|a\s+)?|\bnon-)(?P<known>(?:{_KNOWN})\b{_AND_MORE})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<=\S)\s+(?:\bexcept(?:\s+for)?|\bexcluding|\bother\s+than|\bapart\s+from)\s+(?:an?\s+|any\s+|the\s+)?"
        rf"(?P<known>(?:{_KNOWN})\b{_AND_MORE}|[a-z][\w'-]*(?=$|[\s,.)]))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:everything\s+)?(?:except(?:\s+for)?|excluding|other\s+than|anything\s+but)\s+(?:an?\s+|any\s+|the\s+)?"
        rf"(?P<known>(?:{_KNOWN})\b{_AND_MORE})",
        re.IGNORECASE,
    ),
)
_ENGLISH_SIGN = re.compile(
    r"\b(?:not|no|without|except|excluding|other\s+than|apart\s+from|anything\s+but)\b|\bnon-", re.IGNORECASE
)
_ENGLISH_NAME = re.compile(rf"\b(?:{_KNOWN})\b|[a-z][\w'-]*", re.IGNORECASE)
_SMALL = frozenset(("or", "and", "nor", "no", "not"))


def negations(typed: Typed) -> Iterator[Found]:
    """Every refusal of a query with what it leaves out."""
    for refusal in _REFUSAL.finditer(typed.text):
        yield from _korean(typed, refusal)
    if _ENGLISH_SIGN.search(typed.text):
        for pattern in _ENGLISH:
            for found in pattern.finditer(typed.text):
                names = [name for name in _ENGLISH_NAME.findall(found["known"]) if name.lower() not in _SMALL]
                yield exclusion(typed, names, found.start(), found.end())


def exclusion(typed: Typed, names: Sequence[str], start: int, end: int) -> Found:
    """What leaves out the things of these names, said at a place."""
    limits = exclusion_of(names)
    return Found(typed.route(RouteCode.WITHOUT, start, end, ", ".join(names)), limits)


def _korean(typed: Typed, refusal: re.Match[str]) -> Iterator[Found]:
    """The refused things are those just before: of "읽을 책, 문제집은 빼고" only the last, of "만화나 그림책은 빼고" both."""
    after = typed.text[refusal.end() :].strip(" ,.()")
    things: list[_Thing] = []
    for thing in reversed(_things_before(typed, refusal.start())):
        rest = f"{typed.text[: thing.start]} {after}".strip(" ,.()")
        if not _is_refused(thing, refusal[0], after, rest) or (things and thing.kind is None):
            break
        things.insert(0, thing)
    if things:
        yield exclusion(typed, [thing.name for thing in things], things[0].start, refusal.end())


class _Thing:
    """A noun phrase that stands before a refusal: what it names, and from where on it goes."""

    __slots__ = ("head", "kind", "name", "start")

    def __init__(self, words: Sequence[Morpheme], text: str) -> None:
        self.head = words[-1].form
        self.kind, self.name, self.start = _named(words, text)


def _is_refused(thing: _Thing, refusal: str, after: str, rest: str) -> bool:
    """Whether a refusal of a thing is one of books, and not of something in a title or a sentence."""
    says_nothing = thing.kind is None and thing.name in HEADS  # 무서운 이야기 말고
    if says_nothing or thing.name in _DEEDS or thing.name in _NOTHING or thing.head in _DEEDS:
        return False
    if _ABSENCE.match(refusal):
        about_stories = thing.head in TELLING_HEADS and thing.name != thing.head
        return (about_stories and bool(after)) or (thing.kind is not None and asks_for_books(after))
    if _EXCLUSION.match(refusal):
        return True
    return (
        thing.kind is not None and (asks_for_books(rest) or _is_short(rest) or _says_what_kind(thing, refusal))
    ) or (asks_for_books(after))


def _is_short(rest: str) -> bool:
    """Whether nothing else, or a subject in a word or two, was typed: "만화 말고 우주"."""
    return len(rest.split()) <= 2  # noqa: PLR2004


def _says_what_kind(thing: _Thing, refusal: str) -> bool:
    return bool(thing.kind and thing.kind.forms) and refusal[0] in "말빼"


def _things_before(typed: Typed, end: int) -> list[_Thing]:
    """The nouns that a refusal at a place is said of, in their order: "만화나 그림책은 빼고" is said of two."""
    before = [morpheme for morpheme in typed.morphemes if morpheme.end <= end and morpheme.start < end]
    while before and before[-1].tag in _PARTICLES and before[-1].form != "만":
        before.pop()
    groups: list[list[Morpheme]] = [[]]
    for morpheme in reversed(before):
        if morpheme.tag in _NOUNS and _goes_on(groups[-1], morpheme, typed.text):
            groups[-1].insert(0, morpheme)
        elif morpheme.tag in _NOUNS and _is_listed(groups[-1], morpheme, typed.text):
            groups.append([morpheme])
        elif groups[-1] and morpheme.tag in _JOINTS and morpheme.form in _LISTING:
            groups.append([])
        else:
            break
    things = [_Thing(group, typed.text) for group in reversed(groups) if group and not _is_bound(group)]
    if not things and (named := _NAMED_BEFORE.search(typed.text[:end])):
        # Kiwi reads 판타지 말고 as 판 + 타지 말고, after 울지 말고.
        whole = Morpheme(named["name"], "NNG", *named.span("name"))
        things = [_Thing([whole], typed.text)]
    return things


def _goes_on(group: Sequence[Morpheme], before: Morpheme, text: str) -> bool:
    return not group or not text[before.end : group[0].start].strip()


def _is_listed(group: Sequence[Morpheme], before: Morpheme, text: str) -> bool:
    return bool(group) and text[before.end : group[0].start].strip() in {",", "·", "/", "、"}


def _is_bound(group: Sequence[Morpheme]) -> bool:
    return group[-1].tag == "NNB" and group[-1].form not in HEADS


def _named(words: Sequence[Morpheme], text: str) -> tuple[KindOfBook | None, str, int]:
    """What a row of nouns names: the longest end of it that is a kind of book, else the noun before a head, else the last."""
    for first in range(len(words)):
        if kind := kind_named(text[words[first].start : words[-1].end]):
            more_before = first > 0 and words[-1].form in HEADS
            if not more_before:
                start = first - 1 if first and words[first - 1].form in QUALIFIERS else first
                return kind, text[words[first].start : words[-1].end], words[start].start
            break
    heads = 0
    while heads < len(words) - 1 and words[len(words) - 1 - heads].form in HEADS:
        heads += 1
    named = words[: len(words) - heads]
    # What is written together is one name: 로맨스 of 로맨스소설, 부동산투자 as a whole.
    first = len(named) - 1
    while first and named[first - 1].end == named[first].start:
        first -= 1
    name = text[named[first].start : named[-1].end]
    return kind_named(name), name, named[first].start
