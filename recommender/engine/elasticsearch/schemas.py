"""What the cluster's indices were created with: kept in their mapping's `_meta`, and remembered here.

While an index is loaded it has no replicas and is not refreshed, which halves the time; what its schema says of both
is put back when it is refreshed, merged, or given an alias. An index is loaded as a whole if its schema names a
`refresh_interval`; all others are written to in small pieces from their first day.
"""

from collections.abc import Callable, Mapping
from typing import Any

from recommender.engine.base import Schema
from recommender.engine.elasticsearch.connection import Connection
from recommender.errors import UnsupportedClauseError

SETTINGS = "settings"
"""The key in `_meta` under which an index remembers the settings of its schema."""

WHILE_LOADING = {"refresh_interval": "-1", "number_of_replicas": 0, "auto_expand_replicas": "false"}


def creation(schema: Schema) -> dict[str, Any]:
    """The body that creates an index."""
    meta = {**schema.meta, SETTINGS: schema.settings}
    return {"settings": _loading_settings(schema.settings), "mappings": {**schema.mappings, "_meta": meta}}


def is_loaded_as_a_whole(schema: Schema) -> bool:
    """Whether the index is built in one go, and read only afterwards."""
    return "refresh_interval" in schema.settings.get("index", {})


def settings_after_loading(schema: Schema) -> dict[str, Any]:
    """What the schema says of the settings that were changed for loading."""
    index = schema.settings.get("index", {})
    return {name: index.get(name) for name in WHILE_LOADING}


class Schemas:
    """The schemas of indices and aliases, by their names in the cluster."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Schema] = {}

    def read(self, name: str) -> Schema:
        """Ask the cluster.

        Raises:
            IndexMissingError: there is no such index or alias.
        """
        self._known.pop(name, None)
        answer = self._connection.ask(lambda: self._connection.client.indices.get_mapping(index=name))
        mappings: dict[str, Any] = next(iter(answer.values()))["mappings"]
        meta = dict(mappings.get("_meta", {}))
        settings = meta.pop(SETTINGS, {})
        schema = Schema(settings=settings, mappings={**mappings, "_meta": meta})
        self._known[name] = schema
        return schema

    def known(self, name: str) -> Schema:
        """What was read before, else ask."""
        return self._known.get(name) or self.read(name)

    def checking(self, name: str, check: Callable[[Schema], None]) -> Schema:
        """The schema, once a check has passed; an alias may have moved, so a failed check is made again on a fresh one."""
        remembered = self._known.get(name)
        if remembered is not None:
            try:
                check(remembered)
            except UnsupportedClauseError:
                pass
            else:
                return remembered
        fresh = self.read(name)
        check(fresh)
        return fresh

    def forget(self, name: str) -> None:
        """The index was dropped, or the alias moved."""
        self._known.pop(name, None)


def _loading_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    index = settings.get("index", {})
    return {"index": {**index, **WHILE_LOADING} if "refresh_interval" in index else dict(index)}
