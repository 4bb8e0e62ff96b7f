"""Documents by id, and all of them in the order of their ids."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from recommender.engine.base import Document, Schema
from recommender.engine.elasticsearch.connection import Connection
from recommender.engine.elasticsearch.failures import from_response
from recommender.engine.elasticsearch.searching import names_a_vector
from recommender.errors import EngineError

MGET_BATCH = 1_000
SCAN_BATCH = 1_000
SCAN_KEEP_ALIVE = "5m"
"""How long the cluster keeps a scan's snapshot between two batches; a reindex encodes a batch meanwhile."""


def get_options(source: Sequence[str] | None, schema: Schema) -> dict[str, Any]:
    """The options with which documents come back with the fields wanted, and vectors only where they are named."""
    if source is None:
        return {}
    if not source:
        return {"source": False}
    options: dict[str, Any] = {"source_includes": list(source)}
    return options | {"vectors": True} if names_a_vector(source, schema) else options


def get_documents(
    connection: Connection, index: str, ids: Sequence[str], options: Mapping[str, Any]
) -> list[Document | None]:
    """Documents by id, in the order asked, None where there is none."""
    documents: list[Document | None] = []
    for start in range(0, len(ids), MGET_BATCH):
        batch = list(ids[start : start + MGET_BATCH])
        answer = connection.ask(partial(_get, connection, index, batch, options))
        documents += [_document(found, connection.url) for found in answer["docs"]]
    return documents


def open_snapshot(connection: Connection, index: str) -> str:
    """Keep an index as it is now, for a scan; the id of that."""
    client = connection.client
    answer = connection.ask(lambda: client.open_point_in_time(index=index, keep_alive=SCAN_KEEP_ALIVE))
    return str(answer["id"])


def scan_snapshot(
    connection: Connection, snapshot: str, query: Mapping[str, Any] | None, source: Any
) -> Iterator[Document]:
    """All documents that match, in the order of their ids; ends with the snapshot let go."""
    request: dict[str, Any] = {
        "query": {"bool": {"filter": [query]}} if query else {"match_all": {}},
        "sort": [{"id": "asc"}],
        "size": SCAN_BATCH,
        "source": source,
        "seq_no_primary_term": True,
        "track_total_hits": False,
    }
    try:
        while True:
            request["pit"] = {"id": snapshot, "keep_alive": SCAN_KEEP_ALIVE}
            answer = connection.ask(partial(connection.client.search, **request))
            hits = answer["hits"]["hits"]
            yield from (_scanned(hit) for hit in hits)
            if len(hits) < SCAN_BATCH:
                return
            snapshot = answer["pit_id"]
            request["search_after"] = hits[-1]["sort"]
    finally:
        with suppress(EngineError):  # the cluster lets it go by itself before long
            connection.ask_once(lambda: connection.client.close_point_in_time(id=snapshot))


def _get(connection: Connection, index: str, ids: Sequence[str], options: Mapping[str, Any]) -> Any:
    """The client has no argument for bringing vectors back with a document, so that request is written out."""
    if "vectors" not in options:
        return connection.client.mget(index=index, ids=ids, **options)
    return connection.client.perform_request(
        "POST",
        f"/{index}/_mget?_source_exclude_vectors=false&_source_includes={','.join(options['source_includes'])}",
        headers={"accept": "application/json", "content-type": "application/json"},
        body={"ids": ids},
    )


def _document(found: Mapping[str, Any], url: str) -> Document | None:
    if "error" in found:
        raise from_response(404, found["error"], url)
    return _scanned(found) if found["found"] else None


def _scanned(found: Mapping[str, Any]) -> Document:
    version = f"{found['_seq_no']}:{found['_primary_term']}"
    return Document(id=found["_id"], source=found.get("_source", {}), version=version)
