"""Hangul by its letters and the keys they are typed with, for making queries.

The search undoes wrong keyboards and slips of the finger with tables of its own. These are written apart from it and
take syllables apart by Unicode's decomposition: a table shared with the search would hide its mistakes, because a query
made with it would always be read back rightly.
"""

import unicodedata
from dataclasses import dataclass

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

_FIRST_LEAD, _FIRST_VOWEL, _BEFORE_TAILS = 0x1100, 0x1161, 0x11A7

# The 2-set keyboard (KS X 5002), row by row: consonants under the left hand, vowels under the right.
_ROWS = (
    ("qwert", "ㅂㅈㄷㄱㅅ"),
    ("yuiop", "ㅛㅕㅑㅐㅔ"),
    ("asdfg", "ㅁㄴㅇㄹㅎ"),
    ("hjkl", "ㅗㅓㅏㅣ"),
    ("zxcv", "ㅋㅌㅊㅍ"),
    ("bnm", "ㅠㅜㅡ"),
)
_SHIFTED = {"ㅃ": "Q", "ㅉ": "W", "ㄸ": "E", "ㄲ": "R", "ㅆ": "T", "ㅒ": "O", "ㅖ": "P"}
_TWO_STROKES = {
    "ㅘ": "hk", "ㅙ": "ho", "ㅚ": "hl", "ㅝ": "nj", "ㅞ": "np", "ㅟ": "nl", "ㅢ": "ml",
    "ㄳ": "rt", "ㄵ": "sw", "ㄶ": "sg", "ㄺ": "fr", "ㄻ": "fa", "ㄼ": "fq", "ㄽ": "ft", "ㄾ": "fx", "ㄿ": "fv", "ㅀ": "fg",
    "ㅄ": "qt",
}  # fmt: skip
KEY_OF = (
    {letter: key for keys, letters in _ROWS for key, letter in zip(keys, letters, strict=True)}
    | _SHIFTED
    | _TWO_STROKES
)

_UNSHIFTED = {"ㅃ": "ㅂ", "ㅉ": "ㅈ", "ㄸ": "ㄷ", "ㄲ": "ㄱ", "ㅆ": "ㅅ", "ㅒ": "ㅐ", "ㅖ": "ㅔ"}

# Vowels that are said alike today, or nearly: 오랜지 for 오렌지, 왠지 for 웬지, 되 for 돼.
_SAID_ALIKE = ("ㅐㅔ", "ㅒㅖ", "ㅚㅙㅞ")


@dataclass(frozen=True, slots=True)
class Syllable:
    """The letters of a syllable; `tail` is empty where it ends in its vowel."""

    lead: str
    vowel: str
    tail: str = ""

    def written(self) -> str:
        """The syllable as one character."""
        tail = chr(_BEFORE_TAILS + TAILS.index(self.tail)) if self.tail else ""
        letters = chr(_FIRST_LEAD + LEADS.index(self.lead)) + chr(_FIRST_VOWEL + VOWELS.index(self.vowel)) + tail
        return unicodedata.normalize("NFC", letters)

    def letters(self) -> str:
        """Its letters one after the other."""
        return self.lead + self.vowel + self.tail


def is_syllable(character: str) -> bool:
    """Whether it is a whole Hangul syllable."""
    return "가" <= character <= "힣"


def syllable(character: str) -> Syllable:
    """Take a syllable apart: 닭 → ㄷ, ㅏ, ㄺ."""
    lead, vowel, *tail = list(unicodedata.normalize("NFD", character))
    return Syllable(
        LEADS[ord(lead) - _FIRST_LEAD],
        VOWELS[ord(vowel) - _FIRST_VOWEL],
        TAILS[ord(tail[0]) - _BEFORE_TAILS] if tail else "",
    )


def spelled_out(text: str) -> str:
    """Each syllable by its letters: 닭 → ㄷㅏㄺ; the rest is left as it is."""
    return "".join(syllable(character).letters() if is_syllable(character) else character for character in text)


def first_consonants(text: str) -> str:
    """Each syllable by its first consonant: 어린 왕자 → ㅇㄹ ㅇㅈ."""
    return "".join(syllable(character).lead if is_syllable(character) else character for character in text)


def typed_in_latin(text: str) -> str:
    """What a keyboard left in Latin makes of Hangul: 독서 → ehrtj, 꿈 → Rna."""
    return "".join(KEY_OF.get(letter, letter) for letter in spelled_out(text))


def slips(character: str) -> tuple[str, ...]:
    """Every syllable that differs by one letter as people mistype or mishear it, or with first and last letter swapped.

    Mistyped: the letter of the next key in the same row, or shift pressed or not pressed (왕 → 황 is none: ㅇ and ㅎ
    are two keys apart; 왕 → 롼 is one).
    """
    at = syllable(character)
    found = [Syllable(lead, at.vowel, at.tail) for lead in _mistyped(at.lead) if lead in LEADS]
    found += [Syllable(at.lead, vowel, at.tail) for vowel in (*_said_alike(at.vowel), *_mistyped(at.vowel))]
    found += [Syllable(at.lead, at.vowel, tail) for tail in _mistyped(at.tail) if tail in TAILS]
    if at.tail in LEADS and at.tail and at.lead in TAILS and at.tail != at.lead:
        found.append(Syllable(at.tail, at.vowel, at.lead))
    return tuple(dict.fromkeys(each.written() for each in found))


def _said_alike(vowel: str) -> tuple[str, ...]:
    return tuple(other for group in _SAID_ALIKE if vowel in group for other in group if other != vowel)


def _mistyped(letter: str) -> tuple[str, ...]:
    """The letters on the keys beside that of a letter, and the one that the same key gives with or without shift."""
    shifted = {plain: doubled for doubled, plain in _UNSHIFTED.items()}
    other = _UNSHIFTED.get(letter) or shifted.get(letter)
    row = next((letters for _, letters in _ROWS if letter and letter in letters), "")
    at = row.find(letter) if row else -1
    beside = [row[near] for near in (at - 1, at + 1) if row and 0 <= near < len(row)]
    return tuple(filter(None, (*beside, other)))
