"""Which words of a question say what a book should be about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from recommender.recommend.genres import GENRE_TOKENS, ONLY_WORDS, form_spans
from recommender.text.requests import ENGLISH_REQUEST_WORDS, ENGLISH_STOP_WORDS, LIGHT_WORDS, REQUEST_WORDS
from recommender.text.terms import MINOR_TAGS, NOUN_TAGS, VERB_TAGS, Term

VERB_WEIGHT = 0.4
"""A verb or adjective says less of a book than a noun: "역사를 좋아하는 아이" wants history, not liking."""

GENRE_WEIGHT = 0.3
"""A genre is told by a book's class (`recommender.recommend.genres`); as a word it finds 한국단편소설선."""

_KOREAN = """
오다 가다 나오다 나다 들다 주다 쓰이다 앞두다 좋아하다 못하다 않다 말다 모르다 생각하다 어렵다 쉽다 많다 적다
아무것 아이 이야기 내용 느낌 기분 관련 추천 필요 요즘 정말 너무 아이디어 살 학년 시간 시대 시절 동안 하루 번 개
"""
_ENGLISH = """
feel feeling felt year old ten one two three story stories novel title author kind type lot bit really very
get got go going make made more most much many too when while first
"""
SAYS_NOTHING = frozenset((*_KOREAN.split(), *REQUEST_WORDS, *LIGHT_WORDS))
ENGLISH_SAYS_NOTHING = frozenset((*_ENGLISH.split(), *ENGLISH_REQUEST_WORDS, *ENGLISH_STOP_WORDS))
"""Every question to a librarian holds some of these ("읽을 책이 필요해요"), and a record that holds them fits no better."""

_WRITTEN = re.compile(r"\S+")


class Terms(Protocol):
    """The part of an analyser that questions need."""

    def terms(self, text: str) -> Sequence[Term]:
        """Everything findable in a text, with its place in the text."""


@dataclass(frozen=True, slots=True)
class AskedWord:
    """One word of a question: as it was written, and the tokens by which records hold it."""

    word: str
    tokens: tuple[str, ...]
    is_subject: bool  # a noun or a foreign word: fit to be named in a reason, where a verb's stem is not
    start: int = 0  # its place in the question
    is_form: bool = False  # it says what kind of book is wanted, not of what it should tell

    @property
    def weight(self) -> float:
        """What it counts in a search."""
        if GENRE_TOKENS.issuperset(self.tokens) or (self.is_form and not ONLY_WORDS.issuperset(self.tokens)):
            return GENRE_WEIGHT
        return 1.0 if self.is_subject else VERB_WEIGHT


def asked_words(text: str, analyzer: Terms) -> tuple[AskedWord, ...]:
    """The telling words of a question in its order, none twice; all small words are left out."""
    forms = {place for span in form_spans(text) for place in span}
    words = (
        AskedWord(
            _written(text, term),
            term.match,
            is_subject=term.tag not in VERB_TAGS,
            start=term.start,
            is_form=term.start in forms or GENRE_TOKENS.issuperset(term.match),
        )
        for term in analyzer.terms(text)
        if term.match and not _says_nothing(term)
    )
    return tuple({word.tokens: word for word in reversed(list(words))}.values())[::-1]


def telling_text(text: str, words: Sequence[AskedWord]) -> str:
    """The words of a question, particles and all, that hold something telling; the whole question where none does.

    "잠이 안 올 때 읽을 책" is near in meaning to books about reading, "잠이" is not.
    """
    starts = {word.start for word in words}
    kept = [match[0] for match in _WRITTEN.finditer(text) if starts & set(range(*match.span()))]
    return " ".join(kept) or text


def tokens_by_weight(words: Iterable[AskedWord]) -> dict[float, tuple[str, ...]]:
    """Weight → the tokens that have it, none twice."""
    weighed: dict[float, dict[str, None]] = {}
    for word in words:
        weighed.setdefault(word.weight, {}).update(dict.fromkeys(word.tokens))
    return {weight: tuple(tokens) for weight, tokens in weighed.items()}


def _written(text: str, term: Term) -> str:
    """A word as it stands in the question: with its suffix (중학생, of which 중학 is found), without its particles."""
    rest = text[term.start :].casefold()
    spelt = [len(token) for token in term.tokens if rest.startswith(token)]
    return text[term.start : term.start + max(spelt, default=term.end - term.start)]


def _says_nothing(term: Term) -> bool:
    if term.tag in MINOR_TAGS or term.tag not in NOUN_TAGS | VERB_TAGS | {"SL", "SN", "SH"}:
        return True
    silent = ENGLISH_SAYS_NOTHING if term.tag == "SL" else SAYS_NOTHING
    return any(token in silent for token in term.tokens)
