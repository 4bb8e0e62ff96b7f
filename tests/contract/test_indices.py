"""Indices and aliases, on both engines."""

import pytest

from recommender.engine.base import Action, Engine, Operation, Schema, Search
from recommender.engine.schema import load_schema
from recommender.errors import EngineError, IndexExistsError, IndexMissingError, UnsupportedClauseError
from tests.contract import catalogue

OLD, NEW = "books-20261119t221500", "books-20261120t093000"
HISTORY = load_schema("reading_history")


def _read(entry_id: str) -> Operation:
    return Operation(Action.INDEX, entry_id, {"reader_id": "r1", "tokens": "데미안 헤르만 헤세"})


def test_a_new_index_is_empty(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)

    assert list(engine.indices()) == [OLD]
    assert engine.count(OLD) == 0
    assert list(engine.scan(OLD)) == []
    assert engine.msearch([Search(OLD, {"query": {"match_all": {}}})])[0].hits == ()


@pytest.mark.parametrize("name", ["attachments", "generations", "reader_preferences", "reading_history"])
def test_an_index_remembers_its_schema(engine: Engine, name: str) -> None:
    schema = load_schema(name)

    engine.create_index(name, schema)

    assert engine.schema(name) == schema


def test_an_index_of_books_remembers_its_encoder(engine: Engine) -> None:
    engine.create_index(NEW, catalogue.schema())
    engine.move_alias("books", NEW)

    assert engine.schema("books") == catalogue.schema()
    assert engine.schema("books").meta["encoder"] == "contract"


def test_indices_are_listed_by_name(engine: Engine) -> None:
    for name in ("reading_history", NEW, OLD):
        engine.create_index(name, HISTORY)

    assert list(engine.indices()) == [OLD, NEW, "reading_history"]


def test_an_index_is_created_once(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)
    engine.bulk(OLD, [_read("e1")], refresh=True)

    with pytest.raises(IndexExistsError, match=OLD):
        engine.create_index(OLD, HISTORY)

    assert engine.count(OLD) == 1


def test_an_index_takes_no_alias_s_name(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)
    engine.move_alias("books", OLD)

    with pytest.raises(IndexExistsError, match="books"):
        engine.create_index("books", HISTORY)


@pytest.mark.parametrize("name", ["", "Books", "책", "books/2026", "../books", "_books", "-books", "b" * 201, "books*"])
def test_a_name_that_not_both_engines_can_hold_is_refused(engine: Engine, name: str) -> None:
    with pytest.raises(EngineError, match="lower-case"):
        engine.create_index(name, HISTORY)
    assert list(engine.indices()) == []


@pytest.mark.parametrize(
    ("field", "mapping", "named"),
    [
        ("loaned", {"type": "geo_point"}, "geo_point"),
        ("title", {"type": "text", "analyzer": "nori"}, "analyzer"),
        ("title", {"type": "text", "analyzer": "whitespace", "similarity": "boolean"}, "similarity"),
        ("vector", {"type": "dense_vector", "dims": 8, "index": True, "similarity": "cosine"}, "similarity"),
        ("record", {"type": "object"}, "enabled"),
    ],
)
def test_a_mapping_outside_the_subset_is_refused(
    engine: Engine, field: str, mapping: dict[str, object], named: str
) -> None:
    properties = {"id": {"type": "keyword"}, field: mapping}

    with pytest.raises(UnsupportedClauseError, match=f"{field}.*{named}"):
        engine.create_index(OLD, Schema(settings={}, mappings={"dynamic": "strict", "properties": properties}))

    assert list(engine.indices()) == []


def test_a_dropped_index_is_gone_with_its_documents_and_its_alias(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)
    engine.bulk(OLD, [_read("e1")], refresh=True)
    engine.move_alias("books", OLD)

    engine.drop_index(OLD)

    assert list(engine.indices()) == []
    assert engine.aliases() == {}
    for name in (OLD, "books"):
        with pytest.raises(IndexMissingError, match=name):
            engine.count(name)
    engine.create_index(OLD, HISTORY)
    assert engine.count(OLD) == 0


def test_dropping_what_is_not_there_is_no_error(engine: Engine) -> None:
    engine.drop_index("nothing")


def test_dropping_an_alias_s_name_drops_nothing(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)
    engine.move_alias("books", OLD)

    engine.drop_index("books")

    assert engine.aliases() == {"books": OLD}


def test_an_alias_moves_from_one_index_to_another(engine: Engine) -> None:
    for name, entries in ((OLD, ["e1"]), (NEW, ["e1", "e2"])):
        engine.create_index(name, HISTORY)
        engine.bulk(name, [_read(entry) for entry in entries], refresh=True)

    engine.move_alias("books", OLD)
    before = engine.count("books")
    engine.move_alias("books", NEW)

    assert (before, engine.count("books")) == (1, 2)
    assert engine.aliases() == {"books": NEW}


def test_moving_an_alias_to_where_it_is_changes_nothing(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)

    engine.move_alias("books", OLD)
    engine.move_alias("books", OLD)

    assert engine.aliases() == {"books": OLD}


def test_several_aliases_may_point_at_one_index(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)

    engine.move_alias("books", OLD)
    engine.move_alias("previous", OLD)

    assert engine.aliases() == {"books": OLD, "previous": OLD}


def test_an_alias_needs_an_index(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)
    engine.move_alias("books", OLD)

    with pytest.raises(IndexMissingError, match=NEW):
        engine.move_alias("books", NEW)

    assert engine.aliases() == {"books": OLD}


def test_an_alias_takes_no_index_s_name(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)
    engine.create_index(NEW, HISTORY)

    with pytest.raises(IndexExistsError, match=NEW):
        engine.move_alias(NEW, OLD)


def test_an_alias_can_be_written_to_and_asked(engine: Engine) -> None:
    engine.create_index(OLD, HISTORY)
    engine.move_alias("history", OLD)

    engine.bulk("history", [_read("e1")], refresh=True)

    assert engine.mget("history", ["e1"])[0] == engine.mget(OLD, ["e1"])[0] is not None
    assert [found.id for found in engine.scan("history")] == ["e1"]


def test_the_schema_follows_an_alias_that_moved(engine: Engine) -> None:
    engine.create_index("a", load_schema("reader_preferences"))
    engine.create_index("b", HISTORY)
    body = {"query": {"match": {"tokens": {"query": "데미안"}}}}
    engine.move_alias("people", "a")
    with pytest.raises(UnsupportedClauseError, match="tokens"):
        engine.msearch([Search("people", body)])

    engine.move_alias("people", "b")

    assert engine.msearch([Search("people", body)])[0].total == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine: engine.schema("nothing"),
        lambda engine: engine.count("nothing"),
        lambda engine: engine.mget("nothing", ["e1"]),
        lambda engine: list(engine.scan("nothing")),
        lambda engine: engine.msearch([Search("nothing", {"query": {"match_all": {}}})]),
        lambda engine: engine.bulk("nothing", [_read("e1")]),
        lambda engine: engine.refresh("nothing"),
        lambda engine: engine.optimize("nothing"),
    ],
    ids=["schema", "count", "mget", "scan", "msearch", "bulk", "refresh", "optimize"],
)
def test_an_index_that_is_not_there_is_named(engine: Engine, ask: object) -> None:
    with pytest.raises(IndexMissingError, match="nothing"):
        ask(engine)  # type: ignore[operator]
    assert list(engine.indices()) == []  # writing to it has not made one


def test_health_says_which_engine_answers(engine: Engine) -> None:
    health = engine.health()

    assert health.ok
    assert health.engine == engine.name
    assert health.detail
