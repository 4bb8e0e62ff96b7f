import csv
from pathlib import Path

from indexer.problems import Problem, write_problems

RATING = Problem("loans.csv", 214, "rating", "아주좋음", "this is not a number from 0 to 5")
YEAR = Problem("loans.csv", 7, "year", "19??", "this is no year from 1400 to 2028", kept_out=False)


def test_a_problem_is_one_sentence_with_place_value_and_consequence() -> None:
    assert (
        RATING.sentence()
        == 'loans.csv, row 214: rating "아주좋음": this is not a number from 0 to 5; this row was kept out'
    )
    assert YEAR.sentence().endswith("; the value was left out")
    assert (
        Problem("a.csv", 3, "", "", "this is no JSON object").sentence()
        == "a.csv, row 3: this is no JSON object; this row was kept out"
    )


def test_problems_are_written_so_that_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "new" / "loans.problems.csv"
    write_problems(path, [RATING, YEAR])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["row", "field", "value", "reason"],
            ["214", "rating", "아주좋음", "this is not a number from 0 to 5 (row kept out)"],
            ["7", "year", "19??", "this is no year from 1400 to 2028 (value left out)"],
        ]
