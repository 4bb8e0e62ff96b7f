"""How Hangul sounds: as it is written letter by letter, and as it is said."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from recommender.text.hangul import FINALS, INITIALS, VOWELS, is_syllable, letters_of
from recommender.text.pronunciation import as_said
from recommender.text.sounds import BARE_VOWEL, PAUSE, VOWEL, Phone, Reading, reading

_SOUNDS = dict(
    zip(
        "ㄱㄲㅋㄷㄸㅌㅂㅃㅍㅅㅆㅈㅉㅊㄴㅁㄹㅎ",
        "KKKTTTPPPSSSSSNMRH",
        strict=True,
    )
)
_VOWELS = dict(zip("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ", "AEAEVEVEOAEEOUVEIU-II", strict=True))
_FINAL_SOUNDS = {
    **dict.fromkeys("ㄱㄲㅋㄳ", "K"), **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "T"), **dict.fromkeys("ㅂㅍㅄㄿ", "P"),
    **dict.fromkeys("ㄴㄵㄶㅇ", "N"), **dict.fromkeys("ㅁㄻ", "M"), **dict.fromkeys("ㄹㄺㄼㄽㄾㅀ", "R"),
}  # fmt: skip


@lru_cache(20_000)
def hangul_readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """The readings of words said one after the other: as written and as said, with ㅡ left out and said.

    크리스마스 has it to write a consonant that stands alone, 아름다운 has it as a vowel of its own.
    """
    said = tuple(as_said(word) for word in words)
    return tuple(
        dict.fromkeys(
            _reading(spelling, is_bare_said=said_bare)
            for spelling in dict.fromkeys((words, said))
            for said_bare in (False, True)
        )
    )


def hangul_phones(word: str, *, is_bare_said: bool = False) -> tuple[Phone, ...]:
    """The sounds of a word as it is written; what is no Hangul syllable has none."""
    syllables = [letters_of(character) for character in word if is_syllable(character)]
    nexts = [*(syllable[0] for syllable in syllables[1:]), ""]
    return tuple(
        phone
        for letters, following in zip(syllables, nexts, strict=True)
        for phone in _syllable(letters, following, is_bare_said=is_bare_said)
    )


def _reading(words: tuple[str, ...], *, is_bare_said: bool) -> Reading:
    said = (hangul_phones(word, is_bare_said=is_bare_said) for word in words)
    return reading(tuple(phone for phones in said for phone in (PAUSE, *phones))[1:])


def _syllable(letters: tuple[str, str, str], following: str, *, is_bare_said: bool) -> Iterator[Phone]:
    initial, vowel, final = letters
    heard = _VOWELS[vowel]
    is_left_out = heard == BARE_VOWEL and not is_bare_said
    if initial in _SOUNDS:
        yield Phone(_SOUNDS[initial], initial, is_coda=is_left_out and following != "ㅇ")
    if not is_left_out:
        yield Phone(VOWEL, heard)
    if final:
        yield Phone(_FINAL_SOUNDS[final], final, is_coda=following != "ㄹ")


@lru_cache(20_000)
def hangul_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of `hangul_readings`, without the readings: a whole catalogue is put in order by them, at 5 µs a word."""
    spellings = [_BETWEEN.join(words)]
    if _MAY_SOUND_OTHERWISE.search(unicodedata.normalize("NFD", spellings[0])):
        spellings.append(_BETWEEN.join(map(as_said, words)))
    keys: dict[str, None] = {}
    for spelling in spellings:
        sounds = unicodedata.normalize("NFD", spelling).translate(_sound_table())
        keys[_key(_LIQUID_LEFT_OUT.sub(_VOWEL_SIGN, sounds).replace(BARE_VOWEL, ""))] = None
        if BARE_VOWEL in sounds:
            keys[_key(sounds.replace(BARE_VOWEL, _VOWEL_SIGN))] = None
    return tuple(keys)


_BETWEEN = "|"
_VOWEL_SIGN, _FINAL_LIQUID = "v", "r"

# A final before another initial than its own kind of silence: what is said may differ from what is written.
_MAY_SOUND_OTHERWISE = re.compile(
    "[\u11a8-\u11aa\u11ac-\u11b6\u11b8-\u11bb\u11bd-\u11c2](?=[\u1100-\u1112])|[\u11ab\u11b7\u11bc]\u1105"
    "|[\u11a9-\u11aa\u11ac-\u11ad\u11b0-\u11b6\u11b9](?![\u1100-\u1112])"
)
_LIQUID_LEFT_OUT = re.compile(f"(?<!{_FINAL_LIQUID})R(?={BARE_VOWEL}(?!{_VOWEL_SIGN}))")
_LIQUID_AT_THE_END = re.compile("r(?!R)")
_INNER_BREATH = re.compile("(?<=[^|])H")
_TWICE = re.compile("([A-Z])\\1+")


def _key(sounds: str) -> str:
    said = _LIQUID_AT_THE_END.sub(_VOWEL_SIGN, sounds).replace(_FINAL_LIQUID, "R").replace(BARE_VOWEL, "")
    return _TWICE.sub(r"\1", _INNER_BREATH.sub("", said)).replace(_VOWEL_SIGN, "")


@cache
def _sound_table() -> dict[int, str]:
    """Conjoining letters (NFD) → one sign each."""
    table: dict[int, str] = {}
    for index, letter in enumerate(INITIALS):
        table[0x1100 + index] = _SOUNDS.get(letter, "")
    for index, letter in enumerate(VOWELS):
        table[0x1161 + index] = BARE_VOWEL if _VOWELS[letter] == BARE_VOWEL else _VOWEL_SIGN
    for index, letter in enumerate(FINALS[1:]):
        sound = _FINAL_SOUNDS[letter]
        table[0x11A8 + index] = _FINAL_LIQUID if sound == "R" else sound
    return table
