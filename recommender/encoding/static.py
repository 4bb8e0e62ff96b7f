"""The bundled encoder: one vector a token, summed. No network, no framework: numpy and four small files."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.base import Vectors, unit_rows
from recommender.encoding.fitted import TEXTS_PER_ANALYSIS, TEXTS_PER_SUM, FittedStaticEncoder
from recommender.encoding.fitting import CatalogueFit, blocks, flattened
from recommender.encoding.tokens import MorphemeAnalyzer, Tokenizer, syllable_keys
from recommender.errors import EncoderError

BUNDLED_FOLDER = Path(__file__).with_name("bundled")

CARD, ROWS, SCALES, VOCABULARY = "model_card.json", "vectors.npy", "scales.npy", "vocabulary.txt"

MAX_TOKENS = 4096
"""The first tokens that speak for a text; a whole book pasted into one cell must not take the machine's memory."""

OWN_SHARE = 0.3
"""Of the direction of its own letters, in an unknown Korean word that its syllables explain: names of like syllables stay apart
(+.005 nDCG@10 for one sentence of a blurb), and translations are found as before."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What has to be known of the weights to use them; the file says more (data, licences, figures)."""

    name: str
    version: str
    dims: int
    tokens: int
    unknown_norm: float
    sha256: str


class StaticEncoder:
    """A text's vector is the normalised sum of its tokens' vectors, whose lengths are their weights.

    The rows are int8 with one scale each and stay on disk (memory-mapped). A Korean word that the vocabulary lacks, mostly a
    name, is put together from its syllables; any other unknown token gets a direction derived from its letters alone: two texts
    that share a rare name stay near each other. Documents and queries are encoded alike. Safe to use from several threads.

    Args:
        folder: holds `model_card.json`, `vectors.npy`, `scales.npy` and `vocabulary.txt`.
        analyzer: cuts Korean text into morphemes.

    Raises:
        EncoderError: a file is missing or does not belong to the others.
    """

    def __init__(self, folder: Path, analyzer: MorphemeAnalyzer) -> None:
        self._card = _read_card(folder)
        self._rows: NDArray[np.int8] = _load(folder / ROWS, mapped=True)
        self._scales: NDArray[np.float32] = _load(folder / SCALES, mapped=False)
        keys = _read_vocabulary(folder / VOCABULARY)
        self._check(folder, len(keys))
        self._ids = dict(zip(keys, range(len(keys)), strict=True))
        self._tokenizer = Tokenizer(analyzer, self._ids)
        cut_by = hashlib.sha256(analyzer.fingerprint.encode()).hexdigest()[:8]
        self._name = f"{self._card.name}-{self._card.version}+{self._card.sha256[:12]}.{cut_by}"
        self.contentless: Vectors = self._hashed_rows([""])[0] / np.float32(self._card.unknown_norm)

    @classmethod
    def bundled(cls, analyzer: MorphemeAnalyzer) -> Self:
        """Return the encoder whose weights come with the program."""
        return cls(BUNDLED_FOLDER, analyzer)

    @property
    def name(self) -> str:
        """Name, version and hash of the weights, and a hash of the analyser: another dictionary makes other vectors."""
        return self._name

    @property
    def dims(self) -> int:
        """Number of components of a vector."""
        return self._card.dims

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        vectors = np.empty((len(texts), self.dims), np.float32)
        for block in blocks(len(texts), TEXTS_PER_ANALYSIS):
            keys = self.keys_many(texts[block])
            for inner in blocks(len(keys), TEXTS_PER_SUM):
                first = block.start + inner.start
                vectors[first : first + len(keys[inner])] = self._sums(keys[inner])
        return unit_rows(vectors, fallback=self.contentless)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return self.encode_documents(texts)

    def known_share(self, text: str) -> float:
        """Return which part of the text's tokens the vocabulary holds, 0 to 1; 0 for a text without tokens."""
        keys = self._tokenizer.keys_many([text])[0]
        return sum(key in self._ids for key in keys) / len(keys) if keys else 0.0

    def fit(self, texts: Iterable[str], progress: Callable[[int], None] = lambda _: None) -> FittedStaticEncoder:
        """Learn from a catalogue's texts, each looked at once; `progress` is told how many more were."""
        return FittedStaticEncoder.fitted_to(self, texts, progress)

    def fitted(self, stored: bytes) -> FittedStaticEncoder:
        """Return the encoder as it was fitted when `stored` was kept.

        Raises:
            EncoderError: the bytes are no fit of this encoder.
        """
        return FittedStaticEncoder(self, CatalogueFit.from_bytes(stored))

    def keys_many(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the token keys of each text, at most `MAX_TOKENS`; a key need not be in the vocabulary."""
        return [keys[:MAX_TOKENS] for keys in self._tokenizer.keys_many(texts)]

    def token_rows(self, keys: Sequence[str]) -> Vectors:
        """Return `(len(keys), dims)`, the tokens' vectors; unknown ones are derived from their letters."""
        ids = np.fromiter((self._ids.get(key, -1) for key in keys), np.intp, len(keys))
        rows = np.multiply(self._rows[ids], self._scales[ids, None], dtype=np.float32)
        unknown = np.flatnonzero(ids < 0)
        if unknown.size:
            rows[unknown] = self._unknown_rows([keys[index] for index in unknown.tolist()])
        return rows

    def _sums(self, texts_keys: list[list[str]]) -> Vectors:
        """Add up the token vectors of each text, `(n_texts, dims)`; a text without tokens stays zero."""
        keys, lengths = flattened(texts_keys)
        sums = np.zeros((len(lengths), self.dims), np.float32)
        if keys:
            filled = np.flatnonzero(lengths)
            starts = np.cumsum(lengths[filled]) - lengths[filled]
            sums[filled] = np.add.reduceat(self.token_rows(keys), starts, axis=0)
        return sums

    def _unknown_rows(self, keys: list[str]) -> Vectors:
        """Put unknown Korean words together from their syllables and some of their own; of others only the letters tell anything."""
        rows = self._hashed_rows(keys)
        for row, key in enumerate(keys):
            ids = [self._ids.get(syllable, -1) for syllable in syllable_keys(key)]
            if ids and min(ids) >= 0:
                rows[row] = self._scales[ids] @ self._rows[ids] + OWN_SHARE * rows[row]
        return rows

    def _hashed_rows(self, keys: list[str]) -> Vectors:
        """Derive rows from the keys' letters: evenly spread bytes of SHAKE-256, which no library version changes."""
        drawn = b"".join(hashlib.shake_256(key.encode("utf-8", "surrogatepass")).digest(self.dims) for key in keys)
        rows = np.frombuffer(drawn, np.int8).reshape(len(keys), self.dims).astype(np.float32)
        scaled: Vectors = rows * (np.float32(self._card.unknown_norm) / np.linalg.norm(rows, axis=1, keepdims=True))
        return scaled

    def _check(self, folder: Path, n_keys: int) -> None:
        shapes = (self._rows.shape, self._scales.shape, n_keys)
        card = self._card
        if shapes != ((card.tokens, card.dims), (card.tokens,), card.tokens):
            raise EncoderError(
                f"{folder}: {CARD} promises {card.tokens} tokens of {card.dims} numbers, found {shapes}; {_RESTORE}"
            )
        if weights_digest(folder) != card.sha256:
            raise EncoderError(f"{folder}: the weights are not those that {CARD} describes; {_RESTORE}")


_RESTORE = "restore the folder from the release, or train it again with `python -m training encoder`"


def weights_digest(folder: Path) -> str:
    """Return the SHA-256 of rows, scales and vocabulary, in that order, in hexadecimal."""
    digest = hashlib.sha256()
    for file_name in (ROWS, SCALES, VOCABULARY):
        digest.update((folder / file_name).read_bytes())
    return digest.hexdigest()


def _read_card(folder: Path) -> ModelCard:
    path = folder / CARD
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return ModelCard(**{field: fields[field] for field in ModelCard.__slots__})
    except OSError as error:
        raise EncoderError(f"{path} cannot be read ({error.strerror}); {_RESTORE}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise EncoderError(f"{path} is no model card of a static encoder ({error!r}); {_RESTORE}") from error


def _read_vocabulary(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read ({error}); {_RESTORE}") from error


def _load(path: Path, *, mapped: bool) -> NDArray[Any]:
    try:
        return np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False)  # type: ignore[no-any-return]
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read ({error}); {_RESTORE}") from error
