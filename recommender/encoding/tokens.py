"""The tokens of the static encoder: Korean content morphemes and English word pieces in one vocabulary.

A Korean morpheme's key is its form and a coarse word class (`읽/V`, `책/N`, `아주/M`), so that a noun and a verb stem of the same
letters stay apart. Particles and endings are left out: they say how words hang together, which a sum of vectors cannot use.
Latin words and numbers, also those inside Korean text, become lower-case word pieces, so *BTS* and *2020* meet across languages.
"""

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

MAX_WORD = 40
"""A longer run of letters is no word (a URL, a broken cell); it is taken whole, as one unknown token."""

REMEMBERED_WORDS = 65_536
"""Words whose pieces are kept, so that the frequent ones are cut once."""

_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]")
_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")
_CLASSES = {
    "NNG": "N", "NNP": "N", "NNB": "N", "NR": "N", "NP": "N", "XR": "N", "SH": "N",
    "VV": "V", "VA": "V", "VX": "V", "VCN": "V",
    "MM": "M", "MAG": "M", "MAJ": "M", "XPN": "M", "IC": "M",
}  # fmt: skip
_KOREAN_ENDS = frozenset(f"/{word_class}" for word_class in _CLASSES.values())
_FOREIGN = frozenset({"SL", "SN"})


class Morpheme(Protocol):
    """As much of a morpheme as keys are made from."""

    @property
    def form(self) -> str:
        """The morpheme's dictionary form."""

    @property
    def tag(self) -> str:
        """Sejong part-of-speech tag, such as `NNG` or `VV-I`."""


class MorphemeAnalyzer(Protocol):
    """Cuts Korean text into morphemes (`recommender.text.morphemes.Analyzer`)."""

    @property
    def fingerprint(self) -> str:
        """Changes when the same text may be cut differently."""

    def morphemes_many(self, texts: Sequence[str]) -> Iterable[Sequence[Morpheme]]:
        """Return the morphemes of each text, in order."""


class Tokenizer:
    """Cuts texts into the keys of a vocabulary.

    Args:
        analyzer: cuts Korean text; it is asked only for texts that hold Hangul.
        vocabulary: the known keys; word pieces are the longest of them that fit.
    """

    def __init__(self, analyzer: MorphemeAnalyzer, vocabulary: Container[str]) -> None:
        self._analyzer = analyzer
        self._vocabulary = vocabulary
        self._pieces = lru_cache(maxsize=REMEMBERED_WORDS)(self._cut)

    def keys_many(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the keys of each text; a key need not be in the vocabulary."""
        keys: list[list[str]] = [[] for _ in texts]
        korean = [index for index, text in enumerate(texts) if _HANGUL.search(text)]
        for index, morphemes in zip(korean, self._analyzer.morphemes_many([texts[i] for i in korean]), strict=True):
            keys[index] = self._korean_keys(morphemes)
        for index in set(range(len(texts))).difference(korean):
            keys[index] = self._latin_keys(texts[index])
        return keys

    def _korean_keys(self, morphemes: Iterable[Morpheme]) -> list[str]:
        keys: list[str] = []
        for morpheme in morphemes:
            if morpheme.tag in _FOREIGN:
                keys += self._latin_keys(morpheme.form)
            elif key := korean_key(morpheme.form, morpheme.tag):
                keys.append(key)
        return keys

    def _latin_keys(self, text: str) -> list[str]:
        return [piece for word in _WORD.findall(_plain(text)) for piece in self._pieces(word)]

    def _cut(self, word: str) -> tuple[str, ...]:
        """Cut a word into the longest known pieces from the left; a word that cannot be cut stays whole, unknown."""
        if word in self._vocabulary or len(word) > MAX_WORD:
            return (word,)
        pieces: list[str] = []
        start = 0
        while start < len(word):
            piece = self._longest_piece(word, start)
            if not piece:
                return (word,)
            pieces.append(piece)
            start += len(piece) - (2 if start else 0)
        return tuple(pieces)

    def _longest_piece(self, word: str, start: int) -> str:
        prefix = "##" if start else ""
        ends = range(len(word), start, -1)
        return next((piece for end in ends if (piece := prefix + word[start:end]) in self._vocabulary), "")


def korean_key(form: str, tag: str) -> str:
    """Return `form/class`, or an empty string for a morpheme that carries no content (a particle, an ending, a sign)."""
    word_class = _CLASSES.get(tag.partition("-")[0])
    return f"{form}/{word_class}" if word_class else ""


def syllable_keys(key: str) -> list[str]:
    """Return what an unknown Korean key is put together from (`푸틴/N` → `##푸`, `##틴`); nothing for any other key.

    They are the Korean counterpart of word pieces: rows of single syllables, trained where rare words were cut into them.
    """
    form = key[:-2] if key[-2:] in _KOREAN_ENDS else ""
    return [f"##{syllable}" for syllable in form]


def _plain(text: str) -> str:
    """Return `text` in lower case without accents, as the word pieces are written."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
