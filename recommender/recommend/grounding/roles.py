"""What people and firms are said to have done: a known name that wrote, translated, drew or published something else."""

import re
from collections.abc import Iterator

from recommender.models import Role
from recommender.recommend.grounding.facts import Facts, squeezed
from recommender.recommend.grounding.names import ABOUT_READER, Name, names_in
from recommender.recommend.grounding.sentences import Sentence
from recommender.recommend.grounding.values import Claim, ClaimKind

LIKE_RECORD = 8
"""Characters after a name that are compared with the record."""

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


def wrong_roles(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """Names that are known, but of somebody who did something else."""
    for name in _neighbours_joined(names_in(sentence, facts), sentence.text):
        deed = _deed(name, sentence.text)
        if deed and not (_did(deed, name, sentence.text, facts) or _is_told_so(name, sentence.text, facts)):
            yield Claim(ClaimKind.ROLE, name.text, name.start, name.end)


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
