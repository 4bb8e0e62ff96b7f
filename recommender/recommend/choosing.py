"""Choosing among candidates by what retrieval and what a model say of them: pure.

The two are pooled as experts are whose probabilities are multiplied, each to the power of its weight (the logarithmic
opinion pool; Genest & Zidek 1986, section 3.3): a candidate scores

    (1 - weight) × -log(place) + weight × log-probability by the model

where `place` is the candidate's place among the candidates, from 1. Retrieval thereby holds the candidate at place n to be
the best 1/n times as likely as the first one. A model that knows nothing gives all candidates the same and leaves them in
their places; a sure one moves them.
"""

import math
from collections.abc import Sequence


def chosen(scores: Sequence[float], *, size: int, weight: float) -> tuple[int, ...]:
    """Places (from 0) of the `size` best candidates, best first; of equals, the one that retrieval put first.

    Args:
        scores: the model's log-probability of each candidate, in the order of retrieval, up to a constant.
        size: how many are wanted.
        weight: of the model, 0 (retrieval alone) to 1 (the model alone).
    """
    pooled = [weight * score - (1 - weight) * math.log(place) for place, score in enumerate(scores, 1)]
    best = sorted(range(len(pooled)), key=lambda place: (-pooled[place], place))
    return tuple(best[:size])
