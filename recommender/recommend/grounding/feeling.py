"""What a sentence says of a book's tone: a fact only where the record or a librarian says so, else at most a guess."""

import re
from collections.abc import Iterator, Mapping

from recommender.models import AppealFacet, Book, Mood
from recommender.recommend.grounding.facts import Facts
from recommender.recommend.grounding.sentences import Sentence
from recommender.recommend.grounding.values import Claim, ClaimKind

_BOOK = r"(?:\s?(?:\S+(?:고|한|은|는|운)\s)?(?:책|소설|이야기|동화|에세이|시집|만화|그림책|작품|분위기|느낌)(?!을 (?:읽고|찾)|이 (?:읽고|필요)|를 (?:찾|원)))"
_ENGLISH_BOOK = r"(?:\s(?:and\s\w+\s)?(?:book|novel|story|tale|read|tone|mood|memoir|collection|comic)\b)"

TONES: Mapping[Mood, tuple[str, str]] = {
    Mood.WARM: ("따뜻한|따스한|포근한|훈훈한", "heart-?warming|warm|tender|cozy|cosy"),
    Mood.CHEERFUL: ("유쾌한|명랑한|발랄한|경쾌한", "cheerful|light-?hearted|upbeat"),
    Mood.CALM: ("잔잔한|고요한|차분한|평온한", "calm|gentle|quiet|peaceful"),
    Mood.MELANCHOLY: ("쓸쓸한|씁쓸한|애틋한", "melancholy|melancholic|bittersweet|wistful"),
    Mood.SAD: ("슬픈|애잔한", "sad|tragic|heart-?breaking"),
    Mood.TENSE: ("긴장감 있는|긴박한|팽팽한|손에 땀을 쥐게 하는", "tense|suspenseful|nail-?biting|thrilling"),
    Mood.HOPEFUL: ("희망찬|희망적인", "hopeful|optimistic"),
    Mood.MYSTERIOUS: ("신비로운|몽환적인", "mysterious|eerie|dreamlike"),
    Mood.WITTY: ("재치 있는|익살스러운|웃긴", "witty|funny|humorous|hilarious"),
}
"""Tone → the words that say it right before a book, in Korean and English; what serves any book (깊은, 솔직한) is left out."""

NEAR: Mapping[Mood, tuple[Mood, ...]] = {
    Mood.WARM: (Mood.COMFORTING, Mood.HOPEFUL),
    Mood.CALM: (Mood.COMFORTING, Mood.WARM),
    Mood.CHEERFUL: (Mood.WITTY, Mood.EXHILARATING),
    Mood.WITTY: (Mood.CHEERFUL,),
    Mood.SAD: (Mood.MELANCHOLY,),
    Mood.MELANCHOLY: (Mood.SAD,),
    Mood.TENSE: (Mood.MYSTERIOUS, Mood.EXHILARATING),
    Mood.MYSTERIOUS: (Mood.TENSE,),
    Mood.HOPEFUL: (Mood.INSPIRING, Mood.WARM),
}
"""Tone → those that come so close to it that a record of one bears out the other."""

_HEDGED = re.compile(
    r"듯|것 같|지도 모|짐작|보입니다|보여요|아마|수 있|\b(?:may|might|seems?|perhaps|probably|appears?|likely|could)\b",
    re.IGNORECASE,
)
_OTHER_BOOK = re.compile(
    r"처럼|찾으|원하|바라|필요|읽고 싶|좋아하|\byou (?:want|wanted|like|need|asked|are looking)\b|\blooking for\b",
    re.IGNORECASE,
)
_SAID = {
    mood: re.compile(rf"(?:{korean}){_BOOK}|\b(?:{english}){_ENGLISH_BOOK}", re.IGNORECASE)
    for mood, (korean, english) in TONES.items()
}
_ENDING = re.compile(r"(?:적인|스러운|로운|[가-힣])$")
SHORTEST_STEM = 2
"""Syllables: 슬 of 슬픈 is in too many words."""


def wrong_tone(sentence: Sentence, facts: Facts) -> Iterator[Claim]:
    """A tone that nobody vouches for; one that is only estimated may be told as a guess, and what is wished for is none."""
    if _OTHER_BOOK.search(sentence.text):
        return
    is_guess = _HEDGED.search(sentence.text) is not None
    for mood, said in _SAID.items():
        for match in said.finditer(sentence.text):
            if not (_is_recorded(mood, match[0], facts) or (is_guess and _is_estimated(mood, facts.book))):
                yield Claim(ClaimKind.TONE, match[0], *match.span())


def _is_recorded(mood: Mood, words: str, facts: Facts) -> bool:
    if not {mood, *NEAR[mood]}.isdisjoint(facts.book.moods):
        return True
    return any(facts.record.holds(word) for word in (words.split(maxsplit=1)[0], *_stems(mood)))


def _stems(mood: Mood) -> list[str]:
    """What a description has in common that says the same: 따뜻 of 따뜻하게, 희망 of 희망적인."""
    korean, _ = TONES[mood]
    stems = (_ENDING.sub("", word) for word in korean.split("|"))
    return [stem for stem in stems if len(stem) >= SHORTEST_STEM]


def _is_estimated(mood: Mood, book: Book) -> bool:
    near = (mood, *NEAR[mood])
    return any(term.facet is AppealFacet.MOOD and term.code in near for term in book.estimated)
