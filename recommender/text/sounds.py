"""What a word sounds like, whichever script it is written in: Demian and 데미안, Gatsby and 개츠비.

A reading has two layers. Its key is the row of consonants in broad classes, the same for both scripts, so that words can be
looked up by it; between the consonants stand the vowels, which the scripts agree on far less. `likeness` compares a Latin
reading with a Hangul one of the same key: vowel by vowel, and consonant by consonant within its class.
"""

from dataclasses import dataclass
from functools import lru_cache
from operator import or_

VOWEL = ""
"""The class of a vowel, which is in no key."""

BARE_VOWEL = "-"
"""ㅡ, where it is said: 은 and 는 have it, 크리스마스 only writes it."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One sound: its class (K, T, P, S, N, M, R, H, or `VOWEL`) and how it is written."""

    sound: str
    written: str
    is_coda: bool = False  # nothing but a consonant or the end of the word follows


PAUSE = Phone("|", "|")
"""Between two words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a word: `key[i]` stands between `vowels[i]` and `vowels[i + 1]`; `doubt` is 0 for the usual way."""

    key: str
    consonants: tuple[str, ...]
    vowels: tuple[str, ...]
    doubt: float = 0.0


def reading(phones: tuple[Phone, ...], doubt: float = 0.0) -> Reading:
    """Lay sounds out as a reading.

    A liquid at the end of a syllable stands among the vowels, because one script writes it where the other does not
    (Potter, 포터); an ㅎ that does not begin a word is left out; the same sound twice in a row is one. Words are
    divided by a bar.
    """
    key = ""
    consonants: list[str] = []
    vowels = [""]
    for phone in phones:
        if phone.sound == VOWEL:
            vowels[-1] += phone.written
        elif phone.sound == "R" and phone.is_coda:
            vowels[-1] += "l" if phone.written in "lㄹ" else "r"
        elif phone.sound == "H" and (vowels[-1] or key[-1:] not in ("", PAUSE.sound)):
            continue
        elif key and key[-1] == phone.sound and not vowels[-1]:
            consonants[-1] += phone.written
        else:
            key += phone.sound
            consonants.append(phone.written)
            vowels.append("")
    return Reading(key, tuple(consonants), tuple(vowels), doubt)


def likeness(latin: Reading, hangul: Reading, least: float = 0.0) -> float:
    """How alike two readings of one key sound, 0 to 1; 0 for what is less alike than `least`."""
    bare = latin.key.count(PAUSE.sound)
    places = len(latin.key) - bare + sum(map(bool, map(or_, map(bool, latin.vowels), map(bool, hangul.vowels))))
    if not places:
        return 0.0
    allowed = (1 - least) * places
    off = latin.doubt + hangul.doubt
    for one, other in zip(latin.vowels, hangul.vowels, strict=True):
        off += _vowels_off(one, other)
        if off > allowed:
            return 0.0
    off += sum(map(_consonants_off, latin.consonants, hangul.consonants))
    return 1 - off / places if off <= allowed else 0.0


