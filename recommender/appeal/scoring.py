"""Scoring texts against what was learnt from lessons: one direction in the encoder's space for each term of appeal.

A direction is the difference between the mean of the lessons of which the term is true and the mean of the others
(the nearest-mean classifier). Scores are counted in standard deviations of the scores that the lessons themselves get
when each is left out of its own means, so that one curve of confidence serves every encoder. Terms that the encoder
cannot tell apart even on the lessons are not scored at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from recommender.appeal.lessons import Lesson
from recommender.encoding.base import Encoder, Vectors
from recommender.models import APPEAL_CODES, AppealCode, AppealFacet

Said = tuple[AppealFacet, AppealCode]

TERMS: tuple[Said, ...] = tuple((facet, code) for facet, codes in APPEAL_CODES.items() for code in codes)
"""Everything that can be said, in the order of the columns of scores."""

FEWEST_LESSONS = 3
"""Lessons of a term, and of its absence, without which no direction is drawn."""

LEAST_SKILL = 0.65
"""Of a pair of lessons, one with and one without the term, the share in which the one with it has the higher score; half is
chance, the bundled encoder has 0.70 to 0.99. Below this an encoder's opinion is noise and no term is estimated by it."""


@dataclass(frozen=True, slots=True)
class AppealScores:
    """What one encoder learnt from the lessons."""

    centre: NDArray[np.float32]  # (dims,)
    directions: NDArray[np.float32]  # (dims, n_terms); a term that cannot be scored has none
    scored: NDArray[np.bool_]  # (n_terms,)

    @classmethod
    def learnt(cls, lessons: Sequence[Lesson], encoder: Encoder) -> Self:
        """Learn from the lessons as an encoder sees them."""
        vectors = encoder.encode_documents([lesson.text for lesson in lessons])
        true = np.array([[term in lesson.codes for term in TERMS] for lesson in lessons])
        enough = (true.sum(axis=0) >= FEWEST_LESSONS) & ((~true).sum(axis=0) >= FEWEST_LESSONS)
        left_out = _left_out_scores(vectors, true, enough)
        scored = enough & (_skills(left_out, true) >= LEAST_SKILL)
        spread = np.where(scored, left_out.std(axis=0), 1.0)
        directions = np.where(scored, _directions(vectors, true) / np.where(spread > 0, spread, 1.0), 0.0)
        return cls(vectors.mean(axis=0), directions.astype(np.float32), scored)

    def of(self, vectors: Vectors) -> NDArray[np.float32]:
        """Return `(n_texts, n_terms)`, in the order of `TERMS`; 0 where a term is not scored."""
        return np.asarray((vectors - self.centre) @ self.directions, np.float32)


def _directions(vectors: Vectors, true: NDArray[np.bool_]) -> NDArray[np.float32]:
    with_term = vectors.T @ true / np.maximum(true.sum(axis=0), 1)
    without = vectors.T @ ~true / np.maximum((~true).sum(axis=0), 1)
    return np.asarray(with_term - without, np.float32)


def _left_out_scores(vectors: Vectors, true: NDArray[np.bool_], enough: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Each lesson's scores by what the others teach, `(n_lessons, n_terms)`."""
    scores = np.zeros(true.shape)
    for lesson in range(len(vectors)):
        others = np.arange(len(vectors)) != lesson
        scores[lesson] = (vectors[lesson] - vectors[others].mean(axis=0)) @ _directions(vectors[others], true[others])
    return np.where(enough, scores, 0.0)


def _skills(scores: NDArray[np.float64], true: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The area under each term's ROC curve (Hanley & McNeil 1982): how often the true one of a pair scores higher."""
    return np.array([_skill(scores[:, term], true[:, term]) for term in range(true.shape[1])])


def _skill(scores: NDArray[np.float64], true: NDArray[np.bool_]) -> float:
    pairs = scores[true][:, None] - scores[~true][None, :]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean()) if pairs.size else 0.0
