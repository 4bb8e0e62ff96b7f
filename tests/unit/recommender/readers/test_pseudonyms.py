import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from recommender.errors import SettingsError
from recommender.readers.pseudonyms import KEY_FILE, Pseudonyms
from recommender.settings import Settings


def test_a_reader_has_one_pseudonym_and_readers_have_different_ones() -> None:
    pseudonyms = Pseudonyms(b"key")
    assert pseudonyms.of("20261103") == pseudonyms.of(" 20261103 ")
    assert pseudonyms.of("20261103") != pseudonyms.of("20261104")


def test_a_pseudonym_does_not_show_the_reader() -> None:
    assert "20261103" not in Pseudonyms(b"key").of("20261103")


def test_another_key_gives_other_pseudonyms() -> None:
    assert Pseudonyms(b"one").of("haneul") != Pseudonyms(b"two").of("haneul")


def test_a_key_is_kept_in_the_data_folder(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")
    assert Pseudonyms.from_settings(settings).of("haneul") == Pseudonyms.from_settings(settings).of("haneul")
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "new" / KEY_FILE).stat().st_mode) == 0o600


def test_the_settings_key_wins_and_leaves_no_file(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, reader_key="비밀")
    assert Pseudonyms.from_settings(settings).of("haneul") == Pseudonyms("비밀".encode()).of("haneul")
    assert not list(tmp_path.iterdir())


def test_processes_that_make_the_key_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        names = set(
            threads.map(lambda _: Pseudonyms.from_settings(Settings(data_dir=tmp_path)).of("haneul"), range(32))
        )
    assert len(names) == 1
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_an_emptied_key_file_is_an_error_and_not_a_new_key(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("")
    with pytest.raises(SettingsError, match="empty"):
        Pseudonyms.from_settings(Settings(data_dir=tmp_path))
