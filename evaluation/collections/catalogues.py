"""The books of a catalogue file, as a load would make them, without loading them anywhere."""

from datetime import UTC, datetime
from pathlib import Path

from indexer.cleaning.rows import RowCleaner
from indexer.reading import read_books
from indexer.works.assembling import assemble
from recommender.call_numbers import read_shelf_prefixes
from recommender.models import Book


def catalogue_books(*paths: Path) -> tuple[Book, ...]:
    """Every work of a catalogue.

    Args:
        paths: files in any form that `python -m indexer books load` takes; records of one work are merged over all.

    Raises:
        InputError: a file cannot be read.
    """
    cleaner = RowCleaner(read_shelf_prefixes(None), this_year=datetime.now(UTC).year)
    return tuple(assemble(read_books(paths, cleaner, {}).rows, iter(())).books)
