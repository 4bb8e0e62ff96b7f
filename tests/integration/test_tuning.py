"""Tuning over a real collection and a real catalogue, as the command does it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.cli import main
from recommender.bundle import load_bundle

PASSAGES = {
    "cat": ("고양이 돌보기", "새끼 고양이를 처음 집에 들인 날부터 밥을 주고 씻기는 법을 차례로 알려 준다."),
    "dog": ("강아지와 산책", "강아지를 데리고 걷는 길에서 지켜야 할 일과 목줄을 매는 법을 알려 준다."),
    "star": ("밤하늘 이야기", "망원경 없이 별자리를 찾는 법과 계절마다 보이는 별을 그림으로 보여 준다."),
    "bread": ("빵 굽는 아침", "반죽을 부풀리고 화덕에서 굽기까지 집에서 하는 방법을 사진으로 보여 준다."),
}
QUERIES = {
    "q1": ("고양이 밥을 어떻게 주나요", "cat"),
    "q2": ("강아지 목줄", "dog"),
    "q3": ("계절 별자리", "star"),
    "q4": ("집에서 빵 반죽하기", "bread"),
    "q5": ("how to find stars", "star"),
    "q6": ("baking bread at home", "bread"),
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    folder.mkdir()
    passages = [{"_id": key, "title": title, "text": text} for key, (title, text) in PASSAGES.items()]
    queries = [{"_id": key, "text": text} for key, (text, _) in QUERIES.items()]
    for name, records in (("corpus.jsonl", passages), ("queries.jsonl", queries)):
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / name).write_text(lines, encoding="utf-8")
    judged = "".join(f"{key}\t{found}\t1\n" for key, (_, found) in QUERIES.items())
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n" + judged, encoding="utf-8")
    return folder


def test_a_tuned_bundle_says_what_it_gained_and_where_it_comes_from(
    collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = tmp_path / "catalogue.csv"
    rows = [f"{title},홍길동,{2001 + number}" for number, (title, _) in enumerate(PASSAGES.values())]
    catalogue.write_text("\n".join(["title,author,publication_year", *rows]) + "\n", encoding="utf-8")
    monkeypatch.setenv("SEOGA_DATA_DIR", str(tmp_path / "data"))
    out = tmp_path / "tuned.json"
    options = [
        "--known-items",
        str(catalogue),
        "--trials",
        "6",
        "--folds",
        "2",
        "--version",
        "ours-1",
        "--out",
        str(out),
    ]

    done = CliRunner().invoke(main, ["tune", str(collection), *options])

    assert done.exit_code == 0, done.output
    bundle = load_bundle(out)
    assert bundle.version == "ours-1"
    assert bundle.lineage.parent == load_bundle().version
    assert bundle.lineage.data[0] == "ours: 6"
    assert bundle.lineage.data[1].startswith("titles of catalogue: ")
    assert "ours" in done.output
    assert bundle.search.rerank == load_bundle().search.rerank


def test_nothing_to_tune_with_is_said(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["tune", "--out", str(tmp_path / "bundle.json")])

    assert done.exit_code == 2
    assert "name a judged collection, or a catalogue by --known-items, or say --sample" in done.output
    assert not (tmp_path / "bundle.json").exists()
