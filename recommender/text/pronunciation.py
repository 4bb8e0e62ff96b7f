"""Hangul as it is said: 독립문 is said 동님문 and romanised Dongnimmun, 같이 is said 가치.

Only what changes a consonant for another is written down; what no spelling in Latin letters shows (tense consonants) is not.
Source: National Institute of Korean Language, Standard Pronunciation (표준 발음법), chapters 4 and 5.
"""

import re
from itertools import pairwise

from recommender.text.hangul import compose, is_syllable, letters_of

_HANGUL_RUN = re.compile("[가-힣]+")
_SILENT = "ㅇ"

# What of a final is left before a consonant, and what moves over to a following vowel.
_CLUSTERS = {
    "ㄳ": ("ㄱ", "ㅅ"), "ㄵ": ("ㄴ", "ㅈ"), "ㄶ": ("ㄴ", "ㅎ"), "ㄺ": ("ㄹ", "ㄱ"), "ㄻ": ("ㄹ", "ㅁ"), "ㄼ": ("ㄹ", "ㅂ"),
    "ㄽ": ("ㄹ", "ㅅ"), "ㄾ": ("ㄹ", "ㅌ"), "ㄿ": ("ㄹ", "ㅍ"), "ㅀ": ("ㄹ", "ㅎ"), "ㅄ": ("ㅂ", "ㅅ"),
}  # fmt: skip
_BEFORE_CONSONANT = {"ㄳ": "ㄱ", "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄺ": "ㄱ", "ㄻ": "ㅁ", "ㄼ": "ㄹ", "ㄽ": "ㄹ", "ㄾ": "ㄹ", "ㄿ": "ㅂ",
                     "ㅀ": "ㄹ", "ㅄ": "ㅂ", "ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㅅ": "ㄷ", "ㅆ": "ㄷ", "ㅈ": "ㄷ", "ㅊ": "ㄷ", "ㅌ": "ㄷ",
                     "ㅍ": "ㅂ"}  # fmt: skip
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_PALATAL = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}  # 굳이, 같이
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}  # 국물, 꽃망울, 밥물


def as_said(word: str) -> str:
    """Write a word as it is said; what is no Hangul stays: 종로 → 종노, 신라 → 실라, 독립문 → 동님문, 놓다 → 노타."""
    return _HANGUL_RUN.sub(lambda run: _run_as_said(run[0]), word)


def _run_as_said(run: str) -> str:
    syllables = [list(letters_of(syllable)) for syllable in run if is_syllable(syllable)]
    for first, second in pairwise(syllables):
        _meet(first, second)
    if syllables:
        last = syllables[-1]
        last[2] = "" if last[2] == "ㅎ" else _BEFORE_CONSONANT.get(last[2], last[2])
    return "".join(compose(*letters) for letters in syllables)


def _meet(first: list[str], second: list[str]) -> None:
    """Change the final of one syllable and the initial of the next as they are said together."""
    final, initial = first[2], second[0]
    if not final:
        return
    if initial == _SILENT:
        first[2], second[0] = _moved_over(final, second[1])
    elif initial == "ㅎ" and final != _SILENT:
        first[2], second[0] = _with_breath(final)
    else:
        first[2], second[0] = _side_by_side(final, initial)


def _moved_over(final: str, vowel: str) -> tuple[str, str]:
    """Before a vowel a final is said as the next initial, but for ㅇ; ㅎ falls silent: 놓아 is 노아."""
    if final == _SILENT:
        return final, _SILENT
    stays, moves = _CLUSTERS.get(final, ("", final))
    if moves == "ㅎ":
        return ("", stays) if stays else ("", _SILENT)
    return stays, _PALATAL.get(moves, moves) if vowel == "ㅣ" else moves


def _with_breath(final: str) -> tuple[str, str]:
    """Before ㅎ: 축하 is 추카, 맏형 is 마텽, 전화 stays."""
    stays, moves = _CLUSTERS.get(final, ("", final))
    bare = moves if moves in _ASPIRATED else _BEFORE_CONSONANT.get(moves, moves)
    return (stays, _ASPIRATED[bare]) if bare in _ASPIRATED else (_BEFORE_CONSONANT.get(final, final), "ㅎ")


def _side_by_side(final: str, initial: str) -> tuple[str, str]:
    if final in ("ㅎ", "ㄶ", "ㅀ"):
        left = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}[final]
        if initial in _ASPIRATED:
            return left, _ASPIRATED[initial]  # 놓다, 많다
        final = left or ("ㄴ" if initial == "ㄴ" else "")  # 놓는
    final = _BEFORE_CONSONANT.get(final, final)
    if initial == "ㄹ" and final not in ("", "ㄹ"):
        if final == "ㄴ":
            return "ㄹ", "ㄹ"  # 신라
        initial = "ㄴ"  # 종로, 독립
    if (final, initial) == ("ㄹ", "ㄴ"):
        return "ㄹ", "ㄹ"  # 설날
    if initial in ("ㄴ", "ㅁ"):
        final = _NASAL.get(final, final)
    return final, initial
