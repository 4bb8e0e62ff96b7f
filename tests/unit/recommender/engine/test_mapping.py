from typing import Any

import pytest

from recommender.engine.base import Schema
from recommender.engine.mapping import check_name, validate_schema
from recommender.engine.schema import MAPPINGS_FOLDER, load_schema
from recommender.errors import EngineError, UnsupportedClauseError

ID = {"id": {"type": "keyword"}}


@pytest.mark.parametrize("name", sorted(path.stem for path in MAPPINGS_FOLDER.glob("*.json")))
def test_every_mapping_of_ours_is_in_the_subset(name: str) -> None:
    validate_schema(load_schema(name))


@pytest.mark.parametrize(
    ("mappings", "message"),
    [
        ({"properties": ID}, 'mappings: "dynamic" has to be "strict"'),
        ({"dynamic": "strict", "properties": {}}, 'mappings: every index has a field "id": {"type": "keyword"}'),
        (
            {"dynamic": "strict", "properties": {**ID, "title": {"type": "text", "analyzer": "standard"}}},
            "mapping of title: analyzer has to be 'whitespace', not 'standard'",
        ),
        (
            {"dynamic": "strict", "properties": {**ID, "kdc": {"type": "keyword", "ignore_above": 256}}},
            "mapping of kdc: the option 'ignore_above' is outside the subset",
        ),
        (
            {"dynamic": "strict", "_meta": {"cluster_by": "year"}, "properties": {**ID, "year": {"type": "integer"}}},
            "mappings: _meta.cluster_by names a keyword field, not 'year'",
        ),
        (
            {"dynamic": "strict", "properties": {**ID, "price": {"type": "float"}}},
            (
                "mapping of price: type 'float' is not one of "
                "text, keyword, integer, double, boolean, date, dense_vector, object"
            ),
        ),
        (
            {
                "dynamic": "strict",
                "properties": {
                    **ID,
                    "v": {"type": "dense_vector", "dims": 8, "index": True, "similarity": "dot_product"},
                },
            },
            "mapping of v: index_options.type has to be one of int8_flat, int8_hnsw, not None",
        ),
    ],
)
def test_what_is_outside_the_subset_is_named(mappings: dict[str, Any], message: str) -> None:
    with pytest.raises(UnsupportedClauseError) as raised:
        validate_schema(Schema(settings={}, mappings=mappings))

    assert str(raised.value) == message


def test_check_name() -> None:
    for name in ("books", "books-20261120t093000", "reading_history", "7days"):
        check_name(name)
    for name in ("Books", "책", "", "_books", "books/1", "books*", "b" * 201):
        with pytest.raises(EngineError, match="lower-case"):
            check_name(name)
