"""Bytes that belong to a generation of books, kept in the engine beside it.

What a load learns of a whole catalogue (the fit of its encoder, its word frequencies) is needed by every process that
searches it, on whatever machine, and has to go and come back with the generation. So it is stored where the generation is: cut into
parts, in an index of its own. A head names the parts by the checksum of the whole and is written last, so that a
reader sees the old bytes or the new ones, and what a killed load left is nothing that anybody can read.
"""

import base64
import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recommender.engine.base import Action, Document, Engine, Operation
from recommender.engine.schema import load_schema
from recommender.errors import EngineError, IndexExistsError, IndexMissingError

INDEX = "attachments"

PART_BYTES = 768 * 1024
"""Bytes in one document; base64 makes 1 MB of them, far below what a node takes in one request (100 MB)."""

PARTS_A_READ = 8
"""Parts asked for at once: 8 MB of memory."""

TRIES = 3
"""A reader whose parts vanish because somebody writes the same attachment again starts over with the new head."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What says that an attachment is there, and of what it is made."""

    digest: str  # SHA-256 of the whole, hexadecimal
    size: int  # bytes
    parts: int


def write(engine: Engine, generation: str, name: str, content: bytes) -> None:
    """Store bytes with a generation, in place of what had that name.

    Args:
        engine: where the generation is.
        generation: the name of its index, such as `books-20261120t093000000`.
        name: what the bytes are, such as `encoder-fit`.
        content: may be empty.

    Raises:
        EngineError: the engine failed; what had that name before is still there.
    """
    _ensure(engine)
    head = _Head(hashlib.sha256(content).hexdigest(), len(content), -(-len(content) // PART_BYTES))
    engine.bulk(INDEX, _part_operations(generation, name, head, content))
    document = {
        "generation": generation,
        "content": {"sha256": head.digest, "bytes": head.size, "parts": head.parts},
    }
    engine.bulk(INDEX, [Operation(Action.INDEX, _head_id(generation, name), document)], refresh=True)
    kept = {_head_id(generation, name), *_part_ids(generation, name, head)}
    prefix = _head_id(generation, name) + "/"
    _delete(engine, [each for each in _ids(engine, generation) if each.startswith(prefix) and each not in kept])


def read(engine: Engine, generation: str, name: str) -> bytes | None:
    """The bytes stored with a generation under that name; None where there are none.

    Raises:
        EngineError: parts of them are missing or changed.
    """
    for _ in range(TRIES):
        head = _read_head(engine, generation, name)
        if head is None:
            return None
        content = b"".join(_parts(engine, _part_ids(generation, name, head)))
        if hashlib.sha256(content).hexdigest() == head.digest:
            return content
    raise EngineError(
        f"{INDEX}: {name} of {generation} is damaged, its bytes are not those that were written; "
        "run `python -m indexer reindex`"
    )


def drop(engine: Engine, generation: str) -> None:
    """Delete everything stored with a generation; one that has nothing is no error."""
    with contextlib.suppress(IndexMissingError):
        _delete(engine, list(_ids(engine, generation)))


def generations(engine: Engine) -> set[str]:
    """The generations with which something is stored."""
    with contextlib.suppress(IndexMissingError):
        return {document.source["generation"] for document in engine.scan(INDEX, source=["generation"])}
    return set()


def _ensure(engine: Engine) -> None:
    """Make the index on first use; another process may be quicker."""
    if INDEX not in engine.indices():
        with contextlib.suppress(IndexExistsError):
            engine.create_index(INDEX, load_schema(INDEX))


def _part_operations(generation: str, name: str, head: _Head, content: bytes) -> Iterator[Operation]:
    for number, part_id in enumerate(_part_ids(generation, name, head)):
        part = content[number * PART_BYTES : (number + 1) * PART_BYTES]
        document: dict[str, Any] = {
            "generation": generation,
            "content": {"base64": base64.b64encode(part).decode("ascii")},
        }
        yield Operation(Action.INDEX, part_id, document)


def _read_head(engine: Engine, generation: str, name: str) -> _Head | None:
    try:
        (document,) = engine.mget(INDEX, [_head_id(generation, name)])
    except IndexMissingError:
        return None
    if document is None:
        return None
    content = document.source["content"]
    return _Head(content["sha256"], content["bytes"], content["parts"])


def _parts(engine: Engine, part_ids: list[str]) -> Iterator[bytes]:
    for start in range(0, len(part_ids), PARTS_A_READ):
        yield from map(_part, engine.mget(INDEX, part_ids[start : start + PARTS_A_READ]))


def _part(document: Document | None) -> bytes:
    """The bytes of a part; one that is missing or unreadable gives none, which the checksum of the whole notices."""
    try:
        return base64.b64decode(document.source["content"]["base64"], validate=True) if document else b""
    except (ValueError, KeyError):
        return b""


def _ids(engine: Engine, generation: str) -> Iterator[str]:
    query = {"bool": {"filter": [{"term": {"generation": generation}}]}}
    return (document.id for document in engine.scan(INDEX, query, source=[]))


def _delete(engine: Engine, ids: list[str]) -> None:
    if ids:
        engine.bulk(INDEX, [Operation(Action.DELETE, each) for each in ids], refresh=True)


def _head_id(generation: str, name: str) -> str:
    return f"{generation}/{name}"


def _part_ids(generation: str, name: str, head: _Head) -> list[str]:
    return [f"{_head_id(generation, name)}/{head.digest[:16]}/{number:04d}" for number in range(head.parts)]
