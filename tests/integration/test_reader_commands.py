"""What an operator types about readers, from the first load to the last erasure."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli.main import main
from tests import serving

CATALOGUE = "서명,저자,ISBN,대출건수\n토지,박경리,,12\n태백산맥,조정래,,7\n아몬드,손원평,9788936434267,3\n"
HISTORY = "이용자,서명,저자,대출일,나이\n" + "".join(
    f"{reader},{title},{author},2026-0{number}-05,{age}\n"
    for number, (reader, age) in enumerate(
        (("가람", "45"), ("누리", "1978"), ("다솜", "40대"), ("라온", "마흔")), start=1
    )
    for title, author in (("토지", "박경리"), ("태백산맥", "조정래"))
)
LOANS = "rnk,title,author,ISBN,age,YY,MM,book_num\n1,아몬드,손원평,9788936434267,14,2026,9,80\n2,없는 책,아무개,,14,2026,9,많음\n"


class Operator:
    """Types commands, one library for all of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._variables = serving.environment(folder / "data")

    def types(self, *words: str, exit_code: int = 0, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(main, list(words), env=self._variables, input=stdin)
        assert result.exit_code == exit_code, result.output
        return result

    def file(self, name: str, text: str) -> str:
        path = self._folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    operator = Operator(tmp_path_factory.mktemp("operator"))
    loaded = operator.types("books", "load", operator.file("books.csv", CATALOGUE))
    assert "0 readings of 0 readers" in loaded.output  # the loans of the records are popularity enough
    assert "3 popular books" in loaded.output
    return operator


def test_readers_from_the_first_load_to_the_last_erasure(operator: Operator) -> None:
    loaded = operator.types("history", "load", operator.file("history.csv", HISTORY))
    assert "8 of 8 books are held by the library, for 4 readers." in loaded.output
    assert "2 single values left out" in loaded.output  # 마흔, in both rows of its reader
    assert "Learnt from 8 readings of 4 readers" in loaded.output
    assert "2 pairs of books borrowed together, 3 popular books, at ages 40-49." in loaded.output

    told = operator.types(
        "popularity", "load", operator.file("loans.csv", LOANS), exit_code=1
    )  # half of it is unusable
    assert "loans.csv: 2 rows = 1 stored + 1 problem; 1 different book" in told.output
    assert "at ages 14-19, 40-49." in told.output

    assert "what is borrowed together with 2 books, what is popular at 2 age groups" in operator.types("status").output

    exported = json.loads(operator.types("readers", "export", "누리").output)
    assert [book["title"] for book in exported["read_books"]] == ["토지", "태백산맥"]
    assert exported["preferences"] == {"age_group": "40-49"}

    for reader in ("누리", "다솜"):
        erased = operator.types("readers", "erase", reader, "--yes")
        assert "2 history entries and the preferences erased." in erased.output
    assert "0 pairs of books borrowed together" in erased.output
    unknown = operator.types("readers", "export", "누리", exit_code=2)
    assert "nothing is kept of a reader '누리'; check the id" in unknown.output

    expired = operator.types("readers", "expire", "--days", "1", "--yes")
    assert "4 history entries" in expired.output


def test_nothing_is_forgotten_without_a_yes(operator: Operator) -> None:
    operator.types("history", "load", operator.file("one.csv", "이용자,서명\n새벽,아몬드\n"))
    refused = operator.types("readers", "erase", "새벽", stdin="n\n", exit_code=2)
    assert "Erase the history and the preferences of '새벽'?" in refused.output

    assert json.loads(operator.types("readers", "export", "새벽").output)["read_books"][0]["title"] == "아몬드"


@pytest.mark.parametrize("file", ["", "이름\n가람\n", "title,age\n?!,\n"])
def test_statistics_that_say_nothing_are_an_error_in_one_sentence(operator: Operator, file: str) -> None:
    result = operator.types("popularity", "load", operator.file("useless.csv", file), exit_code=2)
    assert "useless.csv" in result.output or "none of 1 rows could be used" in result.output
