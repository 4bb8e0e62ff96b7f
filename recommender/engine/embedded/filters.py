"""Filters as masks: which rows match, from the columns, without asking tantivy where it can be helped."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from recommender.engine.embedded.columns import Mask
from recommender.engine.embedded.queries import bool_minimum
from recommender.engine.embedded.snapshot import Snapshot
from recommender.engine.embedded.words import matching_rows
from recommender.engine.language import clauses, instant_milliseconds


def filter_mask(snapshot: Snapshot, filters: Any) -> Mask | None:
    """The rows that match one filter or all of a list; None is every row of the snapshot."""
    wanted = clauses(filters)
    if not wanted:
        return snapshot.alive
    return snapshot.filter_masks.of(repr(wanted), lambda: _all_of(snapshot, wanted))


def query_mask(snapshot: Snapshot, query: Mapping[str, Any]) -> Mask:
    """The rows that match a query, whose own mask is not kept."""
    mask = _mask(snapshot, query)
    return mask if snapshot.alive is None else mask & snapshot.alive


def _all_of(snapshot: Snapshot, filters: Sequence[Mapping[str, Any]]) -> Mask:
    masks = [_remembered_mask(snapshot, one) for one in filters]
    return reduce(np.logical_and, masks if snapshot.alive is None else [*masks, snapshot.alive])


def _remembered_mask(snapshot: Snapshot, query: Mapping[str, Any]) -> Mask:
    return snapshot.clause_masks.of(repr(query), lambda: _mask(snapshot, query))


def _mask(snapshot: Snapshot, query: Mapping[str, Any]) -> Mask:
    ((kind, content),) = query.items()
    return _MASKS[kind](snapshot, content)


def _constant_score_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    return _mask(snapshot, content["filter"])


def _match_all_mask(snapshot: Snapshot, _content: Mapping[str, Any]) -> Mask:
    return snapshot.all_rows()


def _match_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    mask = np.zeros(snapshot.rows, dtype=np.bool_)
    mask[matching_rows(snapshot.searcher, snapshot.translator.query({"match": content}))] = True
    return mask


def _term_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    return _terms_mask(snapshot, {field: [value] for field, value in content.items()})


def _terms_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    ((field, values),) = content.items()
    return snapshot.mask_of_ids(values) if field == "id" else snapshot.column(field).holding(list(values))


def _range_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    ((field, bounds),) = content.items()
    is_date = snapshot.schema.properties[field]["type"] == "date"
    limits = {bound: instant_milliseconds(limit) if is_date else limit for bound, limit in bounds.items()}
    return snapshot.column(field).between(limits)


def _ids_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    return snapshot.mask_of_ids(content["values"])


def _prefix_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    ((field, prefix),) = content.items()
    return snapshot.column(field).beginning_with(prefix)


def _exists_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    return snapshot.column(content["field"]).present()


def _bool_mask(snapshot: Snapshot, content: Mapping[str, Any]) -> Mask:
    required = [*clauses(content.get("must", ())), *clauses(content.get("filter", ()))]
    optional = clauses(content.get("should", ()))
    mask = snapshot.all_rows()
    for query in required:
        mask = mask & _remembered_mask(snapshot, query)
    for query in clauses(content.get("must_not", ())):
        mask = mask & ~_remembered_mask(snapshot, query)
    needed = bool_minimum(content, optional=len(optional), has_required=bool(required))
    if needed == 0:
        return mask
    matches = np.zeros(snapshot.rows, dtype=np.int32)
    for query in optional:
        matches += _remembered_mask(snapshot, query)
    return mask & (matches >= needed)


_MASKS: Mapping[str, Callable[[Snapshot, Mapping[str, Any]], Mask]] = {
    "bool": _bool_mask,
    "constant_score": _constant_score_mask,
    "exists": _exists_mask,
    "ids": _ids_mask,
    "match": _match_mask,
    "match_all": _match_all_mask,
    "prefix": _prefix_mask,
    "range": _range_mask,
    "term": _term_mask,
    "terms": _terms_mask,
}
