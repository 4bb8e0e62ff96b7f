"""Loading on a terminal: a bar moves, and a person is asked before much is lost."""

import os
import pty
import sys
from pathlib import Path

import pytest

from tests.integration import catalogue_files as files

ROOT = Path(__file__).parents[2]


def answered(arguments: list[str], answer: str, environment: dict[str, str]) -> tuple[int, str]:
    """Run a load on a terminal, answer its question, and return its exit code and everything it showed."""
    program = [sys.executable, "-m", "indexer", "books", "load", *arguments]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execve(sys.executable, program, environment)  # noqa: S606 (the program of the tests itself)
    shown, asked = b"", False
    with os.fdopen(terminal, "r+b", buffering=0) as stream:
        while True:
            try:
                piece = stream.read(4096)
            except OSError:  # the child has closed its end
                break
            if not piece:
                break
            shown += piece
            if b"Go on?" in shown and not asked:
                asked = True
                stream.write(f"{answer}\n".encode())
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SEOGA_")}
    return inherited | {"SEOGA_DATA_DIR": str(tmp_path / "data"), "TERM": "xterm", "COLUMNS": "200"}


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_person_is_asked_before_the_catalogue_shrinks(environment: dict[str, str], tmp_path: Path) -> None:
    catalogue = str(files.write_csv(tmp_path / "catalogue.csv"))
    short = tmp_path / "kolas.csv"
    short.write_text(files.KOLAS, encoding="utf-8")
    code, shown = answered([catalogue], "", environment)
    assert code == 0
    assert "5/5" in shown  # the bar, full
    question = "The new catalogue has 2 books, the one it replaces 5. Go on? [y/N]: "
    code, shown = answered([str(short)], "n", environment)
    assert question in shown
    assert (code, "nothing was changed" in shown) == (2, True)
    code, shown = answered([str(short), "--yes"], "", environment)
    assert question not in shown
    assert (code, "2 books with 2 copies are live" in shown) == (0, True)
    code, shown = answered([catalogue], "", environment)
    assert "Go on?" not in shown  # it grows
    code, shown = answered([str(short)], "y", environment)
    assert (code, "2 books with 2 copies are live" in shown) == (0, True)
