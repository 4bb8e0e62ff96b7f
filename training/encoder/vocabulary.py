"""Which tokens get a row: English word pieces first, Korean morphemes after them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.encoder.recipe import Recipe

_PIECE = re.compile(r"(##)?[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Keys in row order; `counts` are their occurrences in the training texts, `(n_keys,) float64`."""

    keys: tuple[str, ...]
    n_pieces: int
    counts: NDArray[np.float64]

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
    """Choose the rows: pieces that were seen, then the teacher's order; morphemes by count, then Kiwi's order."""
    english_counts = Counter(key for keys in english for key in keys)
    korean_counts = Counter(key for keys in korean for key in keys)
    pieces = _choose_pieces(english_counts + korean_counts, teacher_pieces, recipe.english_pieces)
    counted = [key for key, _ in korean_counts.most_common() if "/" in key][: recipe.korean_keys]
    further = [key for key in dict.fromkeys(frequent_morphemes) if key not in set(counted)]
    keys = (*pieces, *counted, *further[: recipe.frequent_morphemes])
    counts = [english_counts[key] + korean_counts[key] for key in keys]
    return Vocabulary(keys=keys, n_pieces=len(pieces), counts=np.array(counts, np.float64))


def _choose_pieces(counts: Counter[str], teacher_pieces: Sequence[str], limit: int) -> list[str]:
    """Single letters always belong: they are what every other Latin word can be cut into."""
    plain = [piece for piece in teacher_pieces if _PIECE.fullmatch(piece)]
    letters = [piece for piece in plain if len(piece.removeprefix("##")) == 1]
    seen = [piece for piece in plain if counts[piece]]
    return list(dict.fromkeys(letters + seen + plain))[:limit]
