"""Bytes stored with a generation, on both engines."""

import hashlib

import pytest

from recommender.engine import attachments
from recommender.engine.attachments import INDEX, PART_BYTES
from recommender.engine.base import Action, Engine, Operation
from recommender.engine.schema import load_schema
from recommender.errors import EngineError

OLD, NEW = "books-20261120t093000000", "books-20261121t093000000"


def some_bytes(size: int, seed: str = "서가") -> bytes:
    """Bytes without a pattern, the same in every run."""
    return hashlib.shake_256(seed.encode()).digest(size)


@pytest.mark.parametrize("size", [0, 1, PART_BYTES, PART_BYTES + 1, 10 * PART_BYTES + 7])
def test_bytes_come_back_as_they_were(engine: Engine, size: int) -> None:
    attachments.write(engine, NEW, "encoder-fit", some_bytes(size))

    assert attachments.read(engine, NEW, "encoder-fit") == some_bytes(size)


def test_before_anything_is_stored_there_is_nothing(engine: Engine) -> None:
    assert attachments.read(engine, NEW, "encoder-fit") is None
    assert attachments.generations(engine) == set()
    attachments.drop(engine, NEW)

    attachments.write(engine, NEW, "encoder-fit", b"1")

    assert attachments.read(engine, NEW, "words") is None
    assert attachments.read(engine, OLD, "encoder-fit") is None


def test_each_generation_and_name_keeps_its_own(engine: Engine) -> None:
    stored = {(OLD, "encoder-fit"): b"old", (NEW, "encoder-fit"): b"new", (NEW, "words"): b"words", (NEW, "word"): b""}
    for (generation, name), content in stored.items():
        attachments.write(engine, generation, name, content)

    assert {key: attachments.read(engine, *key) for key in stored} == stored
    assert attachments.generations(engine) == {OLD, NEW}


def test_dropping_takes_everything_of_one_generation(engine: Engine) -> None:
    for generation in (OLD, NEW):
        for name in ("encoder-fit", "words"):
            attachments.write(engine, generation, name, some_bytes(2 * PART_BYTES))

    attachments.drop(engine, OLD)

    assert attachments.read(engine, OLD, "encoder-fit") is None
    assert attachments.read(engine, OLD, "words") is None
    assert attachments.read(engine, NEW, "words") == some_bytes(2 * PART_BYTES)
    assert engine.count(INDEX) == 6  # two heads and four parts


def test_writing_again_takes_the_place_and_leaves_no_parts(engine: Engine) -> None:
    attachments.write(engine, NEW, "encoder-fit", some_bytes(3 * PART_BYTES))

    attachments.write(engine, NEW, "encoder-fit", some_bytes(PART_BYTES, "다시"))

    assert attachments.read(engine, NEW, "encoder-fit") == some_bytes(PART_BYTES, "다시")
    assert engine.count(INDEX) == 2


def test_what_a_killed_write_left_is_nothing_and_goes_with_the_next(engine: Engine) -> None:
    attachments.write(engine, NEW, "encoder-fit", b"whole")
    part = f"{NEW}/encoder-fit/{'0' * 16}/0000"
    engine.bulk(
        INDEX,
        [Operation(Action.INDEX, part, {"generation": NEW, "content": {"base64": "AAAA"}})],
        refresh=True,
    )
    assert attachments.read(engine, NEW, "encoder-fit") == b"whole"

    attachments.write(engine, NEW, "encoder-fit", b"next")

    assert attachments.read(engine, NEW, "encoder-fit") == b"next"
    assert engine.count(INDEX) == 2


@pytest.mark.parametrize("content", [{"base64": "AAAA"}, {"base64": "읽을 수 없음"}, {}, None])
def test_damaged_bytes_are_never_handed_out(engine: Engine, content: dict[str, str] | None) -> None:
    attachments.write(engine, NEW, "encoder-fit", some_bytes(2 * PART_BYTES))
    digest = hashlib.sha256(some_bytes(2 * PART_BYTES)).hexdigest()
    part = f"{NEW}/encoder-fit/{digest[:16]}/0001"
    operation = Operation(Action.INDEX, part, {"generation": NEW, "content": content})
    engine.bulk(INDEX, [operation if content is not None else Operation(Action.DELETE, part)])

    with pytest.raises(EngineError, match=f"encoder-fit of {NEW} is damaged"):
        attachments.read(engine, NEW, "encoder-fit")


def test_an_index_that_is_there_already_is_used(engine: Engine) -> None:
    engine.create_index(INDEX, load_schema(INDEX))

    attachments.write(engine, NEW, "encoder-fit", b"1")

    assert attachments.read(engine, NEW, "encoder-fit") == b"1"
