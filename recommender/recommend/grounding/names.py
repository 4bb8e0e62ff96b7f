"""Names in a sentence: of people, places and firms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recommender.recommend.grounding.facts import Facts
from recommender.recommend.grounding.sentences import Sentence
from recommender.recommend.grounding.values import Claim, ClaimKind
from recommender.text.kiwi import Morpheme
from recommender.text.names import name_length

NEVER_NAMES = frozenset(("서가", "도서관", "우리나라", "하느님", "하나님", "어르신", "오늘", "한글", "책"))
"""Words that Kiwi takes for names, and that claim nothing of a book."""

_BEGINNINGS = """
a about above after again all almost along also although always among an and another any anyone anything around as at
away because before beneath besides between both but by calm can careful cheerful clever close despite discover do
does each easy either enjoy even every everyone everything explore far few find finding first following follow for
from full fun funny gentle give given good great half happy he help helpful her here his honest hopeful how i if in
inside instead into is it its just keep kind laugh learn let life light like little long look looking lose love many
may maybe meet more most moving much my near never no nor not nothing now of often old on once one only open or other
our out over pages perfect perhaps pick picture plain poems quiet rather read readers reading rich see set she short
simple since slow small so some someone sometimes soft soon still stories story strong such surely take tell tender
that the their them then there these they thing think this those though three through throughout thus time to together
told too try turn two under unlike until up very warm watching we well what whatever when whenever where whether which
while who whoever whose why wise with within without witty words written yes yet you young your yours short-story
"""
ENGLISH_BEGINNINGS = frozenset(_BEGINNINGS.split())
"""Words with which English sentences begin, capitalised without being names."""

_CAPITALS = """
i i'm i'd i'll i've monday tuesday wednesday thursday friday saturday sunday january february march april may june
july august september october november december ok tv dvd faq cd pdf
"""
ENGLISH_CAPITALS = frozenset(_CAPITALS.split())

ABOUT_READER = re.compile(
    r"읽으신|읽었|좋아하|좋게|말씀|찾으|찾던|물으|여쭈|궁금|관심|질문|원하|꼽|별점|처럼|같은|\byou\b|\byour\b",
    re.IGNORECASE,
)
"""What a sentence says where it speaks of the reader's own books and words, in which names are that no record holds."""

_LATIN_NAME = re.compile(
    r"(?<![A-Za-zÀ-ɏ\d])[A-ZÀ-Þ][A-Za-zÀ-ɏ\d'’.-]*[A-Za-zÀ-ɏ\d]|(?<![A-Za-zÀ-ɏ\d])[A-ZÀ-Þ](?![a-z])"
)
_WORD_BEFORE = re.compile(r"[가-힣]+$")
_NOT_IN_KOREAN_NAMES = re.compile(r"[A-Za-z'‘’\"\d]")
_WORD = re.compile(r"\S+")
_MARKS = "\"'“”‘’「」『』《》〈〉()[]<>,.!?:;…·*_"
_POSSESSIVE = re.compile(r"['’]s?$")
_TELLS = re.compile(
    r"\s+(?:brought|made|turned|adapted|produced|published|called|named|won|praised|writes?|wrote|tells?|told|says?|said|follows|explains?|shows|describes?|creates?)\b"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name without its particles."""

    text: str
    start: int
    end: int


def unknown_names(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Names that neither the record nor the reader's own data holds.

    A name of the reader's data alone is only supported where the sentence speaks of the reader.
    """
    speaks_of_reader = bool(ABOUT_READER.search(sentence.text))
    for name in names_in(sentence, facts):
        known = facts.record.names(name.text) or _ends_word_of_record(name, sentence.text, facts)
        known = known or facts.record.names(
            sentence.text[name.start : name.end + 1]
        )  # 곤이와, which Kiwi reads as 곤+이+와
        known = known or (speaks_of_reader and facts.reader.names(name.text))
        if not known:
            yield Claim(ClaimKind.NAME, name.text, name.start, name.end)


def names_in(sentence: Sentence, facts: Facts) -> list[Name]:
    """Every name of a sentence, in its order."""
    names = list(_latin_names(sentence, facts))
    if sentence.is_korean:
        names += _korean_names(sentence)
    return sorted(names, key=lambda name: name.start)


def _korean_names(sentence: Sentence) -> Iterator[Name]:
    for word in _WORD.finditer(sentence.text):
        inside = [part for part in sentence.morphemes if word.start() <= part.start and part.end <= word.end()]
        nouns = [part for part in inside if part.tag not in ("SS", "SSO", "SSC", "SP", "SF", "SW", "SE", "SO")]
        for name in _names_of_word(nouns, sentence.text):
            if name.text not in NEVER_NAMES and not _NOT_IN_KOREAN_NAMES.search(name.text):
                yield name


def _names_of_word(parts: list[Morpheme], text: str) -> Iterator[Name]:
    """A Korean name that Kiwi read as a row of nouns (김+초엽, 손+원+평), else the proper nouns."""
    if not parts:
        return
    start = parts[0].start
    length = name_length(text[start : parts[-1].end], parts)
    row = [part for part in parts if part.end <= start + length]
    if length and (length > 2 or any(part.tag == "NNP" for part in row)):  # noqa: PLR2004 - two syllables are often two words
        yield Name(text[start : start + length], start, start + length)
        parts = parts[len(row) :]
    yield from (Name(text[part.start : part.end], part.start, part.end) for part in parts if part.tag == "NNP")


def _latin_names(sentence: Sentence, facts: Facts) -> Iterator[Name]:
    for match in _LATIN_NAME.finditer(sentence.text):
        name = _POSSESSIVE.sub("", match[0]).rstrip(".-")
        if name.casefold() in ENGLISH_CAPITALS or (not sentence.is_korean and _is_beginning(match, sentence, facts)):
            continue
        yield Name(name, match.start(), match.start() + len(name))


def _is_beginning(match: re.Match[str], sentence: Sentence, facts: Facts) -> bool:
    """Whether a capital letter is only that of a sentence's beginning: no name follows, and it owns and tells nothing."""
    before = sentence.text[: match.start()].strip(_MARKS + " ")
    if before and not re.search(r"[:\"“'‘(]\s*$", sentence.text[: match.start()]):
        return False
    word = match[0].casefold()
    if word in ENGLISH_BEGINNINGS or word in facts.record.forms:
        return True
    rest = sentence.text[match.end() :]
    following = re.match(r"\s+([A-Z][\w'-]*)", rest)
    is_followed_by_name = following is not None and following[1].casefold() not in ENGLISH_CAPITALS
    return not (is_followed_by_name or _POSSESSIVE.search(match[0]) or _TELLS.match(rest))


def _ends_word_of_record(name: Name, text: str, facts: Facts) -> bool:
    """그래픽노블: a name only for Kiwi, the end of a word that the record has."""
    beginning = _WORD_BEFORE.search(text[: name.start])
    return beginning is not None and facts.record.holds(beginning[0] + name.text)
