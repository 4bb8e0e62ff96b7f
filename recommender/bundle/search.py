"""The parameters of `recommender.search`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class LexicalBundle:
    """How words find and weigh books.

    `boosts` weigh the fields that score: a search for "데미안" has to put the novel above books about it, so its title
    counts several times the description. A title that differs from the query by one letter scores `title_slips` itself,
    as much as two or three telling words. `all_minimum` and `title_bigrams_minimum` are `minimum_should_match` values:
    a book matches if enough of the words are found anywhere in its record, or enough of the query's character
    bigrams in its title. Where nothing matched, `misspelt_title_minimum` of the bigrams is enough: one wrong syllable
    spoils two of them, half of the four that "어린왕자님" has. A book that holds the query in the other script (데미안 for
    demian) gets up to `sound_boost` for it, and as much again where that is its whole title or a whole name.
    """

    boosts: Mapping[str, float]
    all_minimum: str
    title_bigrams_minimum: str
    misspelt_title_minimum: str
    sound_boost: float


@dataclass(frozen=True, slots=True)
class DenseBundle:
    """How meaning finds books.

    The nearest books to anything are always some books. One is a find only from `minimum_similarity` (cosine) on, and
    only if it comes near the best one: a search across languages has lower cosines throughout, so what is near is
    also measured as a `share_of_best`.
    """

    num_candidates: int
    minimum_similarity: float
    share_of_best: float


class FusionMethod(StrEnum):
    """How the rankings of the legs become one."""

    RRF = "rrf"  # by the places of a hit alone
    LINEAR = "linear"  # by its scores, meaning weighing less the better the words explain what they found


@dataclass(frozen=True, slots=True)
class RankBundle:
    """Weighted reciprocal rank fusion: the rank constant k, and the weight of meaning beside the words' 1.

    Where the words as asked found nothing, and any of them is enough, words say little: meaning then weighs
    `relaxed_dense_weight`.
    """

    rank_constant: float
    dense_weight: float
    relaxed_dense_weight: float


@dataclass(frozen=True, slots=True)
class LinearBundle:
    """Gated linear fusion: meaning weighs at most `dense_weight` beside the words' 1.

    It weighs less the better the words explain the best book that they found: nothing where that book scores
    `score_per_word` for each word of the query (a title typed in part does, a question told in other words does not). And it
    weighs less the more of the first books both legs agree on, whose order the words then know best:
    (1 - share)^`agreement_power`.

    A score counts by how far it is on the way from nothing to the leg's best. For the words, nothing is `lexical_floor` × the
    score of the last hit: 1 would put the last of three books that hold all words behind any that is merely near in meaning.

    Where the words as asked found nothing and any of them is enough, what they find says little: meaning then weighs
    `relaxed_dense_weight`.
    """

    dense_weight: float
    score_per_word: float
    agreement_power: float
    lexical_floor: float
    relaxed_dense_weight: float


@dataclass(frozen=True, slots=True)
class TiesBundle:
    """What decides between hits that are nearly equal, and only there.

    Two hits change places only if their scores are `within` this share of each other: 0.01 means one percent. What can be
    borrowed now counts `availability`, what is borrowed most counts `popularity`, as shares of the two together.
    """

    within: float
    availability: float
    popularity: float


@dataclass(frozen=True, slots=True)
class FusionBundle:
    """How many hits each leg hands in, the method that brings them together with its parameters, and what decides ties.

    `dense_by_kind` multiplies the weight of meaning for queries of a kind (keywords, question, mood); 1 for any other.
    """

    method: FusionMethod
    depth: int
    rrf: RankBundle
    linear: LinearBundle
    dense_by_kind: Mapping[str, float]
    ties: TiesBundle


@dataclass(frozen=True, slots=True)
class RerankBundle:
    """How many of the first hits a reranker reads again, where one is set, and its weight beside the fused score's 1."""

    depth: int
    weight: float


@dataclass(frozen=True, slots=True)
class SearchBundle:
    """The parameters of `recommender.search`."""

    lexical: LexicalBundle
    dense: DenseBundle
    fusion: FusionBundle
    rerank: RerankBundle
