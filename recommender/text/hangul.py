"""Hangul arithmetic: syllables, the letters they are typed with, and the particle that fits a word."""

import re
from functools import cache

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
CONSONANTS = frozenset(INITIALS) | frozenset(FINALS[1:])

# What a two-set keyboard takes two strokes for. ㄲ and ㅆ are one stroke with shift.
_STROKES = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip

_FIRST, _LAST = 0xAC00, 0xD7A3
_BLOCK = len(VOWELS) * len(FINALS)

# The form of each particle after a final consonant; the other of a pair is for after a vowel.
_AFTER_CONSONANT = frozenset(
    ("은", "이", "을", "과", "으로", "아", "이나", "이라", "이랑", "이며", "이여", "이라고", "이란", "이든", "이에요")
)
_AFTER_R = "로"

# How the last digit is read: 영 일 이 삼 사 오 육 칠 팔 구; a number that ends in zeros is read 십, 백, 천, 만, 억, 조.
_DIGITS = "영일이삼사오육칠팔구"
_ROUND_NUMBERS = ((12, "조"), (8, "억"), (4, "만"), (3, "천"), (2, "백"), (1, "십"))
# Names of the letters as Koreans say them, for abbreviations such as DVD and MBTI.
_LETTER_NAMES = {"L": "엘", "M": "엠", "N": "엔", "R": "알"}  # the others end in a vowel
# A written English word ends in a final consonant when it is said in Korean: 테스트 for "test", but 북 for "book".
_CLOSED_ENGLISH = (
    (re.compile(r"(?:[aeiouy]|^)(?:ng)e?$"), "ㅇ"),
    (re.compile(r"ng$"), "ㅇ"),
    (re.compile(r"(?:ll?|le|l)$"), "ㄹ"),
    (re.compile(r"[aeiouy](?:m|me|mm)$|sm$"), "ㅁ"),
    (re.compile(r"[aeiouy](?:n|ne|nn)$"), "ㄴ"),
    (re.compile(r"(?<![aeiouy])[aeiouy]p$"), "ㅂ"),
    (re.compile(r"(?<![aeiouy])[aeiou]b$"), "ㅂ"),
    (re.compile(r"(?<![aeiouy])[aeiouy](?:ck|c)$|(?:oo|[aeiou])k$"), "ㄱ"),
    (re.compile(r"(?<![aeiouy])[aeiouy]tt?$|oot$"), "ㅅ"),
)
_REMARK_AT_END = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]$")


def is_syllable(character: str) -> bool:
    """Whether the character is a whole Hangul syllable."""
    return _FIRST <= ord(character) <= _LAST


def initial_of(syllable: str) -> str:
    """First letter of a syllable: 데 → ㄷ."""
    return INITIALS[(ord(syllable) - _FIRST) // _BLOCK]


def final_of(syllable: str) -> str:
    """Last letter of a syllable, empty where it ends in a vowel: 달 → ㄹ, 데 → ""."""
    return FINALS[(ord(syllable) - _FIRST) % len(FINALS)]


def letters_of(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and final (empty if none) of a syllable: 닭 → ㄷ, ㅏ, ㄺ."""
    block, rest = divmod(ord(syllable) - _FIRST, _BLOCK)
    vowel, final = divmod(rest, len(FINALS))
    return INITIALS[block], VOWELS[vowel], FINALS[final]


def compose(initial: str, vowel: str, final: str = "") -> str:
    """Put a syllable together: ㄷ, ㅏ, ㄺ → 닭."""
    index = (INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)) * len(FINALS) + FINALS.index(final)
    return chr(_FIRST + index)


def keystrokes(text: str) -> str:
    """Write the letters in the order in which they are typed: 닭 and 달ㄱ are both ㄷㅏㄹㄱ; the rest is left as it is."""
    return text.translate(_keystroke_table())


def initials(text: str) -> str:
    """Replace each syllable by its first letter: 데미안 → ㄷㅁㅇ; the rest is left as it is."""
    return "".join(initial_of(character) if is_syllable(character) else character for character in text)


def josa(word: str, pair: str) -> str:
    """Choose the particle of a pair ("을/를", "와/과", "으로/로", in either order) that follows the word."""
    one, other = pair.split("/")
    return _choose(word, one, other) if one in _AFTER_CONSONANT else _choose(word, other, one)


def with_particle(word: str, after_consonant: str, after_vowel: str) -> str:
    """Give the word with its particle: ("데미안", "은", "는") → 데미안은."""
    return word + _choose(word, after_consonant, after_vowel)


def _choose(word: str, after_consonant: str, after_vowel: str) -> str:
    final = _final_sound(word)
    if final == "ㄹ" and after_vowel.startswith(_AFTER_R):
        return after_vowel
    return after_consonant if final else after_vowel


def _final_sound(word: str) -> str:
    """Tell the final consonant that is heard at the end of a word, empty after a vowel."""
    spoken = _without_remark(word).rstrip()
    while spoken and not spoken[-1].isalnum():
        spoken = spoken[:-1]
    if not spoken:
        return ""
    last = spoken[-1]
    if is_syllable(last):
        return final_of(last)
    if last in "0123456789":
        return final_of(_read_number(_run_at_end(spoken, "0-9")))
    if last.isascii():
        return _final_of_english(_run_at_end(spoken, "A-Za-z"))
    return ""


def _run_at_end(spoken: str, characters: str) -> str:
    return re.sub(rf"^.*[^{characters}]", "", spoken, flags=re.DOTALL)


def _without_remark(word: str) -> str:
    """A particle agrees with the word before a remark: 데미안(Demian)은."""
    shorter = _REMARK_AT_END.sub("", word)
    return shorter if any(character.isalnum() for character in shorter) else word


def _read_number(digits: str) -> str:
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros and digits.strip("0"):
        return next(name for power, name in _ROUND_NUMBERS if zeros >= power)
    return _DIGITS[int(digits[-1])]


def _final_of_english(word: str) -> str:
    if len(word) == 1 or (word.isupper() and not _is_said_as_word(word)):
        return final_of(_LETTER_NAMES.get(word[-1].upper(), "이"))
    return next((final for pattern, final in _CLOSED_ENGLISH if pattern.search(word.lower())), "")


def _is_said_as_word(word: str) -> bool:
    """Long capitals with a vowel inside are a shouted word (HARRY, DEMIAN), short ones are letters (DVD, BTS, MBTI)."""
    return len(word) > 4 and bool(re.search(r"[AEIOUY]", word))  # noqa: PLR2004 - abbreviations have up to four letters


@cache
def _keystroke_table() -> dict[int, str]:
    table = {ord(letter): strokes for letter, strokes in _STROKES.items()}
    for code in range(_FIRST, _LAST + 1):
        table[code] = "".join(_STROKES.get(letter, letter) for letter in letters_of(chr(code)))
    return table
