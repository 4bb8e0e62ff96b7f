"""The commands that measure and tune recommendations, over a part of the sample with one reader."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.cli import main
from recommender.bundle import bundle_text, load_bundle

SAMPLE = Path(__file__).resolve().parents[2] / "sample"

HEADER = "query\treader\tanswers\tbest\tfitting\n"
ROWS = (
    "로봇이 나오는 소설\t\t\t천 개의 파랑\t작별인사 | 클라라와 태양",
    "불안해서 잠이 안 와요\t\t\t나는 불안할 때 논어를 읽는다\t걱정도 습관이다",
    "수학이 싫은 아이\t\t\t수학 귀신\t수학의 저주",
    "\t\tmood=tired | effect=comfort\t멈추면, 비로소 보이는 것들\t위로의 미술관",
    "\t\tmood=excited | effect=escape\t해리포터\t호빗",
    "\thaneul\t\t지구 끝의 온실\t파견자들",
    "우주 이야기\thaneul\t\t창백한 푸른 점\t궁금했어, 우주",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The descriptions with copies in a catalogue of their own, so that they are held."""
    folder = tmp_path_factory.mktemp("school")
    lines = (SAMPLE / "descriptions.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "books.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "cases.tsv").write_text(HEADER + "\n".join(ROWS) + "\n", encoding="utf-8")
    return folder


def run(command: str, folder: Path, *options: str) -> str:
    made_of = ["--catalogue", str(folder / "books.jsonl"), "--history", str(SAMPLE / "history.json")]
    made_of += ["--preferences", str(SAMPLE / "preferences.json")]
    done = CliRunner().invoke(main, [command, str(folder / "cases.tsv"), *made_of, *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_measurement_names_figures_ablations_and_the_worst_cases(files: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"

    printed = run("recommendations", files, "--worst", "2", "--json", str(out))

    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["bundle"] == load_bundle().version
    assert figures["kinds"].keys() == {"question alone", "with answers", "for a reader"}
    assert list(figures["systems"]) == ["all legs", *figures["against_all_legs"]]
    assert figures["cases"]["불안해서 잠이 안 와요"] > 0.7
    worst = min(figures["cases"], key=figures["cases"].__getitem__)
    assert worst in printed
    assert printed.count("of the best were missed") == 2


def test_tuning_goes_on_from_a_bundle_and_says_what_it_gained(files: Path, tmp_path: Path) -> None:
    parent = json.loads(bundle_text(load_bundle()))
    parent["version"] = "search-7"
    parent["search"]["lexical"]["boosts"]["title"] = 5.5
    (tmp_path / "search.json").write_text(json.dumps(parent), encoding="utf-8")
    out = tmp_path / "tuned.json"
    options = ["--trials", "5", "--folds", "2", "--version", "ours-2", "--out", str(out)]

    printed = run("tune-recommendations", files, "--bundle", str(tmp_path / "search.json"), *options)

    bundle = load_bundle(out)
    assert (bundle.version, bundle.lineage.parent, bundle.lineage.seed) == ("ours-2", "search-7", 0)
    assert bundle.lineage.data[0] == "cases: 7"
    assert bundle.search == load_bundle(tmp_path / "search.json").search
    assert bundle.recommend.generation == load_bundle().recommend.generation
    assert "all cases" in printed
    assert "SEOGA_BUNDLE=" in printed


def test_too_few_cases_for_the_folds_are_said(files: Path, tmp_path: Path) -> None:
    out = tmp_path / "tuned.json"
    options = ["--catalogue", str(files / "books.jsonl"), "--history", str(SAMPLE / "history.json")]

    done = CliRunner().invoke(
        main, ["tune-recommendations", str(files / "cases.tsv"), *options, "--folds", "3", "--out", str(out)]
    )

    assert done.exit_code == 1
    assert "2 of the cases are of the kind “with answers”, too few for 3 folds" in done.output
    assert not out.exists()


def test_readers_of_another_library_are_not_mixed_with_the_sample(files: Path) -> None:
    done = CliRunner().invoke(
        main, ["recommendations", str(files / "cases.tsv"), "--history", str(SAMPLE / "history.json")]
    )

    assert done.exit_code == 1
    assert "--history and --preferences need a --catalogue" in done.output
