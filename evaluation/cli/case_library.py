"""What the commands about recommendation cases have in common: the file, the library, and asking in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from recommender.errors import InputError
from recommender.settings import Settings

if TYPE_CHECKING:
    from evaluation.recommending.measuring import Measurer
    from indexer.progress import Progress
    from recommender.library import Library

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)

Command = TypeVar("Command", bound=Callable[..., Any])


def case_options(command: Command) -> Command:
    """The file of cases, and the files of a library other than the sample."""
    for option in reversed(
        (
            click.argument("file", type=FILE),
            click.option(
                "--catalogue",
                multiple=True,
                type=FILE,
                help="Ask a library made of this file instead of the sample. Repeatable.",
            ),
            click.option("--history", type=FILE, help="What its readers have read."),
            click.option("--preferences", type=FILE, help="What its readers say they like."),
        )
    ):
        command = option(command)
    return command


@contextmanager
def asked_library(
    file: Path, options: dict[str, Any], settings: Settings, progress: "Progress"
) -> Iterator[tuple["Library", "Measurer"]]:
    """The library that the options name, and what measures the cases of a file in it.

    Raises:
        InputError: a file cannot be used, or its cases do not fit the library.
    """
    from evaluation.recommending.judging import RecommendationJudge
    from evaluation.recommending.library import SAMPLE_FILES, LibraryFiles, books_by_id, library_with_readers
    from evaluation.recommending.measuring import Measurer, recommenders_of
    from evaluation.recommending.reading import read_recommendation_cases
    from evaluation.temporary import live_books

    history, preferences = options["history"], options["preferences"]
    if (history or preferences) and not options["catalogue"]:
        raise InputError("--history and --preferences need a --catalogue; the sample has readers of its own")
    own = LibraryFiles(options["catalogue"], history, preferences)
    cases = read_recommendation_cases(file)
    with library_with_readers(own if own.catalogue else SAMPLE_FILES, settings, progress) as library:
        judge = RecommendationJudge(cases, books_by_id(live_books(library)), library.readers)
        yield library, Measurer(judge, recommenders_of(library))
