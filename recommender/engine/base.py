"""The port to a search engine, and the subset of Elasticsearch's query language that every engine takes.

A search is `{"index": name, "body": body}` in Elasticsearch's terms. A body is one of

* lexical: `query`, `size`, `from`, `sort`, `aggs`, `track_total_hits` (always exact), `_source`, `docvalue_fields`
* dense: `knn` alone, with `size`, `_source` and `docvalue_fields`: `{field, query_vector, k, num_candidates, filter}`

where a query is `bool` (`must`, `should`, `filter`, `must_not`, `minimum_should_match`), `match` (on whitespace-token
text fields: `{field: {"query": "a b", "operator", "minimum_should_match", "boost"}}`), `constant_score`, `match_all`,
and, in filter context only, `term`, `terms`, `range`, `ids`, `prefix`, `exists`. Aggregations: `terms`, `histogram`,
`stats`. A sort is one field and then `id`; without one the order is (score descending, id ascending), scores that agree to
three decimals counting as equal (`recommender/engine/ordering.py`). Anything else
raises `UnsupportedClauseError`, which names the clause.

`docvalue_fields` names integer and boolean fields of one value, which come back as columns (`SearchResult.columns`): no
document is opened for them. Every mapping has a `keyword` field `id` that equals the document's id (the engine fills it in), and every text field
of every document holds at least one token: the engine writes `EMPTY_TOKEN` where a document has none, so that both
engines count the same documents when they weigh a word. Vectors are left out of a source unless they are named in it
(`_source: ["vector"]`, `mget(…, source=["vector"])`); they come back as lists of float32 values.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import repeat
from typing import Any, Protocol

Body = Mapping[str, Any]

EMPTY_TOKEN = "∅"  # noqa: S105 (a token of text, no secret)
"""What a text field holds where a document has no token for it."""

MAX_RESULT_WINDOW = 10_000
"""`from + size` may not exceed this, as in Elasticsearch."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The settings and mapping of one index, as its file in `es_mappings/` says."""

    settings: Mapping[str, Any]
    mappings: Mapping[str, Any]  # with `_meta`

    @property
    def properties(self) -> Mapping[str, Any]:
        """Field name → its mapping."""
        properties: Mapping[str, Any] = self.mappings["properties"]
        return properties

    @property
    def meta(self) -> Mapping[str, Any]:
        """What the index was built with: version, and for books encoder, dims, analyzer."""
        meta: Mapping[str, Any] = self.mappings.get("_meta", {})
        return meta

    @property
    def cluster_by(self) -> str | None:
        """The keyword field by which vectors are most often filtered, if `_meta` names one.

        The embedded engine puts the vectors of its values side by side; Elasticsearch has no use for it.
        """
        field: str | None = self.meta.get("cluster_by")
        return field


class Action(StrEnum):
    """What a bulk operation does; the words are those of Elasticsearch's bulk API."""

    CREATE = "create"  # fails with a conflict if the id is there
    INDEX = "index"  # writes, whatever was there
    UPDATE = "update"  # merges the given fields into the stored document; objects merge key by key
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Operation:
    """One write. With `if_version` it takes effect only while the stored version is still that one."""

    action: Action
    id: str
    document: Mapping[str, Any] | None = None
    if_version: str | None = None


class Outcome(StrEnum):
    """What became of a bulk operation."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class OperationResult:
    """What became of one operation, in the order given; `reason` says why where it did not take effect."""

    id: str
    outcome: Outcome
    version: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document; `version` is opaque, and good for `Operation.if_version`."""

    id: str
    source: Mapping[str, Any]
    version: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """One body, and the index or alias it asks."""

    index: str
    body: Body


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found; `source` only where the body asked for it, `score` is None under a sort."""

    id: str
    score: float | None = None
    source: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to one body: column by column, since a ranking of hundreds is mostly read so.

    `scores` is None under a sort, `sources` unless the body asked for them; each is as long as `ids`, and so is each of
    `columns`: field → what each hit has in it, None where it has nothing. `aggregations` has Elasticsearch's shape
    (`{name: {"buckets": [...]}}`).
    """

    total: int
    ids: tuple[str, ...] = ()
    scores: tuple[float, ...] | None = None
    sources: tuple[Mapping[str, Any], ...] | None = None
    aggregations: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, tuple[int | None, ...]] = field(default_factory=dict)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The same, document by document."""
        scores = repeat(None) if self.scores is None else self.scores
        sources = repeat(None) if self.sources is None else self.sources
        return tuple(map(Hit, self.ids, scores, sources))


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine can answer, and a sentence about it for the operator."""

    ok: bool
    engine: str
    detail: str = ""


class Engine(Protocol):
    """Where documents are kept and found. Names of indices and aliases are lower-case letters, digits, `-` and `_`.

    Methods raise `IndexMissingError`, `IndexExistsError`, `UnsupportedClauseError`, `InvalidDocumentError` and
    `EngineUnavailableError`. All may be called from several threads.
    """

    name: str

    def create_index(self, name: str, schema: Schema) -> None:
        """Make an empty index."""

    def drop_index(self, name: str) -> None:
        """Delete an index and its documents; an index that is not there is no error."""

    def indices(self) -> Sequence[str]:
        """Names of all indices, sorted."""

    def schema(self, index: str) -> Schema:
        """The schema that an index (or the index behind an alias) was created with."""

    def aliases(self) -> Mapping[str, str]:
        """Alias → the one index it points at."""

    def move_alias(self, alias: str, index: str) -> None:
        """Point an alias at an index, in one atomic step, whether or not it pointed elsewhere before."""

    def bulk(self, index: str, operations: Iterable[Operation], *, refresh: bool = False) -> Sequence[OperationResult]:
        """Write; one result an operation, in order. Vectors may be numpy arrays.

        With `refresh` what was written is found by the next search; `mget` sees it at once in any case.

        Raises:
            InvalidDocumentError: a document does not fit the mapping; nothing of this call is kept on the embedded
                engine, on Elasticsearch the operation's result is `REJECTED` and this is raised after the others ran.
        """

    def refresh(self, index: str) -> None:
        """Make everything written so far findable."""

    def optimize(self, index: str) -> None:
        """Merge an index that will be read and not written any more; searches get faster, results stay the same."""

    def msearch(self, searches: Sequence[Search]) -> Sequence[SearchResult]:
        """Run several bodies in one round trip; results in the same order."""

    def mget(self, index: str, ids: Sequence[str], *, source: Sequence[str] | None = None) -> Sequence[Document | None]:
        """Documents by id, in the order asked, None where there is none; `source` names the top fields wanted."""

    def count(self, index: str, query: Mapping[str, Any] | None = None) -> int:
        """How many documents an index holds, or match a query."""

    def scan(
        self, index: str, query: Mapping[str, Any] | None = None, *, source: Sequence[str] | None = None
    ) -> Iterator[Document]:
        """All documents, or those that match, in the order of their ids, read in batches."""

    def health(self) -> Health:
        """Whether it answers; never raises."""

    def close(self) -> None:
        """Release files and connections."""
