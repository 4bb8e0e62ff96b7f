"""The port to a search engine, spoken to an Elasticsearch cluster."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from recommender.engine.base import Document, Health, Operation, OperationResult, Schema, Search, SearchResult
from recommender.engine.elasticsearch import schemas
from recommender.engine.elasticsearch.bulk import BulkWriter
from recommender.engine.elasticsearch.connection import Connection, Credentials
from recommender.engine.elasticsearch.failures import from_response
from recommender.engine.elasticsearch.reading import get_documents, get_options, open_snapshot, scan_snapshot
from recommender.engine.elasticsearch.searching import elasticsearch_body, search_result, source_option
from recommender.engine.language import validate_body, validate_query
from recommender.engine.mapping import check_name, validate_schema
from recommender.errors import EngineError, EngineForbiddenError

LONGEST_MERGE_S = 3_600.0
HEALTH_TIMEOUT_S = 3.0
GUARD_PRIORITY = 500
"""Above the templates that come with Elasticsearch (up to 200), so that nobody's template changes our mappings; a longer
prefix counts more, because two templates for one name may not weigh the same."""

logger = logging.getLogger(__name__)


class ElasticsearchEngine:
    """An Elasticsearch cluster of version 9, on the free licence.

    Args:
        url: `http://host:9200`; several nodes are separated by commas.
        api_key: who asks; or
        username: with
        password: of a user.
        ca_certs: a file with the authority that signed the cluster's certificate.
        timeout_s: what one request may take, in seconds.
        index_prefix: put before every name of an index or alias in the cluster, and taken off again.
    """

    name = "elasticsearch"

    def __init__(
        self,
        url: str,
        *,
        api_key: str = "",
        username: str = "",
        password: str = "",
        ca_certs: Path | None = None,
        timeout_s: float = 10.0,
        index_prefix: str = "seoga-",
    ) -> None:
        credentials = Credentials(api_key=api_key, username=username, password=password)
        self._connection = Connection(url, credentials=credentials, ca_certs=ca_certs, timeout_s=timeout_s)
        self._client = self._connection.client
        self._schemas = schemas.Schemas(self._connection)
        self._bulk = BulkWriter(self._connection, timeout_s=timeout_s)
        self._prefix = index_prefix
        self._loading: set[str] = set()

    def create_index(self, name: str, schema: Schema) -> None:
        """Make an empty index; one that is loaded as a whole gets its replicas and refreshes afterwards."""
        check_name(name)
        validate_schema(schema)
        self._forbid_creation_by_writing()
        index, body = self._inside(name), schemas.creation(schema)
        self._connection.ask_once(lambda: self._client.indices.create(index=index, **body))
        self._schemas.forget(index)
        if schemas.is_loaded_as_a_whole(schema):
            self._loading.add(index)

    def drop_index(self, name: str) -> None:
        """Delete an index and its documents; an index that is not there is no error."""
        index = self._inside(name)
        self._connection.ask(lambda: self._client.indices.delete(index=index, ignore_unavailable=True))
        self._schemas.forget(index)
        self._loading.discard(index)

    def indices(self) -> Sequence[str]:
        """Names of all indices, sorted."""
        return sorted(self._outside(index) for index in self._aliases_by_index())

    def schema(self, index: str) -> Schema:
        """The schema that an index (or the index behind an alias) was created with."""
        return self._schemas.read(self._inside(index))

    def aliases(self) -> Mapping[str, str]:
        """Alias → the one index it points at."""
        by_index = self._aliases_by_index()
        return {self._outside(alias): self._outside(index) for index, aliases in by_index.items() for alias in aliases}

    def move_alias(self, alias: str, index: str) -> None:
        """Point an alias at an index, in one atomic step, whether or not it pointed elsewhere before."""
        check_name(alias)
        self._end_loading(self._inside(index))
        name = self._inside(alias)
        actions: list[dict[str, Any]] = [
            {"remove": {"index": f"{self._prefix}*", "alias": name, "must_exist": False}},
            {"add": {"index": self._inside(index), "alias": name}},
        ]
        self._connection.ask(lambda: self._client.indices.update_aliases(actions=actions))
        self._schemas.forget(name)

    def bulk(self, index: str, operations: Iterable[Operation], *, refresh: bool = False) -> Sequence[OperationResult]:
        """Write; one result an operation, in order.

        Raises:
            InvalidDocumentError: a document does not fit the mapping; the others were written.
        """
        name = self._inside(index)
        results = self._bulk.write(name, operations, self._schemas.known(name))
        if refresh:
            self.refresh(index)
        return results.in_order()

    def refresh(self, index: str) -> None:
        """Make everything written so far findable."""
        name = self._inside(index)
        if name in self._loading:
            self._end_loading(name)
        self._connection.ask(lambda: self._client.indices.refresh(index=name))

    def optimize(self, index: str) -> None:
        """Merge an index that will be read and not written any more; searches get faster, results stay the same."""
        name = self._inside(index)
        patient = self._client.options(request_timeout=LONGEST_MERGE_S)
        self._connection.ask(lambda: patient.indices.forcemerge(index=name, max_num_segments=1))
        self._end_loading(name)
        self.refresh(index)

    def msearch(self, searches: Sequence[Search]) -> Sequence[SearchResult]:
        """Run several bodies in one round trip; results in the same order."""
        if not searches:
            return ()
        lines: list[dict[str, Any]] = []
        for search in searches:
            name = self._inside(search.index)
            schema = self._schemas.checking(name, partial(validate_body, search.body))
            lines += [{"index": name}, elasticsearch_body(search.body, schema)]
        answers = self._connection.ask(lambda: self._client.msearch(searches=lines))["responses"]
        return tuple(self._result(search, answer) for search, answer in zip(searches, answers, strict=True))

    def mget(self, index: str, ids: Sequence[str], *, source: Sequence[str] | None = None) -> Sequence[Document | None]:
        """Documents by id, in the order asked, None where there is none; `source` names the top fields wanted."""
        name = self._inside(index)
        options = get_options(source, self._schemas.known(name))
        return get_documents(self._connection, name, ids, options)

    def count(self, index: str, query: Mapping[str, Any] | None = None) -> int:
        """How many documents an index holds, or match a query."""
        name = self._inside(index)
        self._check_filter(name, query)
        answer = self._connection.ask(lambda: self._client.count(index=name, query=query))
        return int(answer["count"])

    def scan(
        self, index: str, query: Mapping[str, Any] | None = None, *, source: Sequence[str] | None = None
    ) -> Iterator[Document]:
        """All documents, or those that match, in the order of their ids, as they were when the scan began."""
        name = self._inside(index)
        schema = self._check_filter(name, query)
        options = source_option(source, schema)
        return scan_snapshot(self._connection, open_snapshot(self._connection, name), query, options)

    def health(self) -> Health:
        """Whether it answers; never raises."""
        hurried = self._client.options(request_timeout=HEALTH_TIMEOUT_S)
        try:
            cluster = self._connection.ask_once(hurried.cluster.health)
            nodes = self._connection.ask_once(lambda: hurried.nodes.info(filter_path="nodes.*.version"))
        except EngineError as error:
            return Health(ok=False, engine=self.name, detail=str(error))
        versions = " and ".join(sorted({node["version"] for node in nodes["nodes"].values()}))
        detail = f"Elasticsearch {versions} at {self._connection.url}: {cluster['status']}, {cluster['number_of_nodes']} node(s)"
        return Health(ok=cluster["status"] != "red", engine=self.name, detail=detail)

    def close(self) -> None:
        """Release the connections."""
        self._connection.close()

    def _inside(self, name: str) -> str:
        """A name as the cluster knows it."""
        return self._prefix + name

    def _outside(self, name: str) -> str:
        """A name of the cluster's as the port knows it."""
        return name.removeprefix(self._prefix)

    def _aliases_by_index(self) -> dict[str, list[str]]:
        answer = self._connection.ask(lambda: self._client.indices.get_alias(index=f"{self._prefix}*"))
        return {
            index: [alias for alias in content["aliases"] if alias.startswith(self._prefix)]
            for index, content in answer.items()
        }

    def _forbid_creation_by_writing(self) -> None:
        """Make a write to an index that is not there an error, where the cluster would invent an index for it."""
        name, patterns = f"{self._prefix}no-auto-create", [f"{self._prefix}*"]
        priority = GUARD_PRIORITY + len(self._prefix)
        put = self._client.indices.put_index_template
        try:
            self._connection.ask(
                lambda: put(name=name, index_patterns=patterns, allow_auto_create=False, priority=priority)
            )
        except EngineForbiddenError as error:
            logger.warning("index template %s: %s; indices can be created by writing to them", name, error)

    def _end_loading(self, index: str) -> None:
        """Give an index that was loaded as a whole the replicas and the refreshes that its schema asks for."""
        schema = self._schemas.known(index)
        if schemas.is_loaded_as_a_whole(schema):
            settings = schemas.settings_after_loading(schema)
            self._connection.ask(lambda: self._client.indices.put_settings(index=index, settings=settings))
        self._loading.discard(index)

    def _check_filter(self, name: str, query: Mapping[str, Any] | None) -> Schema:
        return self._schemas.checking(
            name, lambda schema: validate_query(query or {"match_all": {}}, schema, scoring=False)
        )

    def _result(self, search: Search, answer: Mapping[str, Any]) -> SearchResult:
        if "error" in answer:
            raise from_response(answer["status"], answer["error"], self._connection.url)
        return search_result(answer, search.body)
