"""`bench http` from a file to its figures, with the real commands in processes of their own."""

from pathlib import Path

import pytest

from evaluation.bench.processes import ProcessFailedError, run_command, running_server, settings_for
from evaluation.bench.real_queries import KINDS
from evaluation.bench.serving import REST, measure_serving

ROWS = [
    "EM0001,나의 라임 오렌지나무,J. M. 바스콘셀로스,동녘,2003,879 바57나",
    "EM0002,어린 왕자,앙투안 드 생텍쥐페리,열린책들,2015,863 생884어",
    "EM0003,데미안,헤르만 헤세,민음사,2000,853 헤53데",
    "EM0004,아몬드,손원평,창비,2017,813.7 손66아",
    "EM0005,소년이 온다,한강,창비,2014,813.7 한12소",
    "EM0006,총 균 쇠,재레드 다이아몬드,문학사상,2005,309.09 다69총",
    "EM0007,이기적 유전자,리처드 도킨스,을유문화사,2018,476.1 도878이",
    "EM0008,코스모스,칼 세이건,사이언스북스,2006,443.1 세68코",
]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "도서관.csv"
    path.write_text("\n".join(["등록번호,서명,저자,출판사,출판년도,청구기호", *ROWS]), encoding="utf-8")
    return path


def test_loading_serving_and_every_stage_are_measured(catalogue: Path) -> None:
    figures = measure_serving(catalogue, requests=8, report=lambda _: None)
    assert (figures.catalogue, figures.books, figures.request.samples) == ("도서관.csv", len(ROWS), 8)
    assert set(figures.by_kind) == set(KINDS)
    assert {"analysis", "encoding", "retrieval", "documents", "evidence", REST} <= set(figures.by_stage)
    assert 0 < figures.by_stage["retrieval"].p50 < figures.request.p95
    assert figures.load_seconds > 0
    assert figures.start_seconds > 0


def test_a_catalogue_that_cannot_be_loaded_is_reported_in_the_indexers_words(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    with pytest.raises(ProcessFailedError, match=r"empty\.csv"):
        measure_serving(empty, requests=4, report=lambda _: None)


def test_the_operators_engine_and_data_are_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEOGA_ENGINE", "elasticsearch")
    monkeypatch.setenv("SEOGA_DATA_DIR", "/srv/library")
    monkeypatch.setenv("SEOGA_ENCODER", "bundled")
    settings = {name: value for name, value in settings_for(tmp_path).items() if name.startswith("SEOGA_")}
    assert settings == {"SEOGA_DATA_DIR": str(tmp_path), "SEOGA_ENCODER": "bundled"}


def test_the_output_and_the_cost_of_a_command_are_kept(tmp_path: Path) -> None:
    finished = run_command(("indexer", "--help"), settings_for(tmp_path))
    assert "books" in finished.output
    assert finished.seconds > 0
    assert finished.usage is None or (finished.usage.cpu_seconds > 0 and finished.usage.peak_bytes > 5_000_000)


def test_a_server_that_cannot_start_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SEOGA_ENCODER", "no such encoder")
    with (
        pytest.raises(ProcessFailedError, match="no such encoder"),
        running_server(settings_for(tmp_path)),
    ):
        pytest.fail("it started")
