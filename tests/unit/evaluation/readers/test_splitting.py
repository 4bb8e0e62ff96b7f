from pathlib import Path

import pytest

from evaluation.readers.interactions import by_reader, item_of, read_interactions
from evaluation.readers.splitting import leave_last_out
from recommender.errors import InputError
from recommender.models import HistoryEntry


def entry(reader: str, title: str, read_on: str = "", book_id: str = "") -> HistoryEntry:
    return HistoryEntry(reader, title, read_on=read_on, book_id=book_id)


DATED = [
    entry("하늘", "페인트", "2026-03-02"),
    entry("하늘", "아몬드", "2026-05-11"),
    entry("하늘", "완득이", "2026-01-20"),
]


def test_the_last_book_read_is_taken_away() -> None:
    split = leave_last_out(by_reader(DATED), seed=1)
    (case,) = split.cases
    assert (case.held_out, case.items, case.by_date) == ("아몬드", ("완득이", "페인트"), True)
    assert split.known == {"하늘": ("완득이", "페인트")}


def test_without_every_date_a_random_one_is_the_same_for_a_seed() -> None:
    histories = by_reader([*DATED, entry("하늘", "토지")])
    cases = [leave_last_out(histories, seed=seed).cases[0] for seed in range(30)]
    assert {case.held_out for case in cases} == {"페인트", "아몬드", "완득이", "토지"}
    assert not any(case.by_date for case in cases)
    assert leave_last_out(histories, seed=3).cases[0] == cases[3]


def test_who_read_one_book_is_known_and_not_asked_about() -> None:
    split = leave_last_out(by_reader([*DATED, entry("구름", "토지")]), seed=1)
    assert [case.reader_id for case in split.cases] == ["하늘"]
    assert split.known["구름"] == ("토지",)


def test_a_book_read_twice_is_one_with_its_latest_date() -> None:
    histories = by_reader([entry("하늘", "아몬드", "2026-05-11"), entry("하늘", " 아 몬드", "2025-01-02")])
    assert [each.read_on for each in histories["하늘"]] == ["2026-05-11"]


@pytest.mark.parametrize(
    ("of", "item"),
    [
        (HistoryEntry("하늘", "아몬드", book_id="b1", isbn="9788936434267"), "b1"),
        (HistoryEntry("하늘", "아몬드", isbn="9788936434267"), "9788936434267"),
        (HistoryEntry("하늘", "아 몬드 / 손원평 지음"), "아몬드"),
    ],
)
def test_what_a_book_is_known_by(of: HistoryEntry, item: str) -> None:
    assert item_of(of) == item


def test_a_file_of_numbers_and_weights(tmp_path: Path) -> None:
    file = tmp_path / "loans.csv"
    file.write_text("user_id,isbn10,weight\n7,8936434268,3.2\n8,8936434268,1.0\n8,잘못된 번호,1.0\n", encoding="utf-8")
    interactions = read_interactions(file)
    assert [(each.reader_id, item_of(each)) for each in interactions.entries] == [
        ("7", "9788936434267"),
        ("8", "9788936434267"),
    ]
    assert (interactions.rows, interactions.kept_out) == (3, 1)
    assert {(problem.row, problem.value) for problem in interactions.problems} == {(4, "잘못된 번호"), (4, "")}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "loans.csv: the file is empty"),
        ("이용자,서명\n7,\n", r'loans.csv: none of 1 rows could be used; the first: loans.csv, row 2: title "": '),
        ("이용자,서명,평점\n7,아몬드,아주좋음\n", r'row 2: rating "아주좋음": this is not a number from 0 to 5'),
        (
            "서명\n아몬드\n페인트\n",
            "all 2 rows are of one reader, .* give the readers in a column reader_id or user_id",
        ),
    ],
)
def test_a_file_that_cannot_be_measured_is_told_where_and_why(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "loans.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_interactions(file)
