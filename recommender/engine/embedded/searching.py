"""One body against one snapshot: which documents, in which order, with which totals and counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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

NO_ROWS: Rows = np.empty(0, dtype=np.int64)

FEW_MATCHES = 100
"""Up to so many, tantivy hands over what matches in 10 microseconds; masks of 100,000 rows take 300."""

FETCHED_PAST_THE_END = 32
"""Hits fetched beyond the page where equal scores may lie across its end."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The rows of one page in their order; no scores under a sort."""

    total: int
    rows: Rows
    scores: tuple[float, ...] | None


def find(snapshot: Snapshot, body: Body) -> SearchResult:
    """Run one valid body; no document is read, so there are no sources in what comes out."""
    page = _page(snapshot, body)
    found = SearchResult(page.total, snapshot.ids_of(page.rows.tolist()), page.scores)
    if fields := body.get("docvalue_fields"):
        found = replace(found, columns={field: _column(snapshot, field, page.rows) for field in fields})
    if not body.get("aggs"):
        return found
    query = snapshot.translator.query(body.get("query", MATCH_ALL))
    return replace(found, aggregations=aggregate(snapshot.searcher, query, body["aggs"], snapshot.schema))


def _page(snapshot: Snapshot, body: Body) -> _Page:
    if "knn" in body:
        return _find_nearest(snapshot, body["knn"], body.get("size", DEFAULT_SIZE))
    query = body.get("query", MATCH_ALL)
    start = body.get("from", 0)
    page = slice(start, start + body.get("size", DEFAULT_SIZE))
    if (sort := sort_of(body)) is not None:
        return _find_in_order(snapshot, query, snapshot.places(sort.field, descending=sort.descending), None, page)
    if (score := uniform_score(query)) is not None:
        return _find_in_order(snapshot, query, snapshot.ranks, score, page)
    return _find_scored(snapshot, query, page)


def _column(snapshot: Snapshot, field: str, rows: Rows) -> tuple[int | None, ...]:
    values = snapshot.column(field).of_rows(rows)
    if snapshot.schema.properties[field]["type"] == "boolean":
        return tuple([None if value is None else bool(value) for value in values])
    return tuple(values)


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
) -> _Page:
    rows = matching(snapshot, query)
    shown = rows[_first(places[rows], page.stop)][page]
    return _Page(len(rows), shown, None if score is None else (score,) * len(shown))


def _first(places: Rows, count: int) -> Rows:
    """Positions of the `count` lowest places, in their order."""
    if count >= len(places):
        return np.argsort(places)
    lowest = np.argpartition(places, count)[:count]
    return lowest[np.argsort(places[lowest])]


def _find_scored(snapshot: Snapshot, query: Mapping[str, Any], page: slice) -> _Page:
    translated = snapshot.translator.query(query)
    if page.stop == 0:
        return _Page(snapshot.searcher.search(translated, limit=1, count=True).count, NO_ROWS, ())
    if not snapshot.hits_come_in_order:
        return _find_scored_in_any_order(snapshot, translated, page)
    result = snapshot.searcher.search(translated, limit=page.stop, count=True)
    scores, rows = _scores_and_rows(snapshot, result.hits[page])
    return _with_near_ties_settled(snapshot, _Page(result.count, rows, scores))


def _find_scored_in_any_order(snapshot: Snapshot, query: tantivy.Query, page: slice) -> _Page:
    """The same where tantivy's order of equal scores is not that of ids: fetch until a lower score follows the page."""
    limit = page.stop + FETCHED_PAST_THE_END
    while True:
        result = snapshot.searcher.search(query, limit=limit, count=True)
        hits = result.hits
        if len(hits) < limit or hits[-1][0] < hits[page.stop - 1][0]:
            break
        limit *= 2
    found_scores, rows = _scores_and_rows(snapshot, hits)
    scores = np.array(found_scores)
    order = np.lexsort((snapshot.rank_of(rows), -scores))[page]
    return _with_near_ties_settled(snapshot, _Page(result.count, rows[order], tuple(scores[order].tolist())))


def _with_near_ties_settled(snapshot: Snapshot, page: _Page) -> _Page:
    scores = page.scores or ()
    order = near_tie_order(snapshot.ids_of(page.rows.tolist()), scores)
    if order is None:
        return page
    return _Page(page.total, page.rows[order], tuple(scores[place] for place in order))


def _scores_and_rows(
    snapshot: Snapshot, hits: Sequence[tuple[float, tantivy.DocAddress]]
) -> tuple[tuple[float, ...], Rows]:
    if not hits:
        return (), NO_ROWS
    scores, addresses = zip(*hits, strict=True)
    return scores, np.array(snapshot.searcher.fast_field_values(ROW, list(addresses)), dtype=np.int64)


def _find_nearest(snapshot: Snapshot, knn: Mapping[str, Any], size: int) -> _Page:
    k = knn["k"]
    query = np.asarray(knn["query_vector"], dtype=np.float32)
    allowed = filter_mask(snapshot, knn.get("filter") or ())
    breadth = knn.get("num_candidates", k)
    found = snapshot.nearest(knn["field"], query, RESCORED_PER_RESULT * k, allowed, breadth=breadth)
    # Rounded scores as whole numbers, so that (score, rank) is one number to sort by.
    scores = np.rint((1.0 + found.similarities.astype(np.float64)) * (SCORE_UNITS / 2)).astype(np.int64)
    order = np.argsort(snapshot.rank_of(found.rows) - scores * snapshot.ranks_below)[:k]
    page = order[:size]
    return _Page(len(order), found.rows[page], tuple((scores[page] / SCORE_UNITS).tolist()))
