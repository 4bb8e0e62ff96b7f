from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from indexer.generations import Generation, GenerationRecords
from indexer.rollover import ALIAS, NewGeneration, Rollover
from recommender.engine import attachments
from recommender.engine.base import Engine, Schema
from recommender.errors import EngineError, InputError

SCHEMA = Schema(
    settings={}, mappings={"dynamic": "strict", "properties": {"id": {"type": "keyword"}, "year": {"type": "integer"}}}
)

Batches = Iterable[Mapping[str, Mapping[str, Any]]]


def passing(_index: str, _written: int) -> None:
    """Find nothing wrong."""


def failing(index: str, written: int) -> None:
    raise EngineError(f"{index}: {written} books, and something is wrong")


def catalogue(size: int) -> list[dict[str, dict[str, Any]]]:
    return [{f"b{number}": {"year": number}} for number in range(size)]


def new(batches: Batches, check: Callable[[str, int], None] = passing, words: bytes = b"") -> NewGeneration:
    return NewGeneration(SCHEMA, batches, check, attachments=lambda: {"words": words} if words else {})


@pytest.fixture
def rollover(embedded_engine: Engine, clock: Callable[[], datetime]) -> Rollover:
    return Rollover(embedded_engine, GenerationRecords(embedded_engine), clock=clock)


def generations(engine: Engine) -> list[str]:
    return [name for name in engine.indices() if name.startswith("books-")]


def test_the_first_generation_becomes_live(rollover: Rollover, embedded_engine: Engine) -> None:
    generation = rollover.replace(new(catalogue(3)))
    assert generation.name == "books-20261120t093001000"
    assert rollover.live() == generation.name
    assert rollover.previous() is None
    assert embedded_engine.count(ALIAS) == 3


def test_exactly_one_previous_generation_is_kept(rollover: Rollover, embedded_engine: Engine) -> None:
    names = [rollover.replace(new(catalogue(size))).name for size in (1, 2, 3)]
    assert generations(embedded_engine) == names[1:]
    assert (rollover.live(), rollover.previous()) == (names[2], names[1])


def test_a_rollback_returns_and_a_second_one_returns_from_it(rollover: Rollover, embedded_engine: Engine) -> None:
    old, live = (rollover.replace(new(catalogue(size))).name for size in (1, 2))
    assert rollover.roll_back() == (old, live)
    assert embedded_engine.count(ALIAS) == 1
    assert rollover.roll_back() == (live, old)
    assert embedded_engine.count(ALIAS) == 2


def test_what_is_attached_comes_goes_and_returns_with_its_generation(
    rollover: Rollover, embedded_engine: Engine
) -> None:
    names = [rollover.replace(new(catalogue(size), words=b"words" * size)).name for size in (1, 2, 3)]
    stored = [attachments.read(embedded_engine, name, "words") for name in names]
    assert stored == [None, b"words" * 2, b"words" * 3]
    rollover.roll_back()
    live = rollover.live() or ""
    assert attachments.read(embedded_engine, live, "words") == b"words" * 2


def test_what_is_attached_is_asked_for_when_every_document_is_written(
    rollover: Rollover, embedded_engine: Engine
) -> None:
    seen: list[str] = []

    def batches() -> Iterator[dict[str, dict[str, Any]]]:
        for batch in catalogue(2):
            seen.extend(batch)
            yield batch

    generation = NewGeneration(SCHEMA, batches(), passing, attachments=lambda: {"seen": " ".join(seen).encode()})
    name = rollover.replace(generation).name
    assert attachments.read(embedded_engine, name, "seen") == b"b0 b1"


def test_after_a_rollback_a_load_keeps_what_was_live(rollover: Rollover, embedded_engine: Engine) -> None:
    old, _bad = (rollover.replace(new(catalogue(size))).name for size in (1, 2))
    rollover.roll_back()
    newest = rollover.replace(new(catalogue(3))).name
    assert generations(embedded_engine) == [old, newest]
    assert rollover.previous() == old


def test_without_a_previous_generation_there_is_no_rollback(rollover: Rollover) -> None:
    with pytest.raises(InputError, match="no previous generation"):
        rollover.roll_back()
    rollover.replace(new(catalogue(1)))
    with pytest.raises(InputError, match="no previous generation"):
        rollover.roll_back()


def breaking() -> Iterator[dict[str, dict[str, Any]]]:
    yield {"b1": {"year": 1}}
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("batches", "check", "error"),
    [
        (catalogue(5), failing, EngineError),
        (breaking(), passing, KeyboardInterrupt),
        ([{"b1": {"year": "neunzehnhundert"}}], passing, EngineError),
        ([{"b1": {"year": 1}}, {"b1": {"year": 2}}], passing, EngineError),  # an id twice
    ],
)
def test_a_failed_load_leaves_the_live_generation_and_nothing_else(
    rollover: Rollover,
    embedded_engine: Engine,
    batches: Batches,
    check: Callable[[str, int], None],
    error: type[BaseException],
) -> None:
    live = rollover.replace(new(catalogue(2))).name
    with pytest.raises(error):
        rollover.replace(new(batches, check, words=b"half of the words"))
    assert generations(embedded_engine) == [live]
    assert attachments.generations(embedded_engine) == set()
    assert rollover.live() == live
    assert GenerationRecords(embedded_engine).names() == {live}


def test_what_a_killed_load_left_is_removed_by_the_next(
    rollover: Rollover, embedded_engine: Engine, clock: Callable[[], datetime]
) -> None:
    previous, live = (rollover.replace(new(catalogue(size))).name for size in (1, 2))
    records = GenerationRecords(embedded_engine)
    # killed while building; killed before the index was made; an index of which nobody wrote a record;
    # killed between saying that it is ready and moving the alias
    embedded_engine.create_index("books-20261119t000000000", SCHEMA)
    records.write(Generation("books-20261119t000000000", clock(), replaced=live))
    records.write(Generation("books-20261119t000001000", clock(), replaced=live))
    embedded_engine.create_index("books-20261119t000002000", SCHEMA)
    embedded_engine.create_index("books-20261121t000003000", SCHEMA)
    records.write(Generation("books-20261121t000003000", clock(), ready=True, replaced=live))
    for name in ("books-20261121t000003000", "books-20261119t000004000"):
        attachments.write(embedded_engine, name, "words", b"half of the words")
    assert (rollover.live(), rollover.previous()) == (live, previous)
    newest = rollover.replace(new(catalogue(3))).name
    assert generations(embedded_engine) == [live, newest]
    assert records.names() == {live, newest}
    assert attachments.generations(embedded_engine) == set()


def test_indices_of_others_are_left_alone(rollover: Rollover, embedded_engine: Engine) -> None:
    embedded_engine.create_index("reading_history", SCHEMA)
    rollover.replace(new(catalogue(1)))
    assert "reading_history" in embedded_engine.indices()
