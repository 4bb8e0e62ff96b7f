"""Names in a sentence: of people, places and firms, and what they are said to have done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recommender.models import Role
from recommender.recommend.grounding.facts import Facts, squeezed
from recommender.recommend.grounding.sentences import Sentence
from recommender.recommend.grounding.values import Claim, ClaimKind
from recommender.text.kiwi import Morpheme
from recommender.text.names import name_length

NEVER_NAMES = frozenset(("서가", "도서관", "우리나라", "하느님", "하나님", "어르신", "오늘", "한글", "책"))
"""Words that Kiwi takes for names, and that claim nothing of a book."""

ENGLISH_BEGINNINGS = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "all",
        "almost",
        "along",
        "also",
        "although",
        "always",
        "among",
        "an",
        "and",
        "another",
        "any",
        "anyone",
        "anything",
        "around",
        "as",
        "at",
        "away",
        "because",
        "before",
        "beneath",
        "besides",
        "between",
        "both",
        "but",
        "by",
        "calm",
        "can",
        "careful",
        "cheerful",
        "clever",
        "close",
        "despite",
        "discover",
        "do",
        "does",
        "each",
        "easy",
        "either",
        "enjoy",
        "even",
        "every",
        "everyone",
        "everything",
        "explore",
        "far",
        "few",
        "find",
        "finding",
        "first",
        "following",
        "follow",
        "for",
        "from",
        "full",
        "fun",
        "funny",
        "gentle",
        "give",
        "given",
        "good",
        "great",
        "half",
        "happy",
        "he",
        "help",
        "helpful",
        "her",
        "here",
        "his",
        "honest",
        "hopeful",
        "how",
        "i",
        "if",
        "in",
        "inside",
        "instead",
        "into",
        "is",
        "it",
        "its",
        "just",
        "keep",
        "kind",
        "laugh",
        "learn",
        "let",
        "life",
        "light",
        "like",
        "little",
        "long",
        "look",
        "looking",
        "lose",
        "love",
        "many",
        "may",
        "maybe",
        "meet",
        "more",
        "most",
        "moving",
        "much",
        "my",
        "near",
        "never",
        "no",
        "nor",
        "not",
        "nothing",
        "now",
        "of",
        "often",
        "old",
        "on",
        "once",
        "one",
        "only",
        "open",
        "or",
        "other",
        "our",
        "out",
        "over",
        "pages",
        "perfect",
        "perhaps",
        "pick",
        "picture",
        "plain",
        "poems",
        "quiet",
        "rather",
        "read",
        "readers",
        "reading",
        "rich",
        "see",
        "set",
        "she",
        "short",
        "simple",
        "since",
        "slow",
        "small",
        "so",
        "some",
        "someone",
        "sometimes",
        "soft",
        "soon",
        "still",
        "stories",
        "story",
        "strong",
        "such",
        "surely",
        "take",
        "tell",
        "tender",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "think",
        "this",
        "those",
        "though",
        "three",
        "through",
        "throughout",
        "thus",
        "time",
        "to",
        "together",
        "told",
        "too",
        "try",
        "turn",
        "two",
        "under",
        "unlike",
        "until",
        "up",
        "very",
        "warm",
        "watching",
        "we",
        "well",
        "what",
        "whatever",
        "when",
        "whenever",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "whoever",
        "whose",
        "why",
        "wise",
        "with",
        "within",
        "without",
        "witty",
        "words",
        "written",
        "yes",
        "yet",
        "you",
        "young",
        "your",
        "yours",
        "short-story",
    ]
)
"""Words with which English sentences begin, capitalised without being names."""

ENGLISH_CAPITALS = frozenset(
    [
        "i",
        "i'm",
        "i'd",
        "i'll",
        "i've",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "ok",
        "tv",
        "dvd",
        "faq",
        "cd",
        "pdf",
    ]
)

ABOUT_READER = re.compile(
    r"읽으신|읽었|좋아하|좋게|말씀|찾으|찾던|물으|여쭈|궁금|관심|질문|원하|꼽|별점|처럼|같은|\byou\b|\byour\b",
    re.IGNORECASE,
)
"""What a sentence says where it speaks of the reader's own books and words, in which names are that no record holds."""

LIKE_RECORD = 8
"""Characters after a name that are compared with the record."""

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

