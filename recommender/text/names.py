"""Names that the analyser takes for rows of short nouns: 김명남 is not 김, 명 and 남, and 혼불 is not 혼 and 불."""

import re
from collections.abc import Sequence

from recommender.text.kiwi import Morpheme

# One-syllable family names that a Korean name begins with, the common ones and the rarer that catalogues hold.
_FAMILY_NAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추"
    "도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용갈봉사부황"
)
_LONG_FAMILY_NAMES = frozenset(("남궁", "황보", "제갈", "사공", "선우", "독고", "서문", "동방"))
_KOREAN_NAME = re.compile("[가-힣]{2,4}")
_NOUNS = frozenset(("NNG", "NNP", "NNB", "NR", "XPN"))
_PIECES = _NOUNS | {"NP", "MM", "MAG", "IC", "XR"}
_PARTICLE = "J"
_VOCATIVE = "JKV"  # nobody is called out to in a catalogue: the 아 of 송경아 belongs to her name
# Particles that are also the last syllable of names: 황정은, 이금이, 유영만.
_NAME_PARTICLES = frozenset("은이만")
# Last syllables of given names that make no other word of a noun (안광+복, but 현대+시 and 여행+법).
_NAME_ENDINGS = frozenset("승복석철민희환호혁덕욱훈영준진우숙규현연옥익필택웅섭")
_USUAL_LENGTH = 3


def name_length(word: str, morphemes: Sequence[Morpheme]) -> int:
    """Number of syllables of the name that a word begins with, before its particles; 0 if it is read rightly as it is.

    What is taken for a name in error is still found when written the same way, and documents keep its pieces.
    """
    kept = len(morphemes)
    if kept < 2:  # noqa: PLR2004 - one piece is no row
        return 0
    is_family_name = word[0] in _FAMILY_NAMES
    while kept:
        end = max(morpheme.end for morpheme in morphemes[:kept]) - morphemes[0].start
        if _is_row_of_two(morphemes[:kept], end) or (is_family_name and _is_name(morphemes[:kept], end)):
            return end
        if not _is_particle(morphemes[kept - 1]):
            return 0
        kept -= 1
    return 0


def korean_name_words(name: str) -> tuple[str, str] | None:
    """Family and given name of a Korean name written in one: 김영하 → 김, 영하; None for what is no such name."""
    if not _KOREAN_NAME.fullmatch(name):
        return None
    length = 2 if name[:2] in _LONG_FAMILY_NAMES and len(name) > _USUAL_LENGTH else 1
    return (name[:length], name[length:]) if length > 1 or name[0] in _FAMILY_NAMES else None


def _is_row_of_two(pieces: Sequence[Morpheme], length: int) -> bool:
    """혼+불: of two syllables written together, neither was meant alone."""
    return length == len(pieces) == 2 and all(piece.tag in {"NNG", "NNP"} for piece in pieces)  # noqa: PLR2004


def _is_name(pieces: Sequence[Morpheme], length: int) -> bool:
    if not 1 < len(pieces) <= length <= _USUAL_LENGTH or any(
        not (piece.tag in _PIECES or piece.tag[0] == _PARTICLE) for piece in pieces
    ):
        return False
    first, last = pieces[0], pieces[-1]
    if len(pieces) == length:
        return _is_name_in_single_syllables(pieces)
    if _is_particle(last):
        return False
    if len(first.form) == 1:
        return first.tag in _NOUNS or last.tag == "NNP"  # 김+인구 and 이+동렬, but not 이+사람 ("this person")
    return first.tag == "NNP" or not first.known or last.form in _NAME_ENDINGS


def _is_name_in_single_syllables(pieces: Sequence[Morpheme]) -> bool:
    """황+윤, 김+명+남, 왕+은+철 and 오+승+은, but not 길+은, 강+에+는 and 이+날+은 ("on this day")."""
    if not _is_particle(pieces[-1]):
        return True
    may_end_name = len(pieces) == _USUAL_LENGTH and pieces[-1].form in _NAME_PARTICLES
    return may_end_name and pieces[0].tag != "MM" and not _is_particle(pieces[1])


def _is_particle(morpheme: Morpheme) -> bool:
    return morpheme.tag[0] == _PARTICLE and morpheme.tag != _VOCATIVE
