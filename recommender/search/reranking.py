"""The first hits of a search, read again by a reranker: what it says is added to what the legs say."""

from collections.abc import Sequence
from dataclasses import replace

from recommender.bundle import RerankBundle
from recommender.engine.base import Engine
from recommender.records import book_from_record, content_text
from recommender.reranking.base import Reranker
from recommender.search.fusion import UNITS, Fused, Leg, relative_scores

RERANKER = "reranker"


class SecondReading:
    """Reads the records of the first hits again, together with the query."""

    def __init__(self, engine: Engine, index: str, reranker: Reranker, bundle: RerankBundle) -> None:
        self._engine = engine
        self._index = index
        self._reranker = reranker
        self._bundle = bundle

    def rerank(self, query: str, fused: Fused) -> Fused:
        """The same ranking, its first hits in a better order.

        Raises:
            RerankerError: the model cannot be loaded or used.
        """
        found = self._engine.mget(self._index, fused.ids[: self._bundle.depth], source=["record"])
        documents = [document for document in found if document]
        texts = [content_text(book_from_record(document.source["record"])) for document in documents]
        scores = self._reranker.scores(query, texts).tolist() if texts else []
        return with_second_reading(fused, [document.id for document in documents], scores, self._bundle.weight)


def with_second_reading(fused: Fused, ids: Sequence[str], scores: Sequence[float], weight: float) -> Fused:
    """A ranking to which a reranker's scores of its first hits are added as one more leg.

    The reranker's best gets `weight` × the score of the first hit, its last nothing. Nothing is taken from anybody, so that no hit
    which was not read goes past one that was.
    """
    if not ids:
        return fused
    ranked = sorted(zip(scores, ids, strict=True), key=lambda pair: (-pair[0], pair[1]))
    leg = Leg(RERANKER, tuple(book_id for _, book_id in ranked), tuple(score for score, _ in ranked), weight)
    most = weight * fused.scores[0]
    added = tuple(round(most * near * UNITS) / UNITS for near in relative_scores(leg.scores))
    sums = dict(zip(fused.ids, fused.scores, strict=True))
    for book_id, more in zip(leg.ids, added, strict=True):
        sums[book_id] += more
    order = sorted(sums, key=lambda book_id: (-sums[book_id], book_id))
    return replace(
        fused,
        ids=tuple(order),
        scores=tuple(sums[book_id] for book_id in order),
        legs=(*fused.legs, leg),
        added=(*fused.added, added),
    )
