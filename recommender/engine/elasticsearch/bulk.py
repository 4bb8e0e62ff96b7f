"""Sending bulk writes, again where that may help, so that every operation takes effect exactly once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from recommender.engine.base import Document, Operation, Outcome, Schema
from recommender.engine.elasticsearch.connection import Connection, may_have_happened
from recommender.engine.elasticsearch.failures import from_response
from recommender.engine.elasticsearch.reading import get_documents
from recommender.engine.elasticsearch.retries import WRITING
from recommender.engine.elasticsearch.writing import (
    Results,
    Write,
    chunks,
    is_worth_another_try,
    missing_index,
    operation_result,
    settled,
)
from recommender.errors import EngineUnavailableError

SHORTEST_TIMEOUT_S = 60.0
"""A full request of documents takes longer than a search, the more so on a cluster that merges meanwhile."""


class BulkWriter:
    """Writes streams of operations.

    Args:
        connection: to the cluster.
        timeout_s: what one request may take at least, in seconds.
    """

    def __init__(self, connection: Connection, *, timeout_s: float) -> None:
        self._connection = connection
        self._client = connection.client.options(request_timeout=max(timeout_s, SHORTEST_TIMEOUT_S))

    def write(self, index: str, operations: Iterable[Operation], schema: Schema) -> Results:
        """Send all operations, in order, a chunk at a time.

        Raises:
            EngineUnavailableError: the cluster went away; what was sent before stays written.
            IndexMissingError: the index was dropped.
        """
        results = Results()
        for chunk in chunks(results.writes(operations, schema)):
            sending = _Sending(self, index, chunk, results)
            self._connection.ask(sending.attempt, policy=WRITING)
            sending.settle()
        return results

    def request(self, index: str, writes: Sequence[Write]) -> Sequence[Mapping[str, Any]]:
        """One request; one answer an operation."""
        lines = [line for write in writes for line in write.lines]
        # The client sends lines that are bytes as they are, though its types know only of dictionaries.
        answer = self._client.bulk(index=index, operations=cast("list[Mapping[str, Any]]", lines))
        items: Sequence[Mapping[str, Any]] = answer["items"]
        missing = missing_index(items)
        if missing:
            raise from_response(404, missing, self._connection.url)
        return items

    def overloaded(self, item: Mapping[str, Any]) -> EngineUnavailableError:
        """The error for an operation that the cluster was too busy for."""
        (answer,) = item.values()
        return EngineUnavailableError(str(from_response(answer["status"], answer["error"], self._connection.url)))

    def stored(self, index: str, writes: Sequence[Write]) -> dict[str, Document]:
        """What the index holds now of the documents written, by id."""
        ids = [write.operation.id for write in writes]
        documents = get_documents(self._connection, index, ids, {})
        return {document.id: document for document in documents if document is not None}


class _Sending:
    """One chunk on its way: what is still pending after each attempt, and whether an answer was lost."""

    def __init__(self, writer: BulkWriter, index: str, chunk: Sequence[Write], results: Results) -> None:
        self._writer = writer
        self._index = index
        self._pending = chunk
        self._results = results
        self._answer_was_lost = False
        self._conflicts: list[Write] = []

    def attempt(self) -> None:
        """Send what is pending; raises where something is pending still."""
        from elasticsearch import ApiError, TransportError

        try:
            items = self._writer.request(self._index, self._pending)
        except (ApiError, TransportError) as error:
            self._answer_was_lost |= may_have_happened(error)
            raise
        busy: list[tuple[Write, Mapping[str, Any]]] = []
        for write, item in zip(self._pending, items, strict=True):
            if is_worth_another_try(item):
                busy.append((write, item))
            else:
                self._note(write, item)
        self._pending = [write for write, _ in busy]
        if busy:
            raise self._writer.overloaded(busy[0][1])

    def settle(self) -> None:
        """Find out which conflicts are with the same operation's own first attempt."""
        if not self._conflicts:
            return
        stored = self._writer.stored(self._index, self._conflicts)
        for write in self._conflicts:
            conflict = self._results.of(write)
            self._results.put(write, settled(conflict, write, stored.get(conflict.id)))

    def _note(self, write: Write, item: Mapping[str, Any]) -> None:
        result = operation_result(write, item)
        self._results.put(write, result)
        if self._answer_was_lost and result.outcome is Outcome.CONFLICT:
            self._conflicts.append(write)
