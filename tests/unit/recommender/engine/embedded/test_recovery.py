"""Killed at any moment, damaged, half-built: opened again, everything that was committed is found."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recommender.engine.base import Action, Operation
from recommender.engine.embedded import EmbeddedEngine
from recommender.engine.embedded.words import CHANGING_BYTES, WordsWriter
from tests.unit.recommender.engine.embedded.shelf import BOOKS, SCHEMA, ask, fill, ids, put, titled, vector

WRITER = """
import sys
from pathlib import Path
from recommender.engine.base import Action, Operation
from recommender.engine.embedded import EmbeddedEngine
from tests.unit.recommender.engine.embedded.shelf import vector

engine = EmbeddedEngine(Path(sys.argv[1]))
for load in range(10_000):
    books = [
        Operation(Action.INDEX, f"b-{load}-{number}", {"title": f"데미안 load{load}", "vector": vector(1, number)})
        for number in range(60)
    ]
    removed = [Operation(Action.DELETE, f"b-{load - 1}-0")] if load else []
    engine.bulk("books", books + removed, refresh=load % 2 == 0)
    print(load, flush=True)
"""
KILLED_AFTER_LOADS = (1, 2, 5, 11, 17)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "engine"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no kill -9")
@pytest.mark.parametrize("loads", KILLED_AFTER_LOADS)
def test_what_was_committed_before_a_kill_is_found(folder: Path, loads: int) -> None:
    engine = EmbeddedEngine(folder)
    engine.create_index("books", SCHEMA)
    reported = _loads_before_kill(folder, loads, more_seconds=0.003 * loads)

    # One that was open all the time, and one opened after the kill.
    for survivor in (engine, EmbeddedEngine(folder)):
        kept = _loads_kept(survivor)
        assert kept in (reported, reported + 1)  # the last may have been committed and not reported
        expected = {f"b-{load}-{number}" for load in range(kept) for number in range(60)}
        expected -= {f"b-{load}-0" for load in range(kept - 1)}
        assert {document.id for document in survivor.scan("books")} == expected
        assert ask(survivor, titled("데미안")).total == len(expected)
        assert ask(survivor, {"knn": {"field": "vector", "query_vector": vector(1), "k": 10_000}}).total == len(
            expected
        )
        put(survivor, {"b-after": {"title": "수레바퀴 아래서"}})
        assert ids(survivor, titled("수레바퀴")) == ["b-after"]
        survivor.bulk("books", [Operation(Action.DELETE, "b-after")])
        survivor.close()


def test_a_writer_that_died_between_its_two_commits_is_repeated(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    fill(engine)
    put(engine, {"b-late": {"title": "작별하지 않는다"}}, refresh=False)
    _commit_to_tantivy_only(folder, row=len(BOOKS), id_="b-late", title="작별하지 않는다")

    assert [ids(each, titled("작별하지")) for each in (engine, EmbeddedEngine(folder))] == [["b-late"], ["b-late"]]
    assert ask(engine, titled("데미안")).total == 2


def test_rows_that_no_document_belongs_to_are_built_away(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    fill(engine)
    _commit_to_tantivy_only(folder, row=len(BOOKS), id_="b-ghost", title="데미안")

    assert ids(EmbeddedEngine(folder), titled("데미안")) == ["b-demian", "b-two"]


@pytest.mark.parametrize(
    "damage", ["words/meta.json", "ids.json", "vector.floats", "year.values.npy", "inventory.json", ""]
)
def test_damaged_derived_files_are_built_again(folder: Path, damage: str) -> None:
    engine = EmbeddedEngine(folder)
    fill(engine)
    engine.close()
    for base in folder.glob("indices/*/base-*"):
        (base / damage).unlink() if damage else shutil.rmtree(base)

    opened = EmbeddedEngine(folder)

    assert ids(opened, titled("데미안")) == ["b-demian", "b-two"]
    assert ids(opened, {"sort": [{"year": "asc"}], "size": 2}) == ["b-wheel", "b-demian"]
    assert ids(opened, {"knn": {"field": "vector", "query_vector": vector(0, 1), "k": 1}}) == ["b-plants"]


def test_a_change_that_tantivy_cannot_write_is_built_anew(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    fill(engine)
    for meta in folder.glob("indices/*/base-2/words/meta.json"):
        content = json.loads(meta.read_text())
        segment = content["segments"][0]["segment_id"].replace("-", "")
        for later in range(1, 20):  # names that the next commit would give to its own files
            meta.with_name(f"{segment}.{content['opstamp'] + later}.del").touch()

    put(engine, {"b-demian": {"title": "작별하지 않는다"}})

    assert ids(engine, titled("작별하지")) == ["b-demian"]
    assert ids(engine, titled("데미안")) == ["b-two"]
    assert list(folder.glob("indices/*/base-3"))


def test_an_unfinished_base_is_in_nobodys_way(folder: Path) -> None:
    engine = EmbeddedEngine(folder)
    fill(engine)
    (current,) = [path for path in folder.glob("indices/*/base-*") if path.name == "base-2"]
    unfinished = current.with_name("base-3")
    unfinished.mkdir()
    (unfinished / "ids.json").write_text('["b-half')

    put(engine, {"b-late": {"title": "작별하지 않는다"}})
    engine.optimize("books")

    assert ids(EmbeddedEngine(folder), titled("작별하지")) == ["b-late"]


def _loads_before_kill(folder: Path, loads: int, *, more_seconds: float) -> int:
    """How many loads a process reported that was killed some time after it had reported so many."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(loads):
            assert writer.stdout.readline()
        time.sleep(more_seconds)
        writer.kill()
        return loads + len(writer.stdout.readlines())


def _loads_kept(engine: EmbeddedEngine) -> int:
    loads = [int(document.id.split("-")[1]) for document in engine.scan("books", source=["id"])]
    return max(loads) + 1


def _commit_to_tantivy_only(folder: Path, *, row: int, id_: str, title: str) -> None:
    engine = EmbeddedEngine(folder)
    index = engine._index("books")
    base = index._base_folder(index._store.state().base)
    with WordsWriter(base / "words", SCHEMA, memory=CHANGING_BYTES) as writer:
        writer.add(row, {"id": id_, "title": title})
        writer.commit()
    engine.close()
