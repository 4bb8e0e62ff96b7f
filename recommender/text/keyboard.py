"""What a text would have been on the other keyboard: ehrtj is 독서 typed without switching to Hangul, ㅗㅁㄱ교 is harry.

A key has one letter of the Korean two-set layout (KS X 5002) and one of the Latin one.
"""

import re

from recommender.text.hangul import FINALS, INITIALS, VOWELS, compose, keystrokes

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_KOREAN = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
# With shift; any other capital is typed for its small letter, by caps lock or at the start of a sentence.
_SHIFTED = {"Q": "ㅃ", "W": "ㅉ", "E": "ㄸ", "R": "ㄲ", "T": "ㅆ", "O": "ㅒ", "P": "ㅖ"}

_LETTER_OF_KEY = dict(zip(_LATIN, _KOREAN, strict=True))
_KEY_OF_LETTER = {letter: key for key, letter in (*_LETTER_OF_KEY.items(), *_SHIFTED.items())}

_TWO_STROKES = {keystrokes(letter): letter for letter in (*VOWELS, *FINALS[1:]) if len(keystrokes(letter)) > 1}
_VOWELS = frozenset(VOWELS)

_HANGUL_LETTER = re.compile("[ㄱ-ㅣ가-힣]")
_LONE_LETTER = re.compile("[ㄱ-ㅣ]")
_LONE_VOWEL = re.compile("[ㅏ-ㅣ]")
_LATIN_LETTER = re.compile("[A-Za-z]")


def as_hangul(text: str) -> str | None:
    """Read a text as typed for Hangul: gksrkd → 한강; None unless all its letters make whole syllables.

    Digits, spaces and signs stay: "Tkdejs 2" → 쌍던 2.
    """
    if not _LATIN_LETTER.search(text) or _HANGUL_LETTER.search(text):
        return None
    keys = text.lower() if text.isupper() else text  # caps lock
    composed = _composed("".join(map(_letter, keys)))
    return None if _LONE_LETTER.search(composed) else composed


def hangul_so_far(text: str) -> str | None:
    """Read a text that is still being typed as Hangul, its last letters loose: ehrt → 독ㅅ; None without Latin letters."""
    if not _LATIN_LETTER.search(text) or _HANGUL_LETTER.search(text):
        return None
    return _composed("".join(map(_letter, text)))


def as_latin(text: str) -> str | None:
    """Read a text as typed for Latin letters: ㅗㅁㄱ교 → harry; None where it is whole syllables, so meant as Hangul."""
    if not _LONE_LETTER.search(text) or _LATIN_LETTER.search(text):
        return None
    return "".join(_KEY_OF_LETTER.get(stroke, stroke) for stroke in keystrokes(text)).lower()


def is_gibberish(text: str) -> bool:
    """Whether it has vowels that belong to no syllable, which nobody means: ㅗㅁㄱ교. Consonants alone may be initials."""
    return _LONE_VOWEL.search(text) is not None


def _letter(key: str) -> str:
    return _SHIFTED.get(key) or _LETTER_OF_KEY.get(key.lower(), key)


def _composed(strokes: str) -> str:
    """Put letters together as an input method does: a consonant goes to the vowel that follows it."""
    written = ""
    place = 0
    while place < len(strokes):
        syllable, place = _syllable_at(strokes, place)
        written += syllable
    return written


def _syllable_at(strokes: str, place: int) -> tuple[str, int]:
    initial = strokes[place]
    vowel, after = _longest(strokes, place + 1, _VOWELS)
    if initial not in INITIALS or not vowel:
        lone, end = _longest(strokes, place, _VOWELS)
        return (lone, end) if lone else (initial, place + 1)
    final, end = _final(strokes, after)
    return compose(initial, vowel, final), end


def _final(strokes: str, place: int) -> tuple[str, int]:
    """The final that begins here, without the consonant that the next vowel needs."""
    for length in (2, 1):
        letters = strokes[place : place + length]
        letter = _TWO_STROKES.get(letters) if length > 1 else letters
        follows_vowel = strokes[place + length : place + length + 1] in _VOWELS
        if letter and len(letters) == length and letter in FINALS and not follows_vowel:
            return letter, place + length
    return "", place


def _longest(strokes: str, place: int, wanted: frozenset[str]) -> tuple[str, int]:
    pair = _TWO_STROKES.get(strokes[place : place + 2], "")
    if pair in wanted:
        return pair, place + 2
    one = strokes[place : place + 1]
    return (one, place + 1) if one and one in wanted else ("", place)
