"""How well the product's candidates suit, with all legs and without each: the service's own way, no generator."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from evaluation.recommending.judging import FIGURES, NDCG, RecommendationJudge
from evaluation.recommending.values import CaseKind
from evaluation.relevance.significance import Difference, compare
from evaluation.tuning.parameters import Values, with_values
from recommender.bundle import Bundle
from recommender.encoding.base import Encoder, Vectors
from recommender.recommend.values import Question

if TYPE_CHECKING:
    from recommender.library import Library
    from recommender.recommend.service import RecommendService

WHOLE = "all legs"

ABLATIONS: Mapping[str, Values] = {
    "without taste": {"recommend.candidates.taste_weight": 0.0},
    "without dense": {"recommend.candidates.dense_weight": 0.0},
    "without appeal": {"recommend.candidates.appeal_weight": 0.0},
    "without words": {"recommend.candidates.lexical_weight": 0.0},
    "without enrichment": {
        f"recommend.enrichment.{name}_weight": 0.0 for name in ("history", "preference", "intake", "hint")
    },
}
"""What is taken away → how; a leg without weight is not asked, a term without weight not added."""


class Recommender(Protocol):
    """The part of the recommendation service that is measured."""

    def candidates(self, question: Question) -> tuple[str, ...]:
        """Ids, best first."""


RecommenderOf = Callable[[Bundle], Recommender]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one bundle reaches."""

    name: str
    answers: Mapping[str, tuple[str, ...]]  # case's name → ids, best first
    figures: NDArray[np.float64]  # (n_cases, len(FIGURES))

    @property
    def means(self) -> Mapping[str, float]:
        """Figure → mean over the cases."""
        return dict(zip(FIGURES, map(float, self.figures.mean(axis=0)), strict=True))

    @property
    def ndcg(self) -> NDArray[np.float64]:
        """`(n_cases,)`."""
        column: NDArray[np.float64] = self.figures[:, FIGURES.index(NDCG)]
        return column


class Measurer:
    """Asks all cases with any bundle.

    Args:
        judge: of the cases.
        recommender_of: the product with a bundle.
    """

    def __init__(self, judge: RecommendationJudge, recommender_of: RecommenderOf) -> None:
        self.judge = judge
        self._recommender_of = recommender_of

    def measure(self, bundle: Bundle, *, name: str = WHOLE) -> Measured:
        """Every figure of every case."""
        recommender = self._recommender_of(bundle)
        answers = {case.name: recommender.candidates(case.question()) for case in self.judge.cases}
        return Measured(name, answers, self.judge.figures(answers))

    def ablations(self, bundle: Bundle) -> tuple[Measured, ...]:
        """The same with a part of the product taken away, in the order of `ABLATIONS`."""
        return tuple(self.measure(with_values(bundle, values), name=name) for name, values in ABLATIONS.items())

    def by_kind(self, values: NDArray[np.float64]) -> Mapping[str, NDArray[np.float64]]:
        """Values of the cases, `(n_cases, …)`, kind by kind; a kind without cases is not there."""
        kinds = np.array([case.kind.value for case in self.judge.cases])
        return {kind.value: values[kinds == kind.value] for kind in CaseKind if kind.value in kinds}


def against(new: Measured, old: Measured, *, seed: int) -> Difference:
    """What nDCG@10 gains, case by case."""
    return compare(new.ndcg[:, None], old.ndcg[:, None], seed=seed)[0]


def recommenders_of(library: "Library") -> Callable[[Bundle], "RecommendService"]:
    """The library's own service with other bundles; texts are encoded once for all of them."""
    from recommender.generation.composed import ComposedGenerator
    from recommender.recommend.service import RecommendService

    encoder = RememberingEncoder(library.encoder)

    def recommender(bundle: Bundle) -> RecommendService:
        return RecommendService(
            engine=library.engine,
            search=library.search,  # only looks up records here, which no bundle changes
            readers=library.readers,
            analyzer=library.analyzer,
            encoder=encoder,
            generator=ComposedGenerator(),
            bundle=bundle,
        )

    return recommender


class RememberingEncoder:
    """An encoder that encodes no text twice: hundreds of bundles ask the same questions.

    Args:
        encoder: does the work, and stays fitted to one generation meanwhile.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._documents: dict[str, Vectors] = {}
        self._queries: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """The encoder's."""
        return self._encoder.name

    @property
    def dims(self) -> int:
        """The encoder's."""
        return self._encoder.dims

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return _remembered(texts, self._documents, self._encoder.encode_documents)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return `(len(texts), dims) float32`, L2-normalised."""
        return _remembered(texts, self._queries, self._encoder.encode_queries)


def _remembered(texts: Sequence[str], known: dict[str, Vectors], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
    unknown = [text for text in dict.fromkeys(texts) if text not in known]
    if unknown:
        known.update(zip(unknown, encode(unknown), strict=True))
    return np.stack([known[text] for text in texts])
