"""Which words of a query have to be found in a book, and which only say that somebody is asking."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from recommender.text.terms import MINOR_TAGS, PRONOUN_TAG, Term

# Verbs and nouns that carry a sentence and say nothing of a book: "하고 싶은 말이 있다" is about 말.
_LIGHT = """
있다 없다 하다 되다 같다 이다 아니다 그렇다 이렇다 저렇다 어떻다 어떠하다 그러다 위하다 대하다 관하다 통하다 때 때문 정도 경우 중 등
"""
LIGHT_WORDS = frozenset(_LIGHT.split())

# In a title of few words, as telling as any other.
QUESTION_WORDS = frozenset(("무엇", "누구", "어디", "언제", "왜", "어떻다", "어떻게"))

# Said by somebody who asks for a book ("잠 안 올 때 볼 만한 책 추천해 줘"), of which every book or none would be a hit.
# Only dropped from a sentence that asks, because 책 먹는 여우 and 책은 도끼다 are titles.
_REQUEST = """
책 도서 서적 추천 추천서 권하다 고르다 찾다 알리다 알다 보이다 읽다 보다 빌리다 원하다 필요 부탁 소개 궁금 좋다 괜찮다
재미있다 재밌다 싶다 만하다 뭐 무엇 무슨 어떤 어느 어디 누구 언제 얼마 왜 어떻게 좀 제발 혹시 요즘 지금 오늘
저 나 우리 제 내 거 것 줄 수 권 한 분 사람
"""
REQUEST_WORDS = frozenset(_REQUEST.split())

# English words that are in every text, and those of a request.
_ENGLISH_STOP = """
a about an and are as at be been but by can could did do does for from had has have he her hers him his how i if in into is it
its me my no not of on or our out she should so some than that the their them then there these they this those to too us
was we were what when where which who whom whose why will with would you your am im ive id
"""
ENGLISH_STOP_WORDS = frozenset(_ENGLISH_STOP.split())
_ENGLISH_REQUEST = """
book books recommend recommendation suggest suggestion please find looking look want need read reading good great best
something anything give show tell like help any
"""
ENGLISH_REQUEST_WORDS = frozenset(_ENGLISH_REQUEST.split())

_ASKING = re.compile(
    r"추천|권해|골라|찾아\s?(?:줘|주|달)|알려\s?(?:줘|주|달)|소개해|부탁|싶(?:어|다|은데|습니다|네)|만한\s|없(?:을까|나요|어요)|있(?:을까|나요|어요)"
    # "… 사람을 위한 책", "읽기 좋은 책들": an adnominal ending and the book itself close the sentence.
    r"|[가-힣](?:은|는|운|한|할|을|픈|진|난|른|줄|같은)\s[가-힣]*책들?[.!]?$"
    r"|\?|\b(?:recommend|suggest|please|looking for|i want|i need|what should|any books?|books? (?:about|for|on|like))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QueryTokens:
    """A query as tokens.

    `match` must be found, with a minimum that the search states; `score` decides the order of what matched; `words` are
    the words as typed, for messages and spelling.
    """

    match: tuple[str, ...]
    score: tuple[str, ...]
    words: tuple[str, ...]


def is_asking(query: str) -> bool:
    """Whether a query is a sentence that asks for books rather than words of a title."""
    return _ASKING.search(query) is not None


def query_tokens_of(query: str, terms: Sequence[Term], words: Iterable[str]) -> QueryTokens:
    """Choose the tokens of a query; where nothing but small words was said, those are what is meant."""
    telling = _without_requests(terms) if is_asking(query) else terms
    must = _must_be_found(telling)
    return QueryTokens(
        match=_unique(token for term in must for token in term.match or term.tokens),
        score=_unique(token for term in _without_small_words(telling) for token in term.tokens),
        words=tuple(words),
    )


def _must_be_found(terms: Sequence[Term]) -> Sequence[Term]:
    findable = [term for term in terms if term.match]
    strong = [term for term in findable if not _is_minor(term)]
    if len(strong) == 1:
        # "나는 나로 살기로 했다" would match every book with 살다 in it; "어떻게 살 것인가" likewise.
        return [term for term in findable if term is strong[0] or _names_somebody(term)]
    return strong or findable or terms


def _names_somebody(term: Term) -> bool:
    return term.tag == PRONOUN_TAG or not QUESTION_WORDS.isdisjoint(term.match)


def _without_requests(terms: Sequence[Term]) -> Sequence[Term]:
    """Leave out the words that only ask, and wholes such as 추천해줘 that hold nothing else."""
    kept = [term for term in terms if term.match and not _is_request(term)]
    wholes = [term for term in terms if not term.match and any(term.start <= part.start < term.end for part in kept)]
    return sorted([*kept, *wholes], key=lambda term: (term.start, term.end)) or terms


def _without_small_words(terms: Sequence[Term]) -> Sequence[Term]:
    """Leave out the English words that are in every text: in a Korean catalogue "the" is rare, and would seem to tell much."""
    kept = [term for term in terms if not (term.tag == "SL" and _any_of(term, (), ENGLISH_STOP_WORDS))]
    return kept or terms


def _is_request(term: Term) -> bool:
    return _any_of(term, REQUEST_WORDS, ENGLISH_REQUEST_WORDS)


def _is_minor(term: Term) -> bool:
    return term.tag in MINOR_TAGS or _any_of(term, LIGHT_WORDS, ENGLISH_STOP_WORDS)


def _any_of(term: Term, korean: Collection[str], english: Collection[str]) -> bool:
    if term.tag == "SL":
        return any(token in english for token in term.tokens)
    return any(token in korean for token in term.match)


def _unique(tokens: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tokens))
