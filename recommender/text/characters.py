"""Characters: what a text looks like once everything that nobody means has been taken out of it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from recommender.text.hanja_readings import read_hanja

MIDDLE_DOT = "·"

# The reader of Hanja copies the text for each character, so it is never given a whole page.
LONGEST_HANJA_CALL = 100

# Catalogues write the middle dot in six ways; the old vowel ㆍ is only ever typed as one.
_MIDDLE_DOTS = "‧・･•ㆍᆞ∙⋅"
_APOSTROPHES = "’ʼ′`´"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"

_HANGUL_LETTERS = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"
_HANJA_LETTERS = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA_LETTERS = "\u3040-\u30ff\u31f0-\u31ff"

HANGUL = re.compile(f"[{_HANGUL_LETTERS}]")
_NOT_HANGUL = re.compile(f"[^{_HANGUL_LETTERS}]+")
HANJA_RUN = re.compile(f"[{_HANJA_LETTERS}]+")
KANA_RUN = re.compile(f"[{_KANA_LETTERS}]+")
_HANJA_OR_KANA_RUN = re.compile(f"[{_HANJA_LETTERS}{_KANA_LETTERS}]+")
_LETTER = rf"[^\W\d_{_HANGUL_LETTERS}{_HANJA_LETTERS}{_KANA_LETTERS}]"
# C++ and C# keep their signs, or a search for either would find every C; O'Brien and don't stay one word.
# A4, MP3, 3D and 5G are one word as well, or A would be the English article.
_LETTER_AND_NUMBER = r"(?<![0-9A-Za-z])(?:[A-Za-z]{1,2}[0-9]{1,3}|[0-9]{1,3}[A-Za-z])(?![0-9A-Za-z])"
LATIN_WORD = re.compile(
    rf"{_LETTER_AND_NUMBER}|(?<![0-9A-Za-z])[A-Za-z](?:\+\+|#)(?![0-9A-Za-z])|{_LETTER}+(?:'{_LETTER}+)*"
)
# 48,701 is one number, the 1 and 2 of "1, 2" and of "1,2" are two.
NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+")

# One Hangul syllable typed as conjoining letters, or one character with the marks that combine with it.
_CLUSTER = re.compile(
    r"[\u1100-\u115f\ua960-\ua97f]+[\u1160-\u11a7\ud7b0-\ud7c6]*[\u11a8-\u11ff\ud7cb-\ud7fb]*|.", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Surface:
    """A text with each character replaced by the one that is meant, and where each of them stood.

    `offsets` is None where the two are character for character the same length, which nearly every text is.
    """

    text: str
    offsets: Sequence[int] | None = None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def surface(text: str) -> Surface:
    """Clean a text without moving anything: NFC, one kind of space, dot and apostrophe, full-width forms folded."""
    if unicodedata.is_normalized("NFC", text):
        return Surface(text.translate(_replacements()))
    composed: list[str] = []
    offsets: list[int] = []
    for start, cluster in _clusters(text):
        one_or_more = unicodedata.normalize("NFC", cluster)
        composed.append(one_or_more)
        offsets.extend([start] * len(one_or_more))
    offsets.append(len(text))
    return Surface("".join(composed).translate(_replacements()), offsets)


def normalize(text: str) -> str:
    """Give the form in which a text is stored and compared: `surface` without invisible characters and double spaces."""
    visible = unicodedata.normalize("NFC", text).translate(_invisible())
    return " ".join(visible.translate(_replacements()).split())


def fold_latin(text: str) -> str:
    """Lower-case and without accents, so that Misérables is found by "miserables"; Ⅱ becomes ii."""
    if text.isascii():
        return text.lower()
    return _NOT_HANGUL.sub(_fold_run, text)


def hanja_read(text: str) -> str:
    """Replace every Hanja by its Hangul reading, character for character: 三國志 → 삼국지; Japanese is left alone."""
    return _HANJA_OR_KANA_RUN.sub(_reading, text)


def _fold_run(run: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", run[0].casefold())
    kept = "".join(character for character in decomposed if not "\u0300" <= character <= "\u036f")
    return unicodedata.normalize("NFC", kept.casefold())


def _reading(run: re.Match[str]) -> str:
    if KANA_RUN.search(run[0]):
        return run[0]
    pieces = (run[0][start : start + LONGEST_HANJA_CALL] for start in range(0, len(run[0]), LONGEST_HANJA_CALL))
    reading = "".join(map(read_hanja, pieces))
    return reading if len(reading) == len(run[0]) else run[0]


def _clusters(text: str) -> list[tuple[int, str]]:
    clusters: list[tuple[int, str]] = []
    for match in _CLUSTER.finditer(text):
        if clusters and unicodedata.combining(match[0][0]):
            start, base = clusters[-1]
            clusters[-1] = (start, base + match[0])
        else:
            clusters.append((match.start(), match[0]))
    return clusters


@cache
def _replacements() -> Mapping[int, str]:
    """One character for one character, so that offsets stay."""
    table = dict.fromkeys(map(ord, _INVISIBLE), " ")
    # U+001C to U+001F and the spaces of other scripts split tokens in one engine and not in the other.
    table |= {code: " " for code in range(0x110000) if unicodedata.category(chr(code)) in {"Cc", "Zs", "Zl", "Zp"}}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, _MIDDLE_DOTS), MIDDLE_DOT)
    table |= dict.fromkeys(map(ord, _APOSTROPHES), "'")
    # Half of a character that UTF-16 writes as two: no engine can store it.
    table |= dict.fromkeys(range(0xD800, 0xE000), " ")
    return table


@cache
def _invisible() -> Mapping[int, None]:
    return dict.fromkeys(map(ord, _INVISIBLE))
