"""What a trained encoder is worth on sentences it never saw, beside the same program with random token vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.encoding.base import Encoder, Vectors
from training.encoder.corpus import AlignedPair, HeldOut


@dataclass(frozen=True, slots=True)
class Figures:
    """Mean reciprocal rank (0 to 1) of the translation among all held-out sentences, and of a paraphrase among all others."""

    english_to_korean: float
    korean_to_english: float
    parallel_english_to_korean: float
    parallel_korean_to_english: float
    paraphrases: float


def measure(encoder: Encoder, held_out: HeldOut) -> Figures:
    """Measure an encoder on the held-out parts; 0.0 where a part is empty."""
    forth, back = translation_ranks(encoder, held_out.judged_domain)
    parallel_forth, parallel_back = translation_ranks(encoder, held_out.parallel)
    return Figures(forth, back, parallel_forth, parallel_back, paraphrase_rank(encoder, held_out.intents))


def translation_ranks(encoder: Encoder, pairs: Sequence[AlignedPair]) -> tuple[float, float]:
    """Return the mean reciprocal ranks English to Korean and Korean to English."""
    different = list({pair.korean: pair for pair in {pair.english: pair for pair in pairs}.values()}.values())
    if not different:
        return 0.0, 0.0
    english = encoder.encode_queries([pair.english for pair in different])
    korean = encoder.encode_documents([pair.korean for pair in different])
    return mean_reciprocal_rank(english, korean), mean_reciprocal_rank(korean, english)


def paraphrase_rank(encoder: Encoder, intents: Sequence[Sequence[str]]) -> float:
    """Return the mean reciprocal rank of an intent's last saying when asked by its first, among all last sayings."""
    if not intents:
        return 0.0
    asked = encoder.encode_queries([intent[0] for intent in intents])
    return mean_reciprocal_rank(asked, encoder.encode_documents([intent[-1] for intent in intents]))


def mean_reciprocal_rank(queries: Vectors, documents: Vectors) -> float:
    """Row i of `queries` looks for row i of `documents`; an equal score counts against it."""
    scores = queries @ documents.T
    wanted = np.diagonal(scores)[:, None]
    ranks = (scores >= wanted).sum(axis=1)
    return float((1 / ranks).mean())
