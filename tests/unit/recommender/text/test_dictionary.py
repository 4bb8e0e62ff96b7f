from pathlib import Path

import pytest

from recommender.errors import SettingsError
from recommender.text.dictionary import BUNDLED_DICTIONARY, UserWord, read_dictionary


def test_words_are_read_and_comments_are_not(tmp_path: Path) -> None:
    file = tmp_path / "words.tsv"
    file.write_text("\ufeff# 우리 도서관 낱말\n\n꾸뻬\tNNP\n마법천자문\tNNP\t3.5\n", encoding="utf-8")
    assert read_dictionary(file) == (UserWord("꾸뻬", "NNP"), UserWord("마법천자문", "NNP", 3.5))


def test_the_bundled_dictionary_is_well_formed() -> None:
    assert UserWord("맨큐", "NNP") in read_dictionary(BUNDLED_DICTIONARY)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("꾸뻬", 'line 2: "꾸뻬" has 1 fields'),
        ("꾸뻬\tNNP\t1\t2", "has 4 fields"),
        ("꾸뻬\t이름", '"이름" is no tag of the user dictionary; use one of NNG, NNP'),
        ("꾸뻬 씨\tNNP", '"꾸뻬 씨" is not one word'),
        ("\tNNP", '"" is not one word'),
        ("꾸뻬\tNNP\t많이", 'the score "많이" is not a number'),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "words.tsv"
    file.write_text(f"# words\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_dictionary(file)
    assert message in str(error.value)
    assert f"{file}, line 2" in str(error.value)


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.tsv cannot be read"):
        read_dictionary(tmp_path / "nowhere.tsv")
    cp949 = tmp_path / "cp949.tsv"
    cp949.write_bytes("꾸뻬\tNNP\n".encode("cp949"))
    with pytest.raises(SettingsError, match="cannot be read as UTF-8"):
        read_dictionary(cp949)
