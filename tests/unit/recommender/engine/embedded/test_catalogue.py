from pathlib import Path

import pytest

from recommender.engine.embedded.catalogue import Catalogue, IndexEntry
from recommender.errors import IndexExistsError, IndexMissingError
from tests.unit.recommender.engine.embedded.shelf import SCHEMA

MONDAY, TUESDAY = "books-20261116t020000", "books-20261117t020000"


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path)


def _make(entry: IndexEntry) -> None:
    entry.folder.mkdir()
    (entry.folder / "documents.sqlite").touch()


def test_a_listed_index_comes_back_as_it_was_given(tmp_path: Path, catalogue: Catalogue) -> None:
    catalogue.add(MONDAY, SCHEMA, make=_make)

    entry = Catalogue(tmp_path).listing().find(MONDAY)

    assert (entry.name, entry.schema) == (MONDAY, SCHEMA)


def test_an_alias_moves_from_one_generation_to_the_next(catalogue: Catalogue) -> None:
    catalogue.add(MONDAY, SCHEMA, make=_make)
    catalogue.add(TUESDAY, SCHEMA, make=_make)

    catalogue.point("books", MONDAY)
    catalogue.point("books", TUESDAY)

    assert dict(catalogue.listing().aliases) == {"books": TUESDAY}
    assert catalogue.listing().find("books").name == TUESDAY


def test_another_process_sees_each_change_at_once(tmp_path: Path, catalogue: Catalogue) -> None:
    other = Catalogue(tmp_path)
    assert dict(other.listing().indices) == {}

    catalogue.add(MONDAY, SCHEMA, make=_make)
    catalogue.point("books", MONDAY)
    assert other.listing().find("books").name == MONDAY

    catalogue.remove(MONDAY)
    with pytest.raises(IndexMissingError, match="'books' does not exist"):
        other.listing().find("books")


@pytest.mark.parametrize("taken", [MONDAY, "books"])
def test_a_taken_name_is_refused(catalogue: Catalogue, taken: str) -> None:
    catalogue.add(MONDAY, SCHEMA, make=_make)
    catalogue.point("books", MONDAY)

    with pytest.raises(IndexExistsError, match=f"{taken!r} is there already"):
        catalogue.add(taken, SCHEMA, make=_make)


def test_an_alias_needs_an_index_and_a_name_of_its_own(catalogue: Catalogue) -> None:
    catalogue.add(MONDAY, SCHEMA, make=_make)

    with pytest.raises(IndexMissingError, match=TUESDAY):
        catalogue.point("books", TUESDAY)
    with pytest.raises(IndexExistsError, match=MONDAY):
        catalogue.point(MONDAY, MONDAY)


def test_a_name_that_comes_back_has_a_folder_of_its_own(catalogue: Catalogue) -> None:
    catalogue.add(MONDAY, SCHEMA, make=_make)
    first = catalogue.listing().find(MONDAY).folder
    catalogue.remove(MONDAY)
    catalogue.add(MONDAY, SCHEMA, make=_make)

    assert catalogue.listing().find(MONDAY).folder != first


def test_folders_of_no_listed_index_are_swept_at_the_start(tmp_path: Path, catalogue: Catalogue) -> None:
    catalogue.add(MONDAY, SCHEMA, make=_make)
    kept = catalogue.listing().find(MONDAY).folder
    half_dropped = tmp_path / "indices" / "books-20261115t020000.99"
    half_dropped.mkdir()
    (half_dropped / "documents.sqlite").touch()
    beside = tmp_path / "covers"
    beside.mkdir()

    Catalogue(tmp_path)

    assert (sorted((tmp_path / "indices").iterdir()), beside.exists()) == ([kept], True)


def test_an_index_whose_files_could_not_be_made_is_not_listed(tmp_path: Path, catalogue: Catalogue) -> None:
    def fail(entry: IndexEntry) -> None:
        _make(entry)
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        catalogue.add(MONDAY, SCHEMA, make=fail)
    catalogue.add(TUESDAY, SCHEMA, make=_make)

    assert list(catalogue.listing().indices) == [TUESDAY]
    Catalogue(tmp_path)
    assert list((tmp_path / "indices").iterdir()) == [catalogue.listing().find(TUESDAY).folder]
