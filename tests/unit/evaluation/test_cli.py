import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.cli import main

SMALL = ("bench", "engine", "--books", "200", "--queries", "3", "--rounds", "1", "--dims", "8", "--shape", "simple")


def test_engine_prints_a_table_and_writes_every_figure(tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    result = CliRunner().invoke(main, [*SMALL, "--json", str(out)])
    assert result.exit_code == 0, result.output
    assert [line.split()[:4] for line in result.stdout.splitlines()[1:]] == [
        ["embedded", "simple", "200", "no"],
        ["embedded", "simple", "200", "yes"],
    ]
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert [row["books"] for row in figures["comparisons"]] == [200, 200]
    assert figures["machine"]["python"]


def test_an_unknown_shape_is_an_error_in_one_sentence() -> None:
    result = CliRunner().invoke(main, ["bench", "engine", "--shape", "round"])
    assert (result.exit_code, result.output) == (1, "Error: --shape round: choose from simple, legs, retrieval\n")


def test_a_catalogue_that_is_not_there_is_named() -> None:
    result = CliRunner().invoke(main, ["bench", "http", "--catalogue", "없음.csv"])
    assert result.exit_code == 2
    assert "없음.csv" in result.output


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_keeps_the_lines_of_its_examples(name: str) -> None:
    """click reads a backspace character as that; the two characters of a raw docstring would be printed."""
    result = CliRunner().invoke(main, [name, "--help"])

    assert result.exit_code == 0
    assert "\\b" not in result.output
