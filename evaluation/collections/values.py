"""A test collection: passages, what is asked of them, and which of them answer it."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

Judgements = Mapping[str, Mapping[str, int]]
"""Query id → passage id → grade; 0 is judged and found not relevant."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text that can be found; `title` may be empty."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages, the queries that have at least one relevant passage, and the judgements of exactly these queries."""

    name: str
    documents: tuple[Passage, ...]
    queries: Mapping[str, str]
    qrels: Judgements
    left_out: int = 0  # queries of the file that nothing is relevant to: no measure can be taken of them
    absent: tuple[str, ...] = ()  # ids that are judged, but are no passage of the corpus

    def sample(self, count: int | None, *, seed: int) -> "Collection":
        """The same with `count` of its queries drawn at random, in their order; all of them for None."""
        if count is None or count >= len(self.queries):
            return self
        drawn = set(random.Random(seed).sample(list(self.queries), count))
        queries = {query_id: text for query_id, text in self.queries.items() if query_id in drawn}
        return replace(self, queries=queries, qrels={query_id: self.qrels[query_id] for query_id in queries})
