"""Fixed features of the tokens, from which the trained vectors start: company that words keep, and Kiwi's language model."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.tokens import syllable_keys
from training.encoder.recipe import Recipe
from training.encoder.teacher import unit

Matrix = NDArray[np.float32]
Similarity = Callable[[int, int], float]


class MorphemeModel(Protocol):
    """As much of Kiwi's language model as is used: morphemes by frequency rank and their likeness."""

    def morpheme(self, rank: int) -> Any:
        """Return the morpheme (form, tag) of a rank; raises IndexError or ValueError after the last."""

    def morpheme_similarity(self, first: int, second: int) -> float:
        """Return the cosine of two morphemes' vectors."""


def cooccurrence_features(texts: Sequence[Sequence[int]], n_keys: int, recipe: Recipe) -> Matrix:
    """Return PPMI vectors of tokens, reduced by SVD, `(n_keys, dims)`, unit or zero (Levy, Goldberg & Dagan 2015).

    Args:
        texts: row numbers of the tokens of each text.
        n_keys: number of rows.
        recipe: window, context exponent, dims and seed.
    """
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
    from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]

    pairs = _window_pairs(texts, recipe.window)
    counts = csr_matrix((np.ones(pairs.shape[1], np.float32), (pairs[0], pairs[1])), shape=(n_keys, n_keys))
    counts.sum_duplicates()
    rows, columns = counts.nonzero()
    context = np.asarray(counts.sum(axis=0)).ravel() ** recipe.context_exponent
    word = np.asarray(counts.sum(axis=1)).ravel()
    information = np.log(counts.data * context.sum() / (word[rows] * context[columns]))
    positive = csr_matrix((np.maximum(information, 0), (rows, columns)), shape=counts.shape)
    left, strengths, _ = randomized_svd(positive, recipe.dims, n_iter=3, random_state=recipe.seed)
    return unit((left * np.sqrt(strengths)).astype(np.float32))


def _window_pairs(texts: Sequence[Sequence[int]], window: int) -> NDArray[np.int64]:
    """Return (token, neighbour) in both directions for every two tokens at most `window` apart in one text."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    tokens = np.fromiter((token for text in texts for token in text), np.int64, int(lengths.sum()))
    owner = np.repeat(np.arange(len(texts)), lengths)
    parts = []
    for distance in range(1, window + 1):
        together = owner[distance:] == owner[:-distance]
        first, second = tokens[:-distance][together], tokens[distance:][together]
        parts += [np.stack([first, second]), np.stack([second, first])]
    return np.concatenate(parts, axis=1)


@dataclass(frozen=True, slots=True)
class FrequentMorphemes:
    """Content morphemes of Kiwi's model in the order of their frequency: keys and the ranks they have there."""

    ranks: dict[str, int]

    @classmethod
    def of(cls, model: MorphemeModel, key_of: Callable[[str, str], str], *, limit: int) -> "FrequentMorphemes":
        """Read the first `limit` ranks; the first sense of a morpheme, its commonest, stands for it."""
        ranks: dict[str, int] = {}
        for rank in range(limit):
            try:
                found = model.morpheme(rank)
            except (IndexError, ValueError):
                break
            key = key_of(found.form, found.tag)
            if key and not any(character.isspace() for character in key):
                ranks.setdefault(key, rank)
        return cls(ranks)


def language_model_features(
    keys: Sequence[str], frequent: FrequentMorphemes, similarity: Similarity, recipe: Recipe
) -> Matrix:
    """Return vectors that reproduce Kiwi's similarities to its landmarks, `(n_keys, dims)`, unit or zero (Nyström).

    The landmarks are drawn from the most frequent morphemes; the eigenvectors of their own similarities carry all others.
    """
    pool = list(frequent.ranks.values())[: recipe.landmark_pool]
    generator = np.random.default_rng(recipe.seed)
    landmarks = generator.choice(pool, min(recipe.landmarks, len(pool)), replace=False).tolist()
    known = [row for row, key in enumerate(keys) if key in frequent.ranks]
    among = _similarities(landmarks, landmarks, similarity)
    values, vectors = np.linalg.eigh((among + among.T) / 2)
    kept = np.argsort(values)[::-1][: recipe.dims]
    kept = kept[values[kept] > 1e-4]  # noqa: PLR2004 - smaller ones are rounding errors of the model's own quantisation
    projection = vectors[:, kept] / np.sqrt(values[kept])
    features = np.zeros((len(keys), recipe.dims), np.float32)
    found = _similarities([frequent.ranks[keys[row]] for row in known], landmarks, similarity) @ projection
    features[known, : found.shape[1]] = found
    return unit(features)


def _similarities(rows: Sequence[int], columns: Sequence[int], similarity: Similarity) -> NDArray[np.float64]:
    flat = np.fromiter(
        (similarity(row, column) for row in rows for column in columns), np.float64, len(rows) * len(columns)
    )
    # A few morphemes of the model have an empty vector, hence no cosine.
    return np.nan_to_num(flat).reshape(len(rows), len(columns))


def syllable_features(nouns: Sequence[str], features: Matrix, syllables: Sequence[str]) -> Matrix:
    """Return half the unit mean of the features of the nouns in which each syllable stands, `(n_syllables, width)`.

    Args:
        nouns: keys of the rows of `features`.
        features: `(n_nouns, width)`.
        syllables: keys as `##푸`.
    """
    rows = {syllable: row for row, syllable in enumerate(syllables)}
    sums = np.zeros((len(syllables), features.shape[1]), np.float32)
    for noun, feature in zip(nouns, features, strict=True):
        for syllable in syllable_keys(noun):
            if syllable in rows:
                sums[rows[syllable]] += feature
    halved: Matrix = unit(sums) * np.float32(0.5)
    return halved


def principal_axes(vectors: Matrix, dims: int) -> Matrix:
    """Return the `(width, dims)` axes that keep most of the teacher's energy; vectors are not centred."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    kept: Matrix = axes[:, ::-1][:, :dims].astype(np.float32)
    return kept


def smooth_weights(counts: NDArray[np.float64], recipe: Recipe) -> Matrix:
    """Return SIF weights a / (a + p), `(n_keys,)` (Arora, Liang & Ma 2017, section 3)."""
    share = counts / max(counts.sum(), 1.0)
    weights: Matrix = np.maximum(recipe.smoothing / (recipe.smoothing + share), recipe.weight_floor).astype(np.float32)
    return weights


def ridge_map(features: Matrix, targets: Matrix, strength: float) -> Matrix:
    """Return the `(width, dims)` map that brings features nearest to the targets, with a penalty on its size."""
    gram = features.T @ features + strength * np.eye(features.shape[1], dtype=np.float32)
    solved: Matrix = np.linalg.solve(gram, features.T @ targets).astype(np.float32)
    return solved


def pooled(texts: Iterable[NDArray[np.int64]], rows: Matrix) -> Matrix:
    """Return the unit sums of the rows of each text, `(n_texts, width)`."""
    sums = [rows[text].sum(axis=0) for text in texts]
    return unit(np.stack(sums))
