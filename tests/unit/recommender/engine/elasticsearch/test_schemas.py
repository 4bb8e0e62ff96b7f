from recommender.engine.base import Schema
from recommender.engine.elasticsearch.schemas import creation, is_loaded_as_a_whole, settings_after_loading
from recommender.engine.schema import load_schema

LOADED = Schema(
    settings={"index": {"number_of_shards": 2, "number_of_replicas": 1, "refresh_interval": "1s"}},
    mappings={"dynamic": "strict", "_meta": {"version": 1}, "properties": {"id": {"type": "keyword"}}},
)


def test_an_index_that_is_loaded_as_a_whole_begins_without_replicas_and_refreshes() -> None:
    assert is_loaded_as_a_whole(LOADED)
    assert creation(LOADED) == {
        "settings": {
            "index": {
                "number_of_shards": 2,
                "number_of_replicas": 0,
                "auto_expand_replicas": "false",
                "refresh_interval": "-1",
            }
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"version": 1, "settings": LOADED.settings},
            "properties": {"id": {"type": "keyword"}},
        },
    }


def test_what_was_changed_for_loading_is_put_back() -> None:
    assert settings_after_loading(LOADED) == {
        "number_of_replicas": 1,
        "auto_expand_replicas": None,  # back to the cluster's own
        "refresh_interval": "1s",
    }


def test_books_are_loaded_as_a_whole_and_what_readers_write_is_not() -> None:
    assert is_loaded_as_a_whole(load_schema("books"))
    for name in ("reading_history", "reader_preferences", "generations", "attachments"):
        schema = load_schema(name)
        assert not is_loaded_as_a_whole(schema)
        assert creation(schema)["settings"] == schema.settings
