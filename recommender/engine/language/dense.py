"""The dense search of the language: `knn`, alone in its body."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from recommender.engine.base import MAX_RESULT_WINDOW, Schema
from recommender.engine.language.clauses import clauses, expect_type, is_object, refuse_unknown_keys, require_keys
from recommender.engine.language.queries import validate_query
from recommender.errors import UnsupportedClauseError

UNIT_LENGTH_TOLERANCE = 1e-4
"""How far the squared length of a vector may be from 1; Elasticsearch refuses what is farther."""

KNN_KEYS = frozenset({"field", "query_vector", "k", "num_candidates", "filter"})


def validate_knn(knn: Any, schema: Schema) -> None:
    """Check the one clause of a dense body."""
    if not is_object(knn):
        raise UnsupportedClauseError("knn: it is one object, not a list")
    refuse_unknown_keys(knn, KNN_KEYS, "knn")
    require_keys(knn, ("field", "query_vector", "k"), "knn")
    expect_type(knn["field"], schema, {"dense_vector"}, "knn")
    _validate_candidates(knn)
    _validate_query_vector(knn["query_vector"], int(schema.properties[knn["field"]]["dims"]))
    for clause in clauses(knn.get("filter", ())):
        validate_query(clause, schema, scoring=False)


def _validate_candidates(knn: Mapping[str, Any]) -> None:
    k = knn["k"]
    candidates = knn.get("num_candidates", k)
    if type(k) is not int or type(candidates) is not int or not 1 <= k <= candidates <= MAX_RESULT_WINDOW:
        raise UnsupportedClauseError(
            f"knn: 1 <= k <= num_candidates <= {MAX_RESULT_WINDOW} has to hold, not k {k!r}, num_candidates {candidates!r}"
        )


def _validate_query_vector(vector: Any, dims: int) -> None:
    array = np.asarray(vector, dtype=np.float32)
    if array.shape != (dims,):
        raise UnsupportedClauseError(
            f"knn: the query vector has the shape {array.shape}, but the field holds ({dims},)"
        )
    if not abs(float(array @ array) - 1.0) <= UNIT_LENGTH_TOLERANCE:  # so that NaN is refused as well
        raise UnsupportedClauseError("knn: the query vector has to be of length 1; normalise it")
