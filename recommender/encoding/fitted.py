"""The static encoder as it is fitted to one catalogue."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.base import Vectors, unit_rows
from recommender.encoding.fitting import (
    MAX_TOPIC_TEXTS,
    TOPICS,
    CatalogueFit,
    TokenisedTexts,
    blocks,
    count_weights,
    drawn,
    fit_words,
    flattened,
)
from recommender.errors import EncoderError

RARITY_POWER = 0.25
"""How much a word's rarity changes its vector's length. A half finds a little more within a language and a little less
across languages, because it outweighs the lengths that were learnt on translations."""

CENTRED = 0.25
"""How much of what all texts share is taken away. All of it costs English blurbs a fifth of their finds."""

TEXTS_PER_ANALYSIS = 1024
"""Texts given to the analyser at once: enough for its threads, little enough to keep the morphemes small in memory."""

TEXTS_PER_SUM = 64
"""Texts summed at once: 64 passages of 300 tokens gather about 20 MB of rows."""


class TokenVectors(Protocol):
    """The part of the static encoder that does not depend on a catalogue."""

    @property
    def name(self) -> str:
        """Identity of the weights and the analyser."""

    @property
    def dims(self) -> int:
        """Length of a token's vector."""

    @property
    def contentless(self) -> Vectors:
        """`(dims,)`, of length 1: the direction of a text without content."""

    def keys_many(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the token keys of each text, no more than speak for it."""

    def token_rows(self, keys: Sequence[str]) -> Vectors:
        """Return `(len(keys), dims)`, the tokens' vectors; every key has one."""


class FittedStaticEncoder:
    """Two parts side by side: what a text's words mean anywhere, and what they mean in this catalogue.

    The first part is the unit sum of the tokens' vectors, each times its word's rarity, less some of the catalogue's mean. The
    second is the text's place among the catalogue's topics. It is as long as the square root of the share of the text that topics
    explain: a question in words that the catalogue does not have (another language's, a name's) is then compared by
    the first part, and finds as much across languages as without a catalogue.

    Args:
        tokens: the encoder that was fitted.
        fit: what it learnt.
        remembered: texts that the fit has tokenised already; each is encoded once and forgotten.
    """

    def __init__(self, tokens: TokenVectors, fit: CatalogueFit, remembered: "RememberedTexts | None" = None) -> None:
        if fit.mean.shape != (tokens.dims,):
            raise EncoderError(
                f"the fit was made for vectors of {fit.mean.size} numbers, {tokens.name} has {tokens.dims}; "
                "run `python -m indexer reindex`"
            )
        self._tokens = tokens
        self._fit = fit
        self._remembered = remembered or RememberedTexts(TokenisedTexts())
        self._shares = (np.float32((1 - fit.topic_share) ** 0.5), np.float32(fit.topic_share**0.5))
        self._fallback = np.concatenate([tokens.contentless, np.zeros(TOPICS, np.float32)])

    @classmethod
    def fitted_to(cls, tokens: TokenVectors, texts: Iterable[str], progress: Callable[[int], None]) -> Self:
        """Learn from a catalogue's texts, each looked at once; `progress` is told how many more were."""
        remembered = RememberedTexts(TokenisedTexts())
        sample = drawn(texts)
        for block in blocks(len(sample), TEXTS_PER_ANALYSIS):
            remembered.add(sample[block], tokens.keys_many(sample[block]))
            progress(len(sample[block]))
        fit = fit_words(remembered.tokenised, tokens.dims)
        uncentred = cls(tokens, fit)
        return cls(tokens, replace(fit, mean=uncentred.mean_of(remembered.tokenised)), remembered)

    @property
    def name(self) -> str:
        """The fitted encoder's name and the fit's own."""
        return f"{self._tokens.name}~{self._fit.digest}"

    @property
    def dims(self) -> int:
        """Number of components of a vector: those of a token and `TOPICS`, for a catalogue of any size."""
        return self._tokens.dims + TOPICS

    @property
    def fit(self) -> CatalogueFit:
        """What was learnt."""
        return self._fit

    @property
    def stored(self) -> bytes:
        """What has to be kept with the catalogue to encode alike later."""
        return self._fit.to_bytes()

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        vectors = np.empty((len(texts), self.dims), np.float32)
        for block in blocks(len(texts), TEXTS_PER_ANALYSIS):
            keys = self._keys(texts[block])
            for inner in blocks(len(keys), TEXTS_PER_SUM):
                first = block.start + inner.start
                vectors[first : first + len(keys[inner])] = self._vectors(keys[inner])
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return self.encode_documents(texts)

    def mean_of(self, texts: TokenisedTexts) -> Vectors:
        """The mean `(dims of a token,)` of the texts' first parts."""
        sample = texts.sample(MAX_TOPIC_TEXTS)
        total = np.zeros(self._tokens.dims, np.float64)
        for block in blocks(len(sample), TEXTS_PER_SUM):
            total += self._meanings([texts.keys(text) for text in sample[block]]).sum(axis=0)
        return (total / max(1, len(sample))).astype(np.float32)

    def _keys(self, texts: Sequence[str]) -> list[list[str]]:
        keys = [self._remembered.take(text) for text in texts]
        unknown = [index for index, known in enumerate(keys) if known is None]
        fresh = self._tokens.keys_many([texts[index] for index in unknown])
        for index, text_keys in zip(unknown, fresh, strict=True):
            keys[index] = text_keys
        return [text_keys or [] for text_keys in keys]

    def _vectors(self, texts_keys: list[list[str]]) -> Vectors:
        meaning_share, topic_share = self._shares
        parts = (meaning_share * self._meanings(texts_keys), topic_share * self._places(texts_keys))
        return unit_rows(np.concatenate(parts, axis=1), fallback=self._fallback)

    def _meanings(self, texts_keys: list[list[str]]) -> Vectors:
        """The first parts, `(n_texts, dims of a token)`."""
        keys, lengths = flattened(texts_keys)
        sums = np.zeros((len(lengths), self._tokens.dims), np.float32)
        if keys:
            ids = self._fit.ids
            unknown = len(ids)
            rows = np.fromiter((ids.get(key, unknown) for key in keys), np.intp, len(keys))
            weighed = self._tokens.token_rows(keys) * self._fit.rarity_or_rarest[rows, None] ** RARITY_POWER
            filled = np.flatnonzero(lengths)
            sums[filled] = np.add.reduceat(weighed, np.cumsum(lengths[filled]) - lengths[filled], axis=0)
        units = unit_rows(sums, fallback=self._tokens.contentless)
        return unit_rows(units - np.float32(CENTRED) * self._fit.mean, fallback=self._tokens.contentless)

    def _places(self, texts_keys: list[list[str]]) -> Vectors:
        """The second parts, `(n_texts, TOPICS)`, none longer than 1."""
        fit = self._fit
        texts, words, counts = _counted(texts_keys, fit.ids)
        weights = count_weights(counts) * fit.rarity_or_rarest[np.minimum(words, len(fit.words))]
        lengths = np.sqrt(np.bincount(texts, weights**2, minlength=len(texts_keys))).astype(np.float32)
        places = np.zeros((len(texts_keys), TOPICS), np.float32)
        known = np.flatnonzero(words < len(fit.words))
        if not known.size:
            return places
        texts, words, weights = texts[known], words[known], weights[known]
        rows = fit.topics[words] * (fit.scales[words] * weights)[:, None]
        holders, starts = np.unique(texts, return_index=True)
        sums = np.add.reduceat(rows, starts, axis=0) / lengths[holders, None]
        explained = np.linalg.norm(sums, axis=1, keepdims=True)
        places[holders] = sums / np.sqrt(np.where(explained > 0, explained, 1))
        return places


class RememberedTexts:
    """The tokens of texts that are about to be encoded: a book is not cut into morphemes twice in one load."""

    def __init__(self, tokenised: TokenisedTexts) -> None:
        self.tokenised = tokenised
        self._by_text: dict[bytes, NDArray[np.int32]] = {}

    def add(self, texts: Sequence[str], texts_keys: Sequence[Sequence[str]]) -> None:
        """Remember each text's keys."""
        for text, keys in zip(texts, texts_keys, strict=True):
            self._by_text[_key_of(text)] = self.tokenised.add(keys)

    def take(self, text: str) -> list[str] | None:
        """Give the keys of a text out, once; None for one that is not known."""
        numbers = self._by_text.pop(_key_of(text), None) if self._by_text else None
        return None if numbers is None else self.tokenised.keys(numbers)


def _counted(
    texts_keys: Sequence[Sequence[str]], ids: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The different words of each text: (number of the text, row of the word, times), by text.

    Words without a row get numbers behind the last row, so that they count as what they are: words of this text.
    """
    keys, lengths = flattened(texts_keys)
    others: dict[str, int] = {}
    known = len(ids)
    rows = np.fromiter(
        (ids[key] if key in ids else known + others.setdefault(key, len(others)) for key in keys), np.int64, len(keys)
    )
    width = known + len(others)
    texts = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    pairs, counts = np.unique(texts * width + rows, return_counts=True)
    return pairs // max(1, width), pairs % max(1, width), counts


def _key_of(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
