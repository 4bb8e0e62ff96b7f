"""What kind of query somebody typed, and in which language: a ranking may weigh words and meaning by it."""

import re
from collections.abc import Iterable
from enum import StrEnum

from recommender.text.characters import HANGUL
from recommender.text.kiwi import Morpheme
from recommender.text.requests import is_asking


class QueryKind(StrEnum):
    """How a query is meant."""

    IDENTIFIER = "identifier"  # an ISBN or a call number: it names one book, and has no meaning to be near to
    KEYWORDS = "keywords"  # words, a title or a name
    QUESTION = "question"  # a sentence that asks for something
    MOOD = "mood"  # a sentence in which somebody says how they feel


class QueryLanguage(StrEnum):
    """The language of a query's words."""

    KOREAN = "ko"
    ENGLISH = "en"
    OTHER = "other"  # digits, signs, another script


SENTENCES = (QueryKind.QUESTION, QueryKind.MOOD)

_CALL_NUMBER = re.compile(r"(?:[A-Z가-힣]{1,3}\s?)?\d{3}(?:\.\d+)?[\s-]?[^\W\d_]+\d.*")
_ENGLISH_SENTENCE = re.compile(
    r"(?:i|i['’]?m|my|we|our|how|what|why|where|can|should|help)\b(?:\s+\S+){3}", re.IGNORECASE
)
_FEELINGS = re.compile(
    r"불안|걱정|초조|우울|슬프|슬퍼|슬픔|슬픈|슬플|외로|외롭|힘들|힘든|지쳐|지쳤|지친|지칠|무기력|공허|짜증|화가\s?나|화났|답답|막막|속상"
    r"|두려|두렵|무서|무섭|설레|행복|즐거|즐겁|신나|기분|마음이|마음을|위로|위안|눈물|울고|울었|스트레스|괴로|괴롭|그리워|그립|후회|미안"
    r"|번아웃|상처|잠이?\s?(?:안|오지)|싸웠|싸워|헤어졌|헤어져|돌아가셔|돌아가셨|떠나보|자신감|자존감|피곤|심심|지루"
    r"|\b(?:sad|lonely|alone|anxious|anxiety|worried|afraid|scared|tired|exhausted|depressed|stressed|angry|upset|happy|bored|lost"
    r"|grieving|heartbroken|feel|feeling|miss|died|comfort|cheer|overwhelmed|insecure|hopeless)\b",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def kind_of(text: str, morphemes: Iterable[Morpheme], *, is_isbn: bool) -> QueryKind:
    """The kind of a query.

    Args:
        text: the query, normalised.
        morphemes: its Korean, taken apart.
        is_isbn: whether it holds a valid ISBN.
    """
    if is_isbn or is_call_number(text):
        return QueryKind.IDENTIFIER
    if not _is_sentence(text, morphemes):
        return QueryKind.KEYWORDS
    return QueryKind.MOOD if _FEELINGS.search(text) else QueryKind.QUESTION


def language_of(text: str) -> QueryLanguage:
    """The language of a query: Korean as soon as a word of it is ("Harry Potter 원서")."""
    if HANGUL.search(text):
        return QueryLanguage.KOREAN
    return QueryLanguage.ENGLISH if _LATIN.search(text) else QueryLanguage.OTHER


def is_call_number(text: str) -> bool:
    """Whether the whole text is a shelf mark: `813.6 박14토`, `C 863 에296틴 v.5`."""
    return _CALL_NUMBER.fullmatch(text) is not None


def _is_sentence(text: str, morphemes: Iterable[Morpheme]) -> bool:
    """Whether its last verb has a final ending, or it asks for books."""
    ends = " " in text and any(morpheme.tag == "EF" for morpheme in morphemes)
    return ends or is_asking(text) or _ENGLISH_SENTENCE.match(text) is not None
