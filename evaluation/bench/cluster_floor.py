"""The floor of the Elasticsearch engine: one raw, lean `_msearch` by the official client on the same index, and plain RRF.

This is the one place outside the engine that may ask a cluster by itself, because it is what the engine is measured
against.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from evaluation.bench.comparison import Answer
from evaluation.bench.fusing import fuse_plainly
from evaluation.bench.indices import PLAIN, IndexPlan
from evaluation.bench.searches import DENSE, LEXICAL, Asked, plain_bodies
from recommender.bundle import SearchBundle
from recommender.search.retrieval import leg_bodies

LEAN = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["id"]}
"""Ids as doc values, and nothing read of the documents."""

TIMEOUT_S = 600

CANDIDATES = 200
"""The least that gives a usable search of a graph; the engine looks farther and scores what it found again."""


def open_client(url: str) -> Elasticsearch:
    """A client as it comes, but for its patience."""
    return Elasticsearch(url, request_timeout=TIMEOUT_S)


class ClusterFloor:
    """The index that the engine under test has filled, asked without it.

    Args:
        client: of the cluster.
        index: its name in the cluster.
        plan: how the index was made.
        bundle: boosts and minimums; depth.
    """

    def __init__(self, client: Elasticsearch, index: str, plan: IndexPlan, bundle: SearchBundle) -> None:
        self._client = client
        self._index = index
        self._is_plain = plan is PLAIN
        self._bundle = bundle

    def __call__(self, asked: Asked) -> Sequence[str]:
        """Both legs and their fusion."""
        lexical, dense = self._legs(asked)
        return fuse_plainly(lexical, dense)

    def answer(self, asked: Asked) -> Answer:
        """What each leg found."""
        lexical, dense = self._legs(asked)
        return Answer(lexical=tuple(lexical), dense=tuple(dense))

    def _legs(self, asked: Asked) -> tuple[Sequence[str], Sequence[str]]:
        lines: list[Mapping[str, Any]] = []
        for body in self._bodies(asked):
            lines += [{"index": self._index}, body]
        lexical, dense = self._client.msearch(searches=lines)["responses"]
        return _ids(lexical), _ids(dense)

    def _bodies(self, asked: Asked) -> Sequence[Mapping[str, Any]]:
        if self._is_plain:
            lexical, dense = plain_bodies(asked, self._bundle)
        else:
            bodies = leg_bodies(asked.lookup, self._bundle)
            lexical, dense = bodies[LEXICAL], bodies[DENSE]
        knn = dense["knn"] | {"query_vector": asked.vector.tolist(), "num_candidates": CANDIDATES}
        return lexical | LEAN, dense | {"knn": knn} | LEAN


def _ids(answer: Mapping[str, Any]) -> list[str]:
    return [hit["fields"]["id"][0] for hit in answer["hits"]["hits"]]
