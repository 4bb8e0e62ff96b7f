"""The command line says what it is for, asked either way."""

import pytest
from click.testing import CliRunner

from training.cli import main


@pytest.mark.parametrize("command", [[], *([name] for name in main.commands)])
def test_help_is_given_to_both_options(command: list[str]) -> None:
    short, long = (CliRunner().invoke(main, [*command, option]) for option in ("-h", "--help"))

    assert (short.exit_code, short.output) == (0, long.output)
    assert "Usage: " in short.output
