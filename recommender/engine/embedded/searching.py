"""One body against one snapshot: which documents, in which order, with which totals and counts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import tantivy

from recommender.engine.base import Body, SearchResult
from recommender.engine.embedded.aggregations import aggregate
from recommender.engine.embedded.filters import filter_mask, query_mask
from recommender.engine.embedded.rarity import most_matches
from recommender.engine.embedded.snapshot import Snapshot
from recommender.engine.embedded.vectors import Rows
from recommender.engine.embedded.words import ROW, matching_rows
from recommender.engine.language import DEFAULT_SIZE, clauses, sort_of
from recommender.engine.ordering import near_tie_order

MATCH_ALL: Body = {"match_all": {}}

SCORE_UNITS = 100_000
"""Similarities are rounded to five digits before they are ordered, so that the last bits of two engines' arithmetic do
not decide which of two equal books comes first."""

RESCORED_PER_RESULT = 2
"""How many candidates the bytes choose for each result that the floats order; Elasticsearch's `oversample: 2`."""

FEW_MATCHES = 100
"""Up to so many, tantivy hands over what matches in 10 microseconds; masks of 100,000 rows take 300."""

FETCHED_PAST_THE_END = 32
"""Hits fetched beyond the page where equal scores may lie across its end."""


def find(snapshot: Snapshot, body: Body) -> SearchResult:
    """Run one valid body; no document is read, so there are no sources in what comes out."""
    if "knn" in body:
        return _find_nearest(snapshot, body["knn"], body.get("size", DEFAULT_SIZE))
    query = body.get("query", MATCH_ALL)
    start = body.get("from", 0)
    page = slice(start, start + body.get("size", DEFAULT_SIZE))
    if (sort := sort_of(body)) is not None:
        found = _find_in_order(snapshot, query, snapshot.places(sort.field, descending=sort.descending), None, page)
    elif (score := uniform_score(query)) is not None:
        found = _find_in_order(snapshot, query, snapshot.ranks, score, page)
    else:
        found = _find_scored(snapshot, query, page)
    if not body.get("aggs"):
        return found
    counts = aggregate(snapshot.searcher, snapshot.translator.query(query), body["aggs"], snapshot.schema)
    return replace(found, aggregations=counts)


def matching(snapshot: Snapshot, query: Mapping[str, Any]) -> Rows:
    """The rows that match a query, in no order."""
    most = most_matches(snapshot, query)
    if most == 0:
        return np.empty(0, dtype=np.int64)
    if most <= FEW_MATCHES or uniform_score(query) is None:
        return matching_rows(snapshot.searcher, snapshot.translator.query(query), most=most)
    return np.flatnonzero(query_mask(snapshot, query))


def uniform_score(query: Mapping[str, Any]) -> float | None:
    """The score of every match, where a query gives the same to all; None where it weighs them."""
    ((kind, content),) = query.items()
    if kind == "match_all":
        return 1.0
    if kind == "constant_score":
        return float(content.get("boost", 1))
    if kind != "bool" or clauses(content.get("should", ())):
        return None
    if not any(clauses(content.get(occur, ())) for occur in ("must", "filter", "must_not")):
        return 1.0  # an empty bool is match_all
    scores = [uniform_score(one) for one in clauses(content.get("must", ()))]
    return None if None in scores else float(sum(score for score in scores if score is not None))


def _find_in_order(
    snapshot: Snapshot, query: Mapping[str, Any], places: Rows, score: float | None, page: slice
) -> SearchResult:
    rows = matching(snapshot, query)
    shown = rows[_first(places[rows], page.stop)][page].tolist()
    return SearchResult(len(rows), snapshot.ids_of(shown), None if score is None else (score,) * len(shown))


def _first(places: Rows, count: int) -> Rows:
    """Positions of the `count` lowest places, in their order."""
    if count >= len(places):
        return np.argsort(places)
    lowest = np.argpartition(places, count)[:count]
    return lowest[np.argsort(places[lowest])]


def _find_scored(snapshot: Snapshot, query: Mapping[str, Any], page: slice) -> SearchResult:
    translated = snapshot.translator.query(query)
    if page.stop == 0:
        return SearchResult(snapshot.searcher.search(translated, limit=1, count=True).count, scores=())
    if not snapshot.hits_come_in_order:
        return _find_scored_in_any_order(snapshot, translated, page)
    result = snapshot.searcher.search(translated, limit=page.stop, count=True)
    scores, rows = _scores_and_rows(snapshot, result.hits[page])
    return _scored_result(result.count, snapshot.ids_of(rows), scores)


def _find_scored_in_any_order(snapshot: Snapshot, query: tantivy.Query, page: slice) -> SearchResult:
    """The same where tantivy's order of equal scores is not that of ids: fetch until a lower score follows the page."""
    limit = page.stop + FETCHED_PAST_THE_END
    while True:
        result = snapshot.searcher.search(query, limit=limit, count=True)
        hits = result.hits
        if len(hits) < limit or hits[-1][0] < hits[page.stop - 1][0]:
            break
        limit *= 2
    found_scores, found_rows = _scores_and_rows(snapshot, hits)
    scores, rows = np.array(found_scores), np.array(found_rows, dtype=np.int64)
    order = np.lexsort((snapshot.rank_of(rows), -scores))[page]
    return _scored_result(result.count, snapshot.ids_of(rows[order].tolist()), tuple(scores[order].tolist()))


def _scored_result(total: int, ids: tuple[str, ...], scores: tuple[float, ...]) -> SearchResult:
    order = near_tie_order(ids, scores)
    if order is None:
        return SearchResult(total, ids, scores)
    return SearchResult(total, tuple(ids[place] for place in order), tuple(scores[place] for place in order))


def _scores_and_rows(
    snapshot: Snapshot, hits: Sequence[tuple[float, tantivy.DocAddress]]
) -> tuple[tuple[float, ...], Sequence[int]]:
    if not hits:
        return (), ()
    scores, addresses = zip(*hits, strict=True)
    return scores, snapshot.searcher.fast_field_values(ROW, list(addresses))


def _find_nearest(snapshot: Snapshot, knn: Mapping[str, Any], size: int) -> SearchResult:
    k = knn["k"]
    query = np.asarray(knn["query_vector"], dtype=np.float32)
    allowed = filter_mask(snapshot, knn.get("filter") or ())
    breadth = knn.get("num_candidates", k)
    found = snapshot.nearest(knn["field"], query, RESCORED_PER_RESULT * k, allowed, breadth=breadth)
    # Rounded scores as whole numbers, so that (score, rank) is one number to sort by.
    scores = np.rint((1.0 + found.similarities.astype(np.float64)) * (SCORE_UNITS / 2)).astype(np.int64)
    order = np.argsort(snapshot.rank_of(found.rows) - scores * snapshot.ranks_below)[:k]
    page = order[:size]
    return SearchResult(
        len(order), snapshot.ids_of(found.rows[page].tolist()), tuple((scores[page] / SCORE_UNITS).tolist())
    )
