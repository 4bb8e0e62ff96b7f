import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from indexer.cli.main import main
from indexer.cli.progress import PlainProgress

ROOT = Path(__file__).parents[4]

HEAVY = {
    "torch",
    "transformers",
    "tantivy",
    "elasticsearch",
    "kiwipiepy",
    "polars",
    "numpy",
    "usearch",
    "recommender.library",
}


def leaf_commands(group: click.Group, path: tuple[str, ...] = ()) -> dict[str, click.Command]:
    """`books load` → its command, and so on."""
    commands: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            commands |= leaf_commands(command, (*path, name))
        else:
            commands[" ".join((*path, name))] = command
    return commands


def test_the_commands_are_those_of_the_manual() -> None:
    assert set(leaf_commands(main)) == {
        "appeal show",
        "appeal set",
        "appeal clear",
        "appeal export",
        "appeal load",
        "books load",
        "history load",
        "preferences load",
        "popularity load",
        "readers export",
        "readers erase",
        "readers expire",
        "recommendations precompute",
        "recommendations status",
        "recommendations clear",
        "reindex",
        "status",
        "verify",
        "rollback",
        "sample",
    }


@pytest.mark.parametrize("command", ["", *leaf_commands(main)])
def test_help_says_what_a_command_is_for(command: str) -> None:
    result = CliRunner().invoke(main, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert "Usage: " in result.output
    assert len(result.output.splitlines()[2].strip()) > 20


def test_help_waits_for_no_heavy_library() -> None:
    program = "import sys\nfrom indexer.cli.main import main\nmain(['books', 'load', '--help'], standalone_mode=False)\nprint(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not HEAVY & set(result.stdout.split())


@pytest.mark.parametrize("column", ["title", "=서명", "title="])
def test_a_column_option_needs_both_sides(column: str) -> None:
    result = CliRunner().invoke(main, ["books", "load", "list.csv", "--column", column])
    assert result.exit_code == 2
    assert "is not FIELD=COLUMN" in result.output


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SEOGA_ENGIN": "embedded"}, "SEOGA_ENGIN is no setting; did you mean SEOGA_ENGINE?"),
        ({"SEOGA_SHELF_PREFIXES": "/nowhere.tsv"}, "there is no such file"),
    ],
)
def test_a_wrong_setting_is_one_sentence(tmp_path: Path, environment: dict[str, str], said: str) -> None:
    others = {name: None for name in os.environ if name.startswith("SEOGA_")}
    runner = CliRunner(env={**others, "SEOGA_DATA_DIR": str(tmp_path), **environment})
    result = runner.invoke(main, ["status"])
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")
    assert said in result.output
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_a_no_changes_nothing_and_says_so(tmp_path: Path, answer: str) -> None:
    others = {name: None for name in os.environ if name.startswith("SEOGA_")}
    runner = CliRunner(env={**others, "SEOGA_DATA_DIR": str(tmp_path)})
    result = runner.invoke(main, ["recommendations", "clear"], input=answer)
    assert (result.exit_code, result.output.splitlines()[-1][-35:]) == (2, "Error: stopped; nothing was changed")


@pytest.mark.parametrize(
    ("total", "line"), [(1, "fitting 1 reader …"), (1864, "fitting 1,864 readers …"), (None, "fitting …")]
)
def test_a_step_says_how_much_there_is_to_do(capsys: pytest.CaptureFixture[str], total: int | None, line: str) -> None:
    PlainProgress(of="reader").begin("fitting", total)
    assert capsys.readouterr().out == f"{line}\n"


@pytest.mark.parametrize(("command", "column"), [("preferences", "제목"), ("popularity", "이용자")])
def test_a_history_is_taken_for_nothing_else(tmp_path: Path, command: str, column: str) -> None:
    file = tmp_path / "대출.csv"
    file.write_text("이용자,제목,장르,평점,대출일\nhaneul,데미안,소설,5,2026-01-02\n", encoding="utf-8")

    result = CliRunner().invoke(main, [command, "load", str(file)], env={"SEOGA_DATA_DIR": str(tmp_path / "data")})

    assert result.exit_code == 2
    assert (
        f"대출.csv: this is a reading history (column {column}); load it with `python -m indexer history"
        in result.output
    )
