"""How Hangul sounds: as it is written letter by letter, and as it is said."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from recommender.text.hangul import FINALS, INITIALS, VOWELS, is_syllable, letters_of
from recommender.text.pronunciation import as_said
from recommender.text.sounds import PAUSE, VOWEL, Phone, Reading, reading

_SOUNDS = dict(
    zip(
        "ㄱㄲㅋㄷㄸㅌㅂㅃㅍㅅㅆㅈㅉㅊㄴㅁㄹㅎ",
        "KKKTTTPPPSSSSSNMRH",
        strict=True,
    )
)
_VOWELS = dict(zip("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ", "AEAEVEVEOAEEOUVEIU-II", strict=True))
_UNSAID = "-"  # ㅡ, which Korean puts behind a consonant that cannot stand alone: 크리스마스
_FINAL_SOUNDS = {
    **dict.fromkeys("ㄱㄲㅋㄳ", "K"), **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "T"), **dict.fromkeys("ㅂㅍㅄㄿ", "P"),
    **dict.fromkeys("ㄴㄵㄶㅇ", "N"), **dict.fromkeys("ㅁㄻ", "M"), **dict.fromkeys("ㄹㄺㄼㄽㄾㅀ", "R"),
}  # fmt: skip


@lru_cache(20_000)
def hangul_readings(words: tuple[str, ...]) -> tuple[Reading, ...]:
    """The readings of words said one after the other: as written and as said, each ㄹ before ㅡ kept and left out.

    The 르 of 마르크스 is the r of Marx, that of 아름다운 begins a syllable of its own.
    """
    said = tuple(as_said(word) for word in words)
    return tuple(
        dict.fromkeys(
            _reading(spelling, is_liquid_kept=kept)
            for spelling in dict.fromkeys((words, said))
            for kept in (False, True)
        )
    )


def hangul_phones(word: str, *, is_liquid_kept: bool = False) -> tuple[Phone, ...]:
    """The sounds of a word as it is written; what is no Hangul syllable has none."""
    syllables = [letters_of(character) for character in word if is_syllable(character)]
    nexts = [*(syllable[0] for syllable in syllables[1:]), ""]
    return tuple(
        phone
        for letters, following in zip(syllables, nexts, strict=True)
        for phone in _syllable(letters, following, is_liquid_kept=is_liquid_kept)
    )


def _reading(words: tuple[str, ...], *, is_liquid_kept: bool) -> Reading:
    said = (hangul_phones(word, is_liquid_kept=is_liquid_kept) for word in words)
    return reading(tuple(phone for phones in said for phone in (PAUSE, *phones))[1:])


def _syllable(letters: tuple[str, str, str], following: str, *, is_liquid_kept: bool) -> Iterator[Phone]:
    initial, vowel, final = letters
    heard = _VOWELS[vowel]
    is_bare = heard == _UNSAID
    if initial in _SOUNDS:
        yield Phone(_SOUNDS[initial], initial, is_coda=is_bare and following != "ㅇ" and not is_liquid_kept)
    if not is_bare:
        yield Phone(VOWEL, heard)
    if final:
        yield Phone(_FINAL_SOUNDS[final], final, is_coda=following != "ㄹ")


def hangul_keys(words: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of `hangul_readings`, without the readings: a whole catalogue is put in order by them, at 5 µs a word."""
    spellings = [_BETWEEN.join(words)]
    if _MAY_SOUND_OTHERWISE.search(unicodedata.normalize("NFD", spellings[0])):
        spellings.append(_BETWEEN.join(map(as_said, words)))
    keys: dict[str, None] = {}
    for spelling in spellings:
        sounds = unicodedata.normalize("NFD", spelling).translate(_sound_table())
        keys[_key(_LIQUID_LEFT_OUT.sub(_VOWEL_SIGN, sounds))] = None
        if _BARE_LIQUID.search(sounds):
            keys[_key(sounds)] = None
    return tuple(keys)


_BETWEEN = "|"
_VOWEL_SIGN, _BARE_SIGN, _FINAL_LIQUID = "v", _UNSAID, "r"

# A final before another initial than its own kind of silence: what is said may differ from what is written.
_MAY_SOUND_OTHERWISE = re.compile(
    "[\u11a8-\u11aa\u11ac-\u11b6\u11b8-\u11bb\u11bd-\u11c2](?=[\u1100-\u1112])|[\u11ab\u11b7\u11bc]\u1105"
    "|[\u11a9-\u11aa\u11ac-\u11ad\u11b0-\u11b6\u11b9](?![\u1100-\u1112])"
)
_LIQUID_LEFT_OUT = re.compile(f"(?<!{_FINAL_LIQUID})R(?={_BARE_SIGN}(?!{_VOWEL_SIGN}))")
_BARE_LIQUID = re.compile(f"R{_BARE_SIGN}")
_LIQUID_AT_THE_END = re.compile("r(?!R)")
_INNER_BREATH = re.compile("(?<=[^|])H")
_TWICE = re.compile("([A-Z])\\1+")


def _key(sounds: str) -> str:
    said = _LIQUID_AT_THE_END.sub(_VOWEL_SIGN, sounds).replace(_FINAL_LIQUID, "R").replace(_BARE_SIGN, "")
    return _TWICE.sub(r"\1", _INNER_BREATH.sub("", said)).replace(_VOWEL_SIGN, "")


@cache
def _sound_table() -> dict[int, str]:
    """Conjoining letters (NFD) → one sign each."""
    table: dict[int, str] = {}
    for index, letter in enumerate(INITIALS):
        table[0x1100 + index] = _SOUNDS.get(letter, "")
    for index, letter in enumerate(VOWELS):
        table[0x1161 + index] = _BARE_SIGN if _VOWELS[letter] == _UNSAID else _VOWEL_SIGN
    for index, letter in enumerate(FINALS[1:]):
        sound = _FINAL_SOUNDS[letter]
        table[0x11A8 + index] = _FINAL_LIQUID if sound == "R" else sound
    return table
