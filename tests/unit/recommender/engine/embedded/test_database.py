import sqlite3
import threading
from pathlib import Path

import pytest

from recommender.engine.embedded.database import Database, LockedError
from recommender.errors import EngineUnavailableError

SCRIPT = "CREATE TABLE IF NOT EXISTS loans (book TEXT)"


def _loans(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT book FROM loans ORDER BY rowid")]


def _lend(database: Database, book: str) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO loans VALUES (?)", (book,))


def test_what_fails_halfway_is_undone(tmp_path: Path) -> None:
    database = Database(tmp_path / "loans.sqlite", SCRIPT)
    _lend(database, "데미안")

    def lend_and_fail() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO loans VALUES ('토지')")
            raise RuntimeError("the lights went out")

    with pytest.raises(RuntimeError, match="the lights went out"):
        lend_and_fail()

    assert _loans(database) == ["데미안"]
    _lend(database, "광장")  # and the lock is free again
    assert _loans(database) == ["데미안", "광장"]


def test_others_read_what_was_there_before_while_one_writes(tmp_path: Path) -> None:
    one, other = (Database(tmp_path / "loans.sqlite", SCRIPT) for _ in range(2))

    with one.writing() as connection:
        connection.execute("INSERT INTO loans VALUES ('데미안')")
        assert _loans(other) == []

    assert _loans(other) == ["데미안"]


@pytest.mark.parametrize("same_process_object", [True, False])
def test_a_second_writer_is_told_rather_than_kept_waiting(tmp_path: Path, same_process_object: bool) -> None:  # noqa: FBT001
    one = Database(tmp_path / "loans.sqlite", SCRIPT)
    other = one if same_process_object else Database(tmp_path / "loans.sqlite", SCRIPT)

    with (
        one.writing(),
        pytest.raises(LockedError, match=r"loans\.sqlite.*still writing"),
        other.writing(wait_seconds=0),
    ):
        pass


def test_a_waiting_writer_gets_its_turn(tmp_path: Path) -> None:
    one, other = (Database(tmp_path / "loans.sqlite", SCRIPT) for _ in range(2))
    second = threading.Thread(target=_lend, args=(other, "토지"))

    with one.writing() as connection:
        second.start()
        connection.execute("INSERT INTO loans VALUES ('데미안')")
    second.join()

    assert _loans(one) == ["데미안", "토지"]


def test_the_number_of_changes_differs_after_anybody_has_written(tmp_path: Path) -> None:
    one, other = (Database(tmp_path / "loans.sqlite", SCRIPT) for _ in range(2))
    before = one.changes()
    assert one.changes() == before

    _lend(other, "데미안")
    after_other = one.changes()
    _lend(one, "토지")

    assert before != after_other != one.changes()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "loans.sqlite"
    path.write_bytes("등록번호,서명\n".encode() * 200)

    with pytest.raises(EngineUnavailableError, match=r"loans\.sqlite.*check that the disk") as raised:
        Database(path, SCRIPT)

    assert isinstance(raised.value.__cause__, sqlite3.Error)
