"""English words: one token for all forms of a word."""

import threading
from functools import lru_cache
from importlib.metadata import version

from recommender.text.characters import fold_latin

_REMEMBERED_STEMS = 100_000


def english_fingerprint() -> str:
    """Name what decides the stems."""
    return f"snowballstemmer {version('snowballstemmer')}, english"


class EnglishStemmer:
    """Snowball's English stemmer (Porter2) with its answers remembered: a stem costs 40 µs, a remembered one nothing."""

    def __init__(self) -> None:
        from snowballstemmer import stemmer

        self._stemmer = stemmer("english")
        self._one_at_a_time = threading.Lock()  # a Snowball stemmer keeps its place in the word in itself
        self.stem = lru_cache(_REMEMBERED_STEMS)(self._stem)

    def _stem(self, word: str) -> str:
        with self._one_at_a_time:
            stem: str = self._stemmer.stemWord(word)
        return stem


def plain_word(word: str) -> str:
    """Lower-case, without accents and without the possessive: Gulliver's → gulliver, don't → dont."""
    folded = fold_latin(word)
    return folded.removesuffix("'s").replace("'", "")