WROTE, TRANSLATED, DREW, PUBLISHED = "wrote", "translated", "drew", "published"
_DEEDS = {
    WROTE: r"(?:\s?(?:작가|선생|박사|교수|시인|소설가|씨|님))?\s?(?:이|가|께서)?\s?(?:직접\s)?(?:쓴|썼|쓰신|지은|지었|집필|펴낸|저술)"
    r"|(?:\s?(?:작가|시인))?의 (?:작품|소설|책|글|에세이|시집|대표작|신작|동화|그림책)|\s?(?:작가|저자|소설가|시인)(?=[\s,.의가는은이])",
    TRANSLATED: r"\s?(?:씨)?(?:이|가)?\s?(?:우리말로\s)?(?:옮긴|옮겼|번역)|의 번역",
    DREW: r"\s?(?:씨)?(?:이|가)?\s?(?:그린|그렸|삽화)|의 (?:그림|삽화)",
    PUBLISHED: r"(?:에서|가|이)\s?(?:펴낸|펴냈|출간|출판|발행|낸\s|냈)",
}
_BEFORE = {
    WROTE: r"(?:저자|작가|지은이|글쓴이)(?:인|는|은|:)?\s$|\b(?:written by|by|author|novelist|writer|poet)\s$",
    TRANSLATED: r"(?:옮긴이|번역가)\s$|\b(?:translated(?: into \w+)? by|translator)\s$",
    DREW: r"(?:그린이|삽화가)\s$|\b(?:illustrated by|drawings by|pictures by|illustrator)\s$",
    PUBLISHED: r"(?:출판사|펴낸곳)\s$|\b(?:published by|from the publisher)\s$",
}
_ENGLISH_DEEDS = re.compile(
    r"(?:['’]s? (?:\w+ )?(?:novel|book|story|tale|essay|poem|memoir|writing|work)|\s+(?:wrote|writes)\b)"
)
_ROLES = {
    WROTE: (Role.AUTHOR, Role.CONTRIBUTOR, Role.EDITOR),
    TRANSLATED: (Role.TRANSLATOR,),
    DREW: (Role.ILLUSTRATOR, Role.AUTHOR),
}
_DEED_PATTERNS = {deed: re.compile(pattern) for deed, pattern in _DEEDS.items()}
_BEFORE_PATTERNS = {deed: re.compile(pattern, re.IGNORECASE) for deed, pattern in _BEFORE.items()}


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


def wrong_roles(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Names that are known, but of somebody who did something else."""
    for name in _neighbours_joined(names_in(sentence, facts), sentence.text):
        deed = _deed(name, sentence.text)
        if deed and not (_did(deed, name, sentence.text, facts) or _is_told_so(name, sentence.text, facts)):
            yield Claim(ClaimKind.ROLE, name.text, name.start, name.end)


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


def _neighbours_joined(names: list[Name], text: str) -> list[Name]:
    """무라카미 and 하루키 as one name."""
    joined: list[Name] = []
    for name in names:
        if joined and text[joined[-1].end : name.start] in (" ", "·", "-", ". "):
            start = joined.pop().start
            joined.append(Name(text[start : name.end], start, name.end))
        else:
            joined.append(name)
    return joined


def _deed(name: Name, text: str) -> str:
    """What the sentence says that somebody did; empty if nothing."""
    for deed in (TRANSLATED, DREW, PUBLISHED, WROTE):  # "translated by" is also "by"
        pattern = _DEED_PATTERNS[deed]
        if pattern.match(text, name.end) or _BEFORE_PATTERNS[deed].search(text[: name.start]):
            return deed
    return WROTE if _ENGLISH_DEEDS.match(text, name.end) else ""


def _ends_word_of_record(name: Name, text: str, facts: Facts) -> bool:
    """그래픽노블: a name only for Kiwi, the end of a word that the record has."""
    beginning = _WORD_BEFORE.search(text[: name.start])
    return beginning is not None and facts.record.holds(beginning[0] + name.text)


def _is_told_so(name: Name, text: str, facts: Facts) -> bool:
    """Whether the record itself goes on after the name in the same way: a hero may write, too."""
    return facts.record.holds(text[name.start : name.end + LIKE_RECORD])


def _did(deed: str, name: Name, text: str, facts: Facts) -> bool:
    wanted = squeezed(name.text)
    if deed == PUBLISHED:
        firms = (facts.book.publisher, *(holding.publisher for holding in facts.book.holdings))
        return any(wanted in squeezed(firm) for firm in firms) or wanted in facts.people(*_ROLES[WROTE])
    if wanted in facts.people(*_ROLES[deed]):
        return True
    # 『노르웨이의 숲』을 쓴 무라카미 하루키처럼: true of a book that the reader liked
    is_liked = any(wanted in squeezed(author) for author in facts.liked_authors)
    if is_liked and ABOUT_READER.search(text):
        return True
    # 윤재의 책 and 한국의 소설 name no writer.
    return deed == WROTE and text[name.end :].startswith("의 ") and facts.record.holds(name.text)
