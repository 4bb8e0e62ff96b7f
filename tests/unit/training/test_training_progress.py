import pytest
from rich.console import Console
from rich.progress import Progress

from training.cli.progress import PlainProgress, TerminalProgress


def test_lines_tell_what_is_done_and_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 5.0, 12.0, 60.0])
    progress = PlainProgress(clock=lambda: next(times))

    progress.show("training", 250, 1000)  # an earlier run did these
    progress.show("training", 300, 1000)  # too soon for another line
    progress.show("training", 370, 1000)
    progress.show("training", 1000, 1000)

    assert capsys.readouterr().out.splitlines() == [
        "training: 250 of 1,000",
        "training: 370 of 1,000, 1:03 left",
        "training: 1,000 of 1,000",
    ]


def test_a_bar_begins_where_the_last_run_stopped() -> None:
    with Progress(console=Console(quiet=True)) as bars:
        progress = TerminalProgress(bars)
        progress.show("training", 250, 1000)
        progress.show("teacher", 0, 10)
        progress.show("training", 300, 1000)

        assert [(task.description, task.completed, task.total) for task in bars.tasks] == [
            ("training", 300, 1000),
            ("teacher", 0, 10),
        ]
