"""Processes that share a folder: while one writes, the others see one whole state after another."""

import subprocess
import sys
from pathlib import Path

from recommender.engine.base import Action, Operation
from recommender.engine.embedded import EmbeddedEngine
from tests.unit.recommender.engine.embedded.shelf import SCHEMA, ask, put, titled, vector

BOOKS = 40
ROUNDS = 25
READERS = 2

READER = """
import sys
from pathlib import Path
from recommender.engine.embedded import EmbeddedEngine
from tests.unit.recommender.engine.embedded.shelf import ask, titled, vector

engine = EmbeddedEngine(Path(sys.argv[1]))
print("ready", flush=True)
last_round = -1
while last_round < int(sys.argv[2]):
    found = ask(engine, titled("데미안", size=100, _source=["year"]), "books")
    near = ask(engine, {"knn": {"field": "vector", "query_vector": vector(1), "k": 100}, "size": 100}, "books")
    years = ask(engine, {"aggs": {"years": {"stats": {"field": "year"}}}, "size": 0}, "books")
    totals = (found.total, len({hit.id for hit in found.hits}), near.total, len({hit.id for hit in near.hits}))
    assert totals == (40, 40, 40, 40), totals
    assert years.aggregations["years"]["count"] == 40, years
    this_round = int(years.aggregations["years"]["min"])
    assert this_round >= last_round, (this_round, last_round)
    last_round = this_round
"""


def _write_round(engine: EmbeddedEngine, number: int) -> None:
    """Write every book again: none is missing or doubled in any state that was ever committed."""
    put(
        engine,
        {
            f"b{book:02}": {"title": f"데미안 {number}", "year": number, "vector": vector(1, book)}
            for book in range(BOOKS)
        },
    )


def test_readers_never_see_half_a_write(tmp_path: Path) -> None:
    folder = tmp_path / "engine"
    engine = EmbeddedEngine(folder)
    engine.create_index("books-monday", SCHEMA)
    engine.move_alias("books", "books-monday")
    _write_round(engine, 0)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(folder), str(ROUNDS)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"

    for number in range(1, ROUNDS + 1):
        engine.bulk(
            "books",
            [
                Operation(Action.UPDATE, f"b{book:02}", {"title": f"데미안 {number}", "year": number})
                for book in range(BOOKS)
            ],
            refresh=number % 3 != 0,
        )
        if number % 5 == 0:
            engine.optimize("books")
        if number % 7 == 0:
            _move_to_a_copy(engine, number)

    errors = [reader.communicate(timeout=120)[1] for reader in readers]
    assert errors == ["", ""]
    assert ask(engine, titled("데미안")).total == BOOKS


def _move_to_a_copy(engine: EmbeddedEngine, number: int) -> None:
    """A new generation of the same books under the alias, and the one before dropped."""
    before = engine.aliases()["books"]
    engine.create_index(f"books-{number}", SCHEMA)
    documents = engine.scan("books", source=list(SCHEMA.properties))
    engine.bulk(f"books-{number}", (Operation(Action.CREATE, one.id, one.source) for one in documents), refresh=True)
    engine.move_alias("books", f"books-{number}")
    engine.drop_index(before)
