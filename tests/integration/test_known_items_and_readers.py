"""The commands that ask a catalogue for its own books and take books from its readers, over a part of the sample."""

import json
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.cli import main

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
BOOKS = 250


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first books of the sample and, between them, rows such as people make."""
    file = tmp_path_factory.mktemp("catalogue") / "school.csv"
    with (SAMPLE / "catalogue.csv").open(encoding="utf-8-sig") as lines:
        header, *rows = list(islice(lines, BOOKS + 1))
    weird = [f"{title}{',' * header.count(',')}\n" for title in ("?!", "가", "   ", '"줄이\n바뀐 제목"', "A" * 3_000)]
    file.write_text("".join([header, *rows, *weird]), encoding="utf-8")
    return file


def test_books_are_found_however_they_are_typed(catalogue: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    arguments = ["known-items", str(catalogue), "--per-kind", "40", "--worst", "2", "--json", str(out)]

    result = CliRunner().invoke(main, arguments, catch_exceptions=False)

    assert result.exit_code == 0, result.output
    figures = json.loads(out.read_text(encoding="utf-8"))
    measured = {kind["kind"]: kind for kind in figures["kinds"]}
    for kind in ("exact", "unspaced", "misspaced", "half", "misspelt", "isbn"):
        assert measured[kind]["mrr"]["mean"] >= 0.97, measured[kind]["judged"]
    assert measured["author-word"]["success_at_10"]["mean"] >= 0.95
    assert measured["initials"]["success_at_10"]["mean"] >= 0.95
    assert all(kind["n"] or kind["why_none"] for kind in figures["kinds"])
    assert figures["books"] > BOOKS / 2


def test_a_file_without_books_is_an_error_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_text("서명,저자\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["known-items", str(file)])

    assert result.exit_code == 1
    assert "Error: empty.csv: there is a header, but no row below it" in result.output


@pytest.mark.parametrize("arguments", [[], ["--live", "catalogue.csv"]])
def test_one_catalogue_is_named(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("catalogue.csv").write_text("서명\n토지\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["known-items", *arguments])

    assert result.exit_code == 2
    assert "name a catalogue file, or say --live, not both" in result.output


def test_the_legs_of_the_product_stand_beside_the_baselines(tmp_path: Path) -> None:
    out = tmp_path / "readers.json"
    arguments = ["readers", str(SAMPLE / "history.json"), "--catalogue", str(SAMPLE / "catalogue.csv")]

    result = CliRunner().invoke(main, [*arguments, "--k", "5", "--json", str(out)], catch_exceptions=False)

    assert result.exit_code == 0, result.output
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert [leg["leg"] for leg in figures["legs"]] == [
        "popularity",
        "item-kNN",
        "ALS",
        "taste",
        "co-borrowed",
        "popular",
        "words and meaning",
        "all legs",
        "all but taste",
        "all but co-borrowed",
        "all but popular",
        "all but words and meaning",
    ]
    assert (figures["cases"], figures["by_date"]) == (3, 3)  # every book of the sample's three readers has a date
    assert figures["interactions"] + figures["unknown"] == figures["rows"]
    taste, co_borrowed = figures["legs"][3:5]
    assert taste["empty"] < 3  # of titles alone, nothing may be near enough to what somebody liked
    assert 0 < taste["coverage"] <= 1
    assert co_borrowed["empty"] == 3  # from three readers, of whom no two read the same, nothing can be learnt


def test_readers_alone_need_no_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "loans.csv"
    lines = [f"{reader},{title}\n" for reader in range(12) for title in ("아몬드", "페인트", "완득이")] + [
        "12,아몬드\n"
    ]
    file.write_text("".join(["이용자,서명\n", *lines]), encoding="utf-8")

    result = CliRunner().invoke(main, ["readers", str(file)], catch_exceptions=False)

    assert result.exit_code == 0, result.output
    legs = {line[:26].strip(): line[26:].split()[0] for line in result.stdout.splitlines()[-8:]}
    assert legs == {  # who read two of the three read the third
        "popularity": "1.000",
        "item-kNN": "1.000",
        "ALS": "1.000",
        "co-borrowed": "1.000",
        "popular": "1.000",
        "all legs": "1.000",
        "all but co-borrowed": "1.000",
        "all but popular": "1.000",
    }
