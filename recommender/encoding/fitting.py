"""What a static encoder learns from one catalogue, and how it is stored with the generation.

Three things that only the catalogue knows: how rare each word is in it, what all its texts have in common, and which
words keep company in it. docs/encoder.md has the figures by which the numbers here were chosen.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any, Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.base import Vectors
from recommender.encoding.topics import SparseMatrix, leading_topics
from recommender.errors import EncoderError

FORMAT = 1
"""Of the stored bytes, and of the formulas that use them."""

TOPICS = 64
"""Length of the topic part. 128 find one blurb in fifty more by meaning alone and none more together with the words, and
cost a fourth more time in the vectors instead of a twentieth (.55 and .47 ms among 50,000 books, without them .44)."""

TEXTS_PER_TOPIC = 4
"""A catalogue of fewer texts has fewer topics; ten books have no sixty-four."""

TOPIC_SHARE = 0.5
"""Most that the topic part may weigh; at 0.6 translations are found less often."""

HALF_SHARE_AT = 10
"""Different words a text at which topics weigh half of that: bare titles and single sentences say little of what words
keep company (ParaKQC loses .009 nDCG@10 at the full share)."""

RAREST_KNOWN = 2
"""Texts in which a word must be to have company; a word of one text counts as one that the catalogue does not know."""

MAX_WORDS = 65_536
"""Words kept, the frequent ones first: 5 MB, which is read in a few milliseconds."""

LOWEST_RARITY = 0.02
"""What a word counts that is in every text."""

MAX_TEXTS = 50_000
"""Texts looked at, drawn at random where there are more; word frequencies of the rest would hardly differ."""

MAX_TOPIC_TEXTS = 20_000
"""Texts from which topics and the mean are made: 2 seconds of blurbs, 0.3 of titles."""

SEED = 20261121
"""Of the draw."""


@dataclass(frozen=True, eq=False)
class CatalogueFit:
    """What was learnt. Rows of `rarity`, `topics` and `scales` belong to `words`."""

    words: Sequence[str]  # keys of the tokenizer that are in two texts or more
    rarity: NDArray[np.float32]  # (n_words,), log((n+1)/(df+½)) / log(n+1): 1 for the rarest
    topics: NDArray[np.int8]  # (n_words, TOPICS), in units of `scales`
    scales: NDArray[np.float32]  # (n_words,)
    mean: NDArray[np.float32]  # (dims of the encoder,), of the texts' unit vectors
    topic_share: float  # 0 to TOPIC_SHARE
    texts: int  # how many were looked at

    @cached_property
    def ids(self) -> dict[str, int]:
        """Word → row."""
        return dict(zip(self.words, range(len(self.words)), strict=True))

    @cached_property
    def rarity_or_rarest(self) -> NDArray[np.float32]:
        """`rarity`, and behind it the 1 of every word that the catalogue does not know."""
        return np.append(self.rarity, np.float32(1))

    @cached_property
    def digest(self) -> str:
        """Tells two fits apart, 8 hexadecimal digits."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:8]

    def to_bytes(self) -> bytes:
        """The fit as it is stored."""
        header = {"format": FORMAT, "topic_share": self.topic_share, "texts": self.texts}
        stored = io.BytesIO()
        np.savez(
            stored,
            header=_letters(json.dumps(header)),
            words=_letters("\n".join(self.words)),
            rarity=self.rarity,
            topics=self.topics,
            scales=self.scales,
            mean=self.mean,
        )
        return stored.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read a stored fit.

        Raises:
            EncoderError: it is none, or one of another version of this program.
        """
        try:
            with np.load(io.BytesIO(stored), allow_pickle=False) as arrays:
                fit = cls._from_arrays(arrays)
        except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
            raise EncoderError(
                f"the encoder's fit to the catalogue cannot be read ({error}); run `python -m indexer reindex`"
            ) from error
        return fit

    @classmethod
    def _from_arrays(cls, arrays: Any) -> Self:
        header = json.loads(_text(arrays["header"]))
        if header["format"] != FORMAT:
            raise ValueError(f"it has format {header['format']}, this program reads {FORMAT}")
        words = _text(arrays["words"])
        fit = cls(
            words=words.split("\n") if words else [],
            rarity=arrays["rarity"],
            topics=arrays["topics"],
            scales=arrays["scales"],
            mean=arrays["mean"],
            topic_share=header["topic_share"],
            texts=header["texts"],
        )
        n_words = len(fit.words)
        if (fit.rarity.shape, fit.topics.shape, fit.scales.shape) != ((n_words,), (n_words, TOPICS), (n_words,)):
            raise ValueError(f"its arrays do not belong to its {n_words:,} words")
        return fit


def _letters(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _text(letters: NDArray[np.uint8]) -> str:
    return letters.tobytes().decode("utf-8", "surrogatepass")


def drawn(texts: Iterable[str], limit: int = MAX_TEXTS) -> list[str]:
    """At most `limit` of the texts, each as likely as any other (Vitter 1985, algorithm R), in a stream of any length."""
    stream = iter(texts)
    kept = list(islice(stream, limit))
    random = np.random.default_rng(SEED)
    for seen, text in enumerate(stream, limit + 1):
        place = int(random.integers(seen))
        if place < limit:
            kept[place] = text
    return kept


class TokenisedTexts:
    """Texts as numbers of words: what is counted, and remembered until the texts are encoded."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: list[NDArray[np.int32]] = []

    def add(self, keys: Sequence[str]) -> NDArray[np.int32]:
        """Take in a text; returns its words' numbers."""
        numbers = self._numbers
        text = np.fromiter((numbers.setdefault(key, len(numbers)) for key in keys), np.int32, len(keys))
        self._texts.append(text)
        return text

    def __len__(self) -> int:
        return len(self._texts)

    @cached_property
    def words(self) -> list[str]:
        """Number → word; asked once every text is in."""
        return list(self._numbers)

    def keys(self, text: NDArray[np.int32]) -> list[str]:
        """The words of a text again."""
        words = self.words
        return [words[number] for number in text.tolist()]

    def frequencies(self) -> NDArray[np.int64]:
        """In how many texts each word is, `(n_words,)`."""
        counts = np.zeros(len(self._numbers), np.int64)
        for text in self._texts:
            counts[np.unique(text)] += 1
        return counts

    def sample(self, limit: int) -> list[NDArray[np.int32]]:
        """At most `limit` of the texts, evenly spaced."""
        step = max(1, -(-len(self._texts) // limit))
        return self._texts[::step]


def rarity_of(frequencies: NDArray[np.int64], n_texts: int) -> NDArray[np.float32]:
    """Inverse document frequency as a share of the highest, `LOWEST_RARITY` to 1 (half a text more, so 0 is allowed)."""
    inverse = np.log((n_texts + 1) / (frequencies + 0.5)) / np.log(n_texts + 1)
    rarity: NDArray[np.float32] = np.clip(inverse, LOWEST_RARITY, 1.0).astype(np.float32)
    return rarity


def fit_words(texts: TokenisedTexts, dims: int) -> CatalogueFit:
    """Learn rarity and topics; the mean of the texts, `(dims,)`, is left at zero."""
    frequencies = texts.frequencies()
    kept = _kept_words(frequencies, texts.words)
    rarity = rarity_of(frequencies, len(texts)) if len(texts) else np.zeros(0, np.float32)
    topics = _topics(texts.sample(MAX_TOPIC_TEXTS), kept, rarity)
    scales = np.abs(topics).max(axis=1, initial=0) / np.float32(127)
    return CatalogueFit(
        words=[texts.words[number] for number in kept],
        rarity=rarity[kept],
        topics=np.rint(topics / np.where(scales > 0, scales, 1)[:, None]).astype(np.int8),
        scales=scales,
        mean=np.zeros(dims, np.float32),
        topic_share=_topic_share(float(frequencies.sum()) / max(1, len(texts))),
        texts=len(texts),
    )


def _kept_words(frequencies: NDArray[np.int64], words: Sequence[str]) -> NDArray[np.intp]:
    """Numbers of the words that are kept, the frequent ones first."""
    shared = np.flatnonzero(frequencies >= RAREST_KNOWN)
    order = sorted(shared.tolist(), key=lambda number: (-frequencies[number], words[number]))
    return np.array(order[:MAX_WORDS], np.intp)


def _topic_share(words_per_text: float) -> float:
    return TOPIC_SHARE * words_per_text / (words_per_text + HALF_SHARE_AT)


def _topics(texts: Sequence[NDArray[np.int32]], kept: NDArray[np.intp], rarity: NDArray[np.float32]) -> Vectors:
    """`(n_kept, TOPICS)`; columns for which the texts are too few stay zero."""
    topics = np.zeros((len(kept), TOPICS), np.float32)
    found = leading_topics(_weighed_counts(texts, kept, rarity), min(TOPICS, len(texts) // TEXTS_PER_TOPIC))
    topics[:, : found.shape[1]] = found
    return topics


def _weighed_counts(
    texts: Sequence[NDArray[np.int32]], kept: NDArray[np.intp], rarity: NDArray[np.float32]
) -> SparseMatrix:
    """Texts by kept words, each row of length 1 over all its words: (1 + log count) × rarity (Salton & Buckley 1988)."""
    rows = np.full(len(rarity), -1, np.int32)
    rows[kept] = np.arange(len(kept), dtype=np.int32)
    lines, columns, values = [], [], []
    for line, text in enumerate(texts):
        numbers, counts = np.unique(text, return_counts=True)
        weights = count_weights(counts) * rarity[numbers]
        known = np.flatnonzero(rows[numbers] >= 0)
        lines.append(np.full(len(known), line, np.int64))
        columns.append(rows[numbers[known]])
        values.append((weights / (np.linalg.norm(weights) or 1))[known])
    if not lines:
        return SparseMatrix(np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int64), len(kept))
    return SparseMatrix.of_entries(
        np.concatenate(lines), np.concatenate(columns), np.concatenate(values).astype(np.float32), len(kept)
    )


def count_weights(counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """1 + log of how often a word stands in a text: the tenth time says less than the first."""
    return (1 + np.log(counts)).astype(np.float32)


def flattened(texts_keys: Sequence[Sequence[str]]) -> tuple[list[str], NDArray[np.intp]]:
    """The keys of all texts in one list, and how many each text has."""
    lengths = np.fromiter(map(len, texts_keys), np.intp, len(texts_keys))
    return list(chain.from_iterable(texts_keys)), lengths


def blocks(length: int, size: int) -> Iterator[slice]:
    """Consecutive slices of at most `size` that cover a sequence."""
    return (slice(start, start + size) for start in range(0, length, size))
