"""What the commands of judging have in common: the library that is asked, and the file that is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from recommender.errors import InputError
from recommender.settings import Settings

if TYPE_CHECKING:
    from evaluation.judging.comparing import Keep, Shelves
    from evaluation.judging.storing import LineFile
    from evaluation.judging.values import StoredAnswer
    from indexer.progress import Progress
    from recommender.library import Library
    from recommender.recommend.cost import Prices

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
NEW_FILE = click.Path(path_type=Path, dir_okay=False)

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class LibraryChoice:
    """Which library is asked: the live one unless something else is said."""

    sample: bool
    catalogue: tuple[Path, ...]
    history: Path | None
    preferences: Path | None


def library_options(command: Command) -> Command:
    """The library that is asked, handed on as `library`."""
    import functools

    @functools.wraps(command)
    def with_library(
        *, sample: bool, catalogue: tuple[Path, ...], history: Path | None, preferences: Path | None, **options: Any
    ) -> Any:
        return command(library=LibraryChoice(sample, catalogue, history, preferences), **options)

    decorated: Any = with_library
    for option in reversed(
        (
            click.option("--sample", is_flag=True, help="Ask the sample library instead of the live one."),
            click.option(
                "--catalogue", multiple=True, type=FILE, help="Ask a library made of this file instead. Repeatable."
            ),
            click.option("--history", type=FILE, help="What its readers have read."),
            click.option("--preferences", type=FILE, help="What its readers say they like."),
        )
    ):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


@contextmanager
def chosen_library(chosen: LibraryChoice, settings: Settings, progress: "Progress") -> Iterator["Library"]:
    """The library that the options name.

    Raises:
        InputError: the options contradict each other, or a file cannot be used.
        SettingsError: a setting is wrong.
    """
    from evaluation.recommending.library import SAMPLE_FILES, LibraryFiles, library_with_readers
    from recommender.library import open_library

    if chosen.sample and chosen.catalogue:
        raise InputError("--sample and --catalogue name two libraries; leave one out")
    if (chosen.history or chosen.preferences) and not chosen.catalogue:
        raise InputError("--history and --preferences need a --catalogue; other libraries have readers of their own")
    if chosen.sample or chosen.catalogue:
        own = LibraryFiles(chosen.catalogue, chosen.history, chosen.preferences)
        with library_with_readers(SAMPLE_FILES if chosen.sample else own, settings, progress) as library:
            yield library
        return
    library = open_library(settings)
    try:
        yield library
    finally:
        library.close()


def shelves_of(library: "Library") -> "Shelves":
    """What the library holds, for judging."""
    from evaluation.judging.comparing import Shelves
    from evaluation.judging.lists.matching import ListMatcher
    from evaluation.recommending.library import books_by_id
    from evaluation.temporary import live_books
    from indexer.readers.matching import BookMatcher

    books = books_by_id(live_books(library))
    return Shelves(books, library.readers, ListMatcher(BookMatcher(library.engine), books))


def kept_in(file: "LineFile", progress: "Progress") -> "Keep":
    """What keeps each answer in a file as soon as it is there."""

    def keep(answer: "StoredAnswer") -> None:
        file.add([answer])
        progress.advance(1)

    return keep


def prices_of(settings: Settings, *, prompt: float | None = None, completion: float | None = None) -> "Prices":
    """What tokens would have cost elsewhere: as typed, else as the settings say."""
    from recommender.recommend.cost import Prices

    return Prices(
        settings.price_prompt if prompt is None else prompt,
        settings.price_completion if completion is None else completion,
        settings.price_currency,
    )


def columns_of(texts: tuple[str, ...]) -> dict[str, str]:
    """`FIELD=COLUMN` as typed → field → column.

    Raises:
        InputError: there is no `=` in it.
    """
    pairs = [text.partition("=") for text in texts]
    if wrong := next(
        (text for text, (_, found, column) in zip(texts, pairs, strict=True) if not (found and column)), ""
    ):
        raise InputError(f'--column "{wrong}": write FIELD=COLUMN, for example --column title=표제')
    return {field.strip(): column.strip() for field, _, column in pairs}
