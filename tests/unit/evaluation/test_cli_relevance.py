"""The commands `run`, `collection`, `cases` and `questions` as somebody types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.cli import main

PASSAGES = {
    "demian": ("데미안", "싱클레어가 데미안을 만나 자기 안의 길을 찾아갑니다."),
    "almond": ("아몬드", "감정을 느끼지 못하는 소년 윤재가 곤이를 만나 조금씩 달라집니다."),
    "blues": ("천 개의 파랑", "경주마를 타던 로봇 콜리가 사람들의 삶을 천천히 바꾸어 놓습니다."),
    "kitchen": ("", "키친\n할머니를 잃고 혼자 남은 미카게가 부엌 곁에서 잠듭니다."),
    "holes": ("Holes", "Boys at a strange camp dig holes in the desert every day."),
    "wonder": ("Wonder", "A boy with an unusual face finds friends at a new school."),
}
QUESTIONS = {
    "q1": ("로봇이 나오는 소설", {"blues": 2}),
    "q2": ("감정을 모르는 소년 이야기", {"almond": 2, "wonder": 1}),
    "q3": ("키친", {"kitchen": 1}),
    "q4": ("boys digging in the desert", {"holes": 1}),
    "q5": ("아무도 묻지 않은 것", {}),
}


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("SEOGA_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    passages = [{"_id": name, "title": title, "text": text} for name, (title, text) in PASSAGES.items()]
    queries = [{"_id": name, "text": text} for name, (text, _) in QUESTIONS.items()]
    for name, records in (("corpus.jsonl", passages), ("queries.jsonl", queries)):
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    judged = (f"{query}\t{book}\t{grade}" for query, (_, grades) in QUESTIONS.items() for book, grade in grades.items())
    (folder / "qrels.tsv").write_text("\n".join(judged), encoding="utf-8")
    return folder


def test_run_measures_every_mode_beside_the_control(shelf: Path, tmp_path: Path, data_folder: Path) -> None:
    figures, queries = tmp_path / "figures.json", tmp_path / "queries.jsonl"

    result = CliRunner().invoke(
        main, ["run", str(shelf), "--control", "--json", str(figures), "--queries", str(queries), "--seed", "3"]
    )

    assert result.exit_code == 0, result.output
    assert "shelf: 6 passages, 4 queries (1 without a relevant passage left out)" in result.stdout
    (outcome,) = json.loads(figures.read_text(encoding="utf-8"))
    assert list(outcome["systems"]) == ["lexical", "dense", "hybrid", "control dense", "control hybrid"]
    assert outcome["systems"]["hybrid"]["success@1"] == 1.0
    assert outcome["conditions"]["control"] != outcome["conditions"]["encoder"]
    assert f"shelf: {outcome['reading']}" in " ".join(result.stdout.split())
    lines = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["q1", "q2", "q3", "q4"]
    assert lines[2]["systems"]["lexical"]["ids"][0] == "kitchen"  # catalogued under its first line
    assert not (data_folder / "engine").exists()  # the library of the run was its own


def test_run_draws_queries_and_runs_the_modes_asked_for(shelf: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"

    result = CliRunner().invoke(main, ["run", str(shelf), "--limit", "2", "--modes", "lexical", "--json", str(out)])

    assert result.exit_code == 0, result.output
    (outcome,) = json.loads(out.read_text(encoding="utf-8"))
    assert (outcome["queries"], list(outcome["systems"]), outcome["against_lexical"]) == (2, ["lexical"], {})


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run", "없는-폴더"], 1, "없는-폴더: there is no such folder; name one that holds corpus.jsonl"),
        (["run", ".", "--modes", "lexical,magic"], 2, "'lexical,magic' is not some of lexical,dense,hybrid"),
        (["run"], 2, "Missing argument"),
        (["cases", "없음.tsv"], 2, "없음.tsv"),
        (["collection", "translations", "없음.tsv", "out"], 2, "없음.tsv"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: list[str], code: int, message: str) -> None:
    result = CliRunner().invoke(main, arguments)

    assert (result.exit_code, message in result.output) == (code, True), result.output


def test_a_made_collection_can_be_run(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("news\t문이 잠겨 있다.\tThe door is locked.\nnews\t비가 온다.\tIt is raining.\n", encoding="utf-8")
    runner = CliRunner()

    made = runner.invoke(main, ["collection", "translations", str(pairs), str(tmp_path / "out")])
    assert (made.exit_code, made.stdout) == (0, f"{tmp_path / 'out'}: 2 passages, 2 queries\n"), made.output

    result = runner.invoke(main, ["run", str(tmp_path / "out"), "--modes", "dense"])
    assert result.exit_code == 0, result.output

    again = runner.invoke(main, ["collection", "translations", str(pairs), str(tmp_path / "out")])
    assert (again.exit_code, "there is a collection in it already" in again.output) == (1, True)


CATALOGUE = """\
제목,저자,설명
데미안,헤르만 헤세,싱클레어가 데미안을 만나 자기 안의 길을 찾아갑니다.
천 개의 파랑,천선란,경주마를 타던 로봇 콜리가 사람들의 삶을 바꾸어 놓습니다.
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.csv"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_cases_name_what_fails_and_end_with_its_exit_code(catalogue: Path, tmp_path: Path) -> None:
    file = tmp_path / "cases.tsv"
    file.write_text("query\tbook\twithin\n데미안\t데미안\t1\n로봇\t데미안\t1\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["cases", str(file), "--catalogue", str(catalogue)])

    assert result.exit_code == 1
    assert 'line 3: "로봇" has to find 데미안 in the first 1' in result.stdout
    assert result.stdout.endswith("1 of 2 cases hold.\n")


def test_cases_that_all_hold_end_well(catalogue: Path, tmp_path: Path) -> None:
    file = tmp_path / "cases.tsv"
    file.write_text("검색어\t서명\n천개의 파랑\t천 개의 파랑\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["cases", str(file), "--catalogue", str(catalogue)])

    assert (result.exit_code, result.stdout) == (0, "1 of 1 cases hold.\n"), result.output


def test_cases_of_a_library_without_a_catalogue_say_what_to_load(tmp_path: Path) -> None:
    file = tmp_path / "cases.tsv"
    file.write_text("query\tbook\n데미안\t데미안\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["cases", str(file)])

    assert result.exit_code == 1
    assert "there is no catalogue yet; run `python -m indexer books load FILE`" in result.output


def test_questions_are_measured_and_written(catalogue: Path, tmp_path: Path) -> None:
    file, out = tmp_path / "questions.tsv", tmp_path / "measured.json"
    file.write_text("query\tbook\tgrade\n로봇 이야기\t천 개의 파랑\t2\n", encoding="utf-8")

    result = CliRunner().invoke(main, ["questions", str(file), "--catalogue", str(catalogue), "--json", str(out)])

    assert result.exit_code == 0, result.output
    assert "hybrid   nDCG@10 1.000  (1 questions)" in result.stdout
    assert json.loads(out.read_text(encoding="utf-8"))["lexical"] == {"로봇 이야기": 1.0}
