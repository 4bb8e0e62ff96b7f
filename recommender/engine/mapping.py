"""What a schema may say: the field types that both engines hold in the same way."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from recommender.engine.base import Schema
from recommender.errors import EngineError, UnsupportedClauseError

VALID_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,199}")


class FieldType(StrEnum):
    """The mapping types of the subset; the words are Elasticsearch's."""

    TEXT = "text"  # tokens separated by spaces, made by recommender.text
    KEYWORD = "keyword"
    INTEGER = "integer"
    DOUBLE = "double"
    BOOLEAN = "boolean"
    DATE = "date"
    DENSE_VECTOR = "dense_vector"
    OBJECT = "object"  # stored, never searched


OPTIONS = {
    FieldType.TEXT: {"type", "analyzer"},
    FieldType.KEYWORD: {"type"},
    FieldType.INTEGER: {"type"},
    FieldType.DOUBLE: {"type"},
    FieldType.BOOLEAN: {"type"},
    FieldType.DATE: {"type"},
    FieldType.DENSE_VECTOR: {"type", "dims", "index", "similarity", "index_options"},
    FieldType.OBJECT: {"type", "enabled"},
}

REQUIRED: Mapping[FieldType, Mapping[str, Any]] = {
    FieldType.TEXT: {"analyzer": "whitespace"},
    FieldType.DENSE_VECTOR: {"index": True, "similarity": "dot_product"},
    FieldType.OBJECT: {"enabled": False},
}

VECTOR_INDEXES = ("int8_flat", "int8_hnsw")
"""An exact scan, or a graph; both keep one byte a dimension to search and the floats to rescore."""


def check_name(name: str) -> None:
    """Refuse a name that one of the engines could not give to an index or alias.

    Raises:
        EngineError: it is not lower-case letters, digits, `-` and `_`.
    """
    if not VALID_NAME.fullmatch(name):
        raise EngineError(
            f"index name {name!r}: use lower-case letters, digits, - and _, at most 200, beginning with a letter or digit"
        )


def validate_schema(schema: Schema) -> None:
    """Refuse a schema that the two engines would not hold alike.

    Raises:
        UnsupportedClauseError: names the field and what is wrong with it.
    """
    if schema.mappings.get("dynamic") != "strict":
        raise UnsupportedClauseError('mappings: "dynamic" has to be "strict"')
    if dict(schema.properties.get("id", {})) != {"type": "keyword"}:
        raise UnsupportedClauseError('mappings: every index has a field "id": {"type": "keyword"}')
    for field, mapping in schema.properties.items():
        _validate_field(field, mapping)
    if schema.cluster_by is not None and schema.properties.get(schema.cluster_by, {}).get("type") != "keyword":
        raise UnsupportedClauseError(f"mappings: _meta.cluster_by names a keyword field, not {schema.cluster_by!r}")


def _validate_field(field: str, mapping: Mapping[str, Any]) -> None:
    kind = mapping.get("type")
    if kind not in OPTIONS:
        raise UnsupportedClauseError(f"mapping of {field}: type {kind!r} is not one of {', '.join(FieldType)}")
    field_type = FieldType(kind)
    unknown = sorted(mapping.keys() - OPTIONS[field_type])
    if unknown:
        raise UnsupportedClauseError(f"mapping of {field}: the option {unknown[0]!r} is outside the subset")
    for option, value in REQUIRED.get(field_type, {}).items():
        if mapping.get(option) != value:
            raise UnsupportedClauseError(
                f"mapping of {field}: {option} has to be {value!r}, not {mapping.get(option)!r}"
            )
    if field_type is FieldType.DENSE_VECTOR:
        _validate_vector_options(field, mapping)


def _validate_vector_options(field: str, mapping: Mapping[str, Any]) -> None:
    dims = mapping.get("dims")
    if not isinstance(dims, int) or not 1 <= dims <= 4096:  # noqa: PLR2004 (Elasticsearch's own limit)
        raise UnsupportedClauseError(f"mapping of {field}: dims has to be a number from 1 to 4096, not {dims!r}")
    index_type = mapping.get("index_options", {}).get("type")
    if index_type not in VECTOR_INDEXES:
        raise UnsupportedClauseError(
            f"mapping of {field}: index_options.type has to be one of {', '.join(VECTOR_INDEXES)}, not {index_type!r}"
        )
