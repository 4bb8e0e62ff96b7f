"""Pairs in a CSV, whatever its columns are called."""

from pathlib import Path

import pytest

from recommender.bundle import load_bundle
from recommender.errors import InputError
from training.cli.lora.options import columns_of
from training.lora.table import read_table

LIMITS = load_bundle().recommend.enrichment

TABLE = """질문,책,지은이,이유,도움,기분
잠이 안 와요,숲의 시간,김나무 지음,"나무 이야기가, 고요합니다.",천천히 쉬게 합니다.,지침
잠이 안 와요,바다 일기,,바다의 문장이 잔잔합니다.,하루를 닫게 합니다.,지침
취업이 걱정이에요,,박길,길을 찾는 이야기입니다.,용기를 줍니다.,
"""
COLUMNS = {"question": "질문", "title": "책", "author": "지은이", "why": "이유", "help": "도움", "mood": "기분"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "reasons.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def test_rows_become_pairs_and_those_of_one_question_one_list(path: Path) -> None:
    found = read_table(path, COLUMNS, LIMITS)

    forest, sea = found.examples
    assert (forest.book.title, forest.book.authors, forest.why) == (
        "숲의 시간",
        ("김나무",),
        "나무 이야기가, 고요합니다.",
    )
    assert forest.shelf == sea.shelf == {"숲의시간", "바다일기"}
    assert {"휴식", "번아웃"} <= {term.text for term in forest.enriched.terms}
    assert forest.place.row == 2


def test_an_empty_cell_is_told_with_its_row(path: Path) -> None:
    (problem,) = read_table(path, COLUMNS, LIMITS).problems

    assert problem.sentence() == 'reasons.csv, row 4: 책 "": nothing is in 책; fill it in; this row was kept out'


def test_columns_that_are_not_there_are_named_with_those_that_are(path: Path) -> None:
    with pytest.raises(InputError, match=r"no column for question=question, title=title.*its columns are 질문, 책"):
        read_table(path, {}, LIMITS)


def test_a_language_that_is_neither_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reasons.csv"
    path.write_text("question,title,why,help,language\na,b,c,d,fr\n", encoding="utf-8")

    (problem,) = read_table(path, {}, LIMITS).problems

    assert (problem.field, problem.value) == ("language", "fr")


def test_what_is_no_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reasons.csv"
    path.write_bytes("질문".encode("cp949"))

    with pytest.raises(InputError, match=r"reasons.csv: cannot be read as a CSV in UTF-8"):
        read_table(path, {}, LIMITS)


def test_columns_are_named_on_the_command_line() -> None:
    assert columns_of(["question=질문", "why=이유=들"]) == {"question": "질문", "why": "이유=들"}
    with pytest.raises(InputError, match="--column wy=이유: write FIELD=COLUMN with a field of question"):
        columns_of(["wy=이유"])
