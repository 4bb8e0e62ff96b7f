"""Which tokens get a row: English word pieces first, Korean morphemes after them, syllables for all other Korean words last."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.tokens import syllable_keys
from training.encoder.recipe import Recipe

NOUN = "/N"
"""Names are nouns, and names are what the vocabulary lacks most."""

_SYLLABLE = re.compile(r"##[가-힣]")
_PIECE = re.compile(r"(##)?[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Keys in row order; `counts` are their occurrences in the training texts, `(n_keys,) float64`."""

    keys: tuple[str, ...]
    n_pieces: int
    n_morphemes: int
    counts: NDArray[np.float64]

    @property
    def morphemes(self) -> tuple[str, ...]:
        """The Korean morphemes in row order."""
        return self.keys[self.n_pieces : self.n_pieces + self.n_morphemes]

    @property
    def syllables(self) -> tuple[str, ...]:
        """The syllables in row order, as `##푸`."""
        return self.keys[self.n_pieces + self.n_morphemes :]

    def ids(self) -> dict[str, int]:
        """Return the row number of each key."""
        return {key: row for row, key in enumerate(self.keys)}


def choose_vocabulary(
    *,
    english: Iterable[Sequence[str]],
    korean: Iterable[Sequence[str]],
    teacher_pieces: Sequence[str],
    frequent_morphemes: Iterable[str],
    recipe: Recipe,
) -> Vocabulary:
    """Choose the rows: pieces that were seen, then the teacher's order; morphemes by count, then Kiwi's order; syllables by count.

    A syllable counts as often as it stands in words that get no row, and once for each noun that does.
    """
    english_counts = Counter(key for keys in english for key in keys)
    korean_counts = Counter(key for keys in korean for key in keys)
    pieces = _choose_pieces(english_counts + korean_counts, teacher_pieces, recipe.english_pieces)
    counted = [key for key, _ in korean_counts.most_common() if "/" in key][: recipe.korean_keys]
    further = [key for key in dict.fromkeys(frequent_morphemes) if key not in set(counted)]
    morphemes = [*counted, *further[: recipe.frequent_morphemes]]
    syllable_counts = _syllable_counts(korean_counts, morphemes)
    syllables = [syllable for syllable, _ in syllable_counts.most_common(recipe.syllables)]
    keys = (*pieces, *morphemes, *syllables)
    all_counts = english_counts + korean_counts + syllable_counts
    counts = np.array([all_counts[key] for key in keys], np.float64)
    return Vocabulary(keys=keys, n_pieces=len(pieces), n_morphemes=len(morphemes), counts=counts)


def _syllable_counts(korean_counts: Counter[str], morphemes: Sequence[str]) -> Counter[str]:
    known = set(morphemes)
    counts: Counter[str] = Counter()
    for key in morphemes:
        if key.endswith(NOUN):
            counts.update(syllable_keys(key))
    for key, count in korean_counts.items():
        if key not in known:
            for syllable in syllable_keys(key):
                counts[syllable] += count
    return Counter({key: count for key, count in counts.items() if _SYLLABLE.fullmatch(key)})


def _choose_pieces(counts: Counter[str], teacher_pieces: Sequence[str], limit: int) -> list[str]:
    """Single letters always belong: they are what every other Latin word can be cut into."""
    plain = [piece for piece in teacher_pieces if _PIECE.fullmatch(piece)]
    letters = [piece for piece in plain if len(piece.removeprefix("##")) == 1]
    seen = [piece for piece in plain if counts[piece]]
    return list(dict.fromkeys(letters + seen + plain))[:limit]