# How a Latin vowel may be heard, in the classes A E I O U, V (ㅓ) and - (ㅡ), and how unusual that is.
_HEARD: dict[str, dict[str, float]] = {
    "a": {"A": 0, "E": 0.1, "EI": 0.1, "V": 0.2, "O": 0.3, "": 0.5},
    "e": {"-": 0.1, "E": 0, "I": 0.15, "V": 0.15, "": 0.1, "A": 0.4},
    "i": {"-": 0.3, "I": 0, "AI": 0.1, "": 0.4, "V": 0.4, "A": 0.4},
    "o": {"O": 0, "V": 0.2, "A": 0.25, "U": 0.3, "OU": 0.1, "": 0.5},
    "u": {"-": 0.2, "U": 0, "V": 0.1, "A": 0.25, "I": 0.2, "": 0.4, "O": 0.4},
    "y": {"I": 0, "AI": 0.1, "": 0.1},
    "w": {"": 0, "U": 0.1},
    "l": {"l": 0, "": 0.2}, "r": {"": 0, "l": 0},
    "aa": {"A": 0}, "ae": {"E": 0}, "ai": {"EI": 0, "E": 0.1, "AI": 0}, "ay": {"EI": 0, "E": 0.1, "AI": 0},
    "au": {"O": 0, "AU": 0}, "aw": {"O": 0}, "ea": {"I": 0, "IA": 0, "EA": 0, "E": 0.1, "V": 0.1, "IV": 0.1}, "ee": {"I": 0}, "ei": {"AI": 0, "EI": 0, "I": 0.1},
    "eo": {"V": 0, "O": 0.2, "I": 0.2}, "eu": {"-": 0, "": 0, "OI": 0, "U": 0.1, "V": 0.1}, "ew": {"U": 0}, "ey": {"I": 0, "EI": 0},
    "ie": {"I": 0, "AI": 0.1}, "oa": {"O": 0, "OA": 0, "OE": 0}, "oe": {"E": 0, "O": 0.1}, "oi": {"OI": 0, "A": 0.1}, "oo": {"U": 0, "O": 0.3, "V": 0.3},
    "ou": {"U": 0, "AU": 0, "V": 0.1, "O": 0.1}, "ow": {"O": 0, "AU": 0}, "oy": {"OI": 0, "A": 0.1}, "ue": {"U": 0, "": 0.1},
    "ui": {"I": 0}, "eau": {"O": 0}, "eui": {"I": 0}, "ier": {"I": 0}, "wo": {"V": 0.1, "U": 0.1}, "oui": {"I": 0}, "uy": {"AI": 0},
}  # fmt: skip
_LONGEST_VOWEL = 3
_OTHER_VOWEL = 0.7
_VOWEL_TOO_MANY = 0.55
_BARE_TOO_MANY = 0.1

# Which Korean letters write a Latin one: first the usual ones, then, behind the bar, those of some names and of finals.
_WRITTEN: dict[str, str] = {
    "g": "ㄱ|ㄲ", "k": "ㅋㄲ|ㄱ", "c": "ㅋㄲ|ㄱ", "q": "ㅋㄲ|ㄱ", "d": "ㄷ|ㄸㅅㅌ", "t": "ㅌㄸㅅ|ㄷ", "th": "ㅌㄷ|ㅅ", "thin": "ㅅㅆ|",
    "b": "ㅂ|ㅃ", "p": "ㅍㅃ|ㅂ", "f": "ㅍ|", "v": "ㅂ|ㅍ", "s": "ㅅㅆ|ㅈ", "z": "ㅈㅊㅅ|", "j": "ㅈ|", "ch": "ㅊ|ㅈㅉ", "sh": "ㅅ|",
    "m": "ㅁ|", "n": "ㄴ|", "ng": "ㅇ|", "l": "ㄹ|", "r": "ㄹ|", "h": "ㅎ|", "ts": "ㅊㅉㅈ|",
}  # fmt: skip
_UNUSUAL_CONSONANT = 0.1
_OTHER_CONSONANT = 0.3


@lru_cache(50_000)
def _consonants_off(latin: str, hangul: str) -> float:
    """Of letters that say one sound twice, the likeliest counts."""
    usual, _, unusual = (_WRITTEN.get(latin) or _WRITTEN.get(latin[0], "|")).partition("|")
    if any(letter in usual for letter in hangul) or latin == hangul:
        return 0.0
    return _UNUSUAL_CONSONANT if any(letter in unusual for letter in hangul) else _OTHER_CONSONANT


@lru_cache(50_000)
def _vowels_off(latin: str, hangul: str) -> float:
    """What it takes to hear the Latin vowels as the Korean ones."""
    if not latin:
        return _VOWEL_TOO_MANY * (len(hangul) - hangul.count(BARE_VOWEL)) + _BARE_TOO_MANY * hangul.count(BARE_VOWEL)
    if latin == hangul:
        return 0.0
    costs = [_vowels_off("", hangul)] if latin in {"", "w"} else [_OTHER_VOWEL + _vowels_off(latin[1:], hangul[1:])]
    for length in range(1, min(_LONGEST_VOWEL, len(latin)) + 1):
        for heard, cost in _HEARD.get(latin[:length], {}).items():
            if hangul.startswith(heard):
                costs.append(cost + _vowels_off(latin[length:], hangul[len(heard) :]))
    return min(costs)
