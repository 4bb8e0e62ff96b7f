"""`appeal …`: what librarians say of how books feel."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.cli.options import column_option
from indexer.cli.wording import counted

if TYPE_CHECKING:
    from recommender.appeal.applying import Codes
    from recommender.appeal.correcting import AppealCorrector
    from recommender.library import Library
    from recommender.models import Book


@click.group()
def appeal() -> None:
    """How books feel: what librarians say of it, in place of records and estimates."""


@appeal.command("show")
@click.argument("book_id", metavar="BOOK")
def show(book_id: str) -> None:
    """Show what is said of how a book feels, by whom, and how sure it is.

    BOOK is the id at the end of a book page's address.

    \b
    Example:
        python -m indexer appeal show w1f3a9c
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    with _corrector() as (_library, corrector):
        _print(corrector.find(book_id))


@appeal.command("set")
@click.argument("book_id", metavar="BOOK")
@click.option("--mood", metavar="CODES", help="Such as warm,calm or 따뜻한,잔잔한; none for no mood at all.")
@click.option("--effect", metavar="CODES", help="Such as comfort or 위로.")
@click.option("--pace", metavar="CODE", help="slow, steady or fast.")
@click.option("--depth", metavar="CODE", help="light, deep or immersive.")
def set_appeal(book_id: str, **facets: str | None) -> None:
    """Say how a book feels; facets that are not named stay as they are.

    It takes effect at once, and every later load keeps it.

    \b
    Example:
        python -m indexer appeal set w1f3a9c --mood warm,hopeful --pace slow
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    said = _read_options(facets)
    if not said:
        raise click.UsageError("name at least one of --mood, --effect, --pace and --depth")
    with _corrector() as (_library, corrector):
        book = corrector.find(book_id)
        before = corrector.correction(book)
        corrector.correct(book, {**(before.codes if before else {}), **said})
        _print(corrector.find(book_id))


@appeal.command("clear")
@click.argument("book_id", metavar="BOOK")
def clear(book_id: str) -> None:
    """Take back what librarians said of a book: its record and estimates speak again."""
    with _corrector() as (_library, corrector):
        corrector.correct(corrector.find(book_id), {})
        _print(corrector.find(book_id))


@appeal.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--all", "every", is_flag=True, help="Every book, with what records and estimates say beside it.")
@click.option("--language", type=click.Choice(["ko", "en"]), help="Of the table; as SEOGA_LANGUAGE says unless told.")
def export(file: Path, *, every: bool, language: str | None) -> None:
    """Write what librarians say to a table that a spreadsheet opens, and that `appeal load` reads back.

    The last column, what records and estimates say, is there to go by; it is not read back.

    \b
    Example:
        python -m indexer appeal export appeal.csv --all
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.appeal.tables import write_table

    with _corrector() as (library, corrector):
        rows = write_table(file, corrector.corrected_books(every=every), language or library.settings.language)
    click.echo(f"{counted(rows, 'book')} written to {file}")


@appeal.command("load")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@column_option
def load(file: Path, *, columns: dict[str, str]) -> None:
    """Take what a table says of each book that it names, in place of what librarians said of it before.

    A row has a book's id and, in Korean or by code, its mood, effect, pace and depth; an empty cell leaves a facet to
    the record and to estimates, 없음 or none says that there is none. Nothing is changed if a row cannot be used.

    \b
    Example:
        python -m indexer appeal load appeal.csv
    """  # noqa: D301 (click reads a backspace as: keep these lines)
    from indexer.appeal.tables import read_table

    with _corrector() as (_library, corrector):
        said = read_table(file, corrector.find, columns)
        changed = corrector.correct_many([(book, codes) for book, codes in said if _differs(corrector, book, codes)])
    click.echo(f"{file.name}: {counted(len(said), 'book')} read, {changed:,} changed.")


@contextmanager
def _corrector() -> Iterator[tuple["Library", "AppealCorrector"]]:
    from indexer.cli.opening import opened_library

    with opened_library() as library:
        yield library, library.appeal


def _differs(corrector: "AppealCorrector", book: "Book", codes: "Codes") -> bool:
    before = corrector.correction(book)
    return dict(before.codes if before else {}) != dict(codes)


def _read_options(facets: dict[str, str | None]) -> "Codes":
    from indexer.appeal.words import read_codes
    from indexer.cleaning.values import UnusableValueError
    from recommender.models import AppealFacet

    said = {}
    for name, text in facets.items():
        try:
            codes = read_codes(AppealFacet(name), text or "")
        except UnusableValueError as error:
            raise click.BadParameter(f'"{text}": {error}', param_hint=f"--{name}") from error
        if codes is not None:
            said[AppealFacet(name)] = codes
    return said


def _print(book: "Book") -> None:
    click.echo(f"{book.title} ({', '.join(book.authors)})" if book.authors else book.title)
    for term in book.appeal:
        click.echo(f"  {term.facet.value:7} {term.code.value:13} {term.source.value:10} {term.confidence:.0%}")
    for facet in book.corrected:
        if all(term.facet is not facet for term in book.appeal):
            click.echo(f"  {facet.value:7} {'none':13} librarian")
    for term in book.recorded:
        click.echo(f"  the record itself says {term.facet.value} {term.code.value}")
    if not (book.appeal or book.corrected):
        click.echo("  nothing is known of how it feels, and its text says too little to estimate it")
