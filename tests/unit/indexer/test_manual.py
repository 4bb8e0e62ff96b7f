"""The operator's guide says what the code does."""

import dataclasses
import re
from pathlib import Path

import click
import pytest

from indexer.cli.main import main
from indexer.sources.columns import BOOKS, HISTORY, IGNORED, LOANS, PREFERENCES, Vocabulary
from recommender.settings import PREFIX, Settings

MANUAL = (Path(__file__).parents[3] / "docs" / "operator.md").read_text(encoding="utf-8")


def leaf_commands(group: click.Group, path: tuple[str, ...] = ()) -> dict[str, click.Command]:
    commands: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            commands |= leaf_commands(command, (*path, name))
        else:
            commands[" ".join((*path, name))] = command
    return commands


def table_after(heading: str) -> list[list[str]]:
    """Cells of the rows of the first table behind a mark."""
    lines = MANUAL[MANUAL.index(heading) :].splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("| ---"))
    rows = []
    for line in lines[first + 1 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_every_command_is_listed() -> None:
    listed = {re.sub(r" FILE.*", "", row[0].strip("`")) for row in table_after("## Commands")}
    assert listed == set(leaf_commands(main))


def test_every_option_is_explained() -> None:
    options = {
        option
        for command in leaf_commands(main).values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert {option for option in options if f"`{option}" not in MANUAL} == set()


@pytest.mark.parametrize("vocabulary", [BOOKS, HISTORY, PREFERENCES, LOANS], ids=lambda vocabulary: vocabulary.kind)
def test_every_recognised_column_is_listed(vocabulary: Vocabulary) -> None:
    listed = {
        row[0].strip("`"): tuple(row[1].split(", ")) for row in table_after(f"<!-- columns:{vocabulary.kind} -->")
    }
    expected = {"(not used)" if field == IGNORED else field: names for field, names in vocabulary.synonyms.items()}
    assert listed == expected


def test_every_setting_is_listed_with_its_default() -> None:
    listed = {row[0].strip("`"): row[1].strip("`") for row in table_after("<!-- settings -->")}
    expected = {
        f"{PREFIX}{field.name.upper()}": "" if field.default in (None, "") else str(field.default)
        for field in dataclasses.fields(Settings)
    }
    assert listed == expected
