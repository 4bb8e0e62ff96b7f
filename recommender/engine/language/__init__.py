"""The query language that both engines take, as one check made before either of them sees a body.

`recommender.engine.base` describes the language; this module is its exact form. What passes here means the same on
both engines, and what does not is an `UnsupportedClauseError` that names the clause, never a silent difference. The
check reads a body once and costs some 20 microseconds, so it stays on for every search.

Fixed here, because the engines would otherwise differ:

* values have their field's type: a number is not found in a keyword field by being written as a number
* a date in a query is a whole instant with its offset (`2026-11-20T09:30:00+09:00`): Elasticsearch rounds shorter ones
* tokens in a `match` are separated by plain spaces, and at most 255 characters long
* a query vector has length 1 (the similarity is `dot_product`)
* `operator: and` takes no `minimum_should_match`, `terms` buckets are ordered by one key
"""

from recommender.engine.language.bodies import DEFAULT_SIZE, validate_body
from recommender.engine.language.clauses import INTEGER_RANGE, clauses, instant_milliseconds
from recommender.engine.language.dense import UNIT_LENGTH_TOLERANCE
from recommender.engine.language.minimum import minimum_matches
from recommender.engine.language.queries import LONGEST_TOKEN, validate_query
from recommender.engine.language.sorting import Sort, sort_of

__all__ = [
    "DEFAULT_SIZE",
    "INTEGER_RANGE",
    "LONGEST_TOKEN",
    "UNIT_LENGTH_TOLERANCE",
    "Sort",
    "clauses",
    "instant_milliseconds",
    "minimum_matches",
    "sort_of",
    "validate_body",
    "validate_query",
]
