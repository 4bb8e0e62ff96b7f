"""`recommendations precompute` as operators run it, on both engines: killed, continued, limited to some, and served."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from recommender.library import Library, open_library
from recommender.recommend.keeping.precomputed import PrecomputedAnswers
from recommender.recommend.values import Question, ServedFrom
from recommender.settings import Settings
from tests import serving
from tests.conftest import ENGINES, index_prefix

READERS = 150
PATIENCE_SECONDS = 120


@pytest.fixture(params=ENGINES)
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of commands over the sample library and some more readers."""
    settings: dict[str, str] = {"engine": request.param}
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        settings |= {
            "elasticsearch_url": url,
            "elasticsearch_prefix": index_prefix(),
            "elasticsearch_timeout": "60",
        }
    variables = serving.environment(tmp_path / "data", **settings)
    serving.indexer(variables, "sample")
    serving.indexer(variables, "history", "load", borrowers(tmp_path / "loans.json"))
    yield variables
    library = opened(variables)
    for index in library.engine.indices():
        library.engine.drop_index(index)
    library.close()


def opened(variables: dict[str, str]) -> Library:
    return open_library(Settings.from_environment(variables))


def borrowers(path: Path) -> Path:
    """Many readers with a book or two of the sample."""
    titles = ["아몬드", "데미안", "코스모스", "어린 왕자", "불편한 편의점"]
    readers = [
        {
            "reader_id": f"reader {number}",
            "read_books": [
                {"title": titles[number % 5], "rating": 1 + number % 5, "read_date": "2026-05-01"},
                {"title": titles[(number + 1 + number // 5) % 5], "rating": 5, "read_date": "2026-06-01"},
            ],
        }
        for number in range(READERS)
    ]
    path.write_text(json.dumps({"readers": readers}, ensure_ascii=False), encoding="utf-8")
    return path


def precompute(variables: dict[str, str], *options: str, code: int = 0) -> str:
    done = serving.indexer(variables, "recommendations", "precompute", *options, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def killed_in_the_middle(variables: dict[str, str], library: Library) -> int:
    """Start a run, kill it as soon as something is kept, and return how much that is."""
    command = [sys.executable, "-m", "indexer", "recommendations", "precompute", "--batch", "3"]
    process = subprocess.Popen(command, cwd=serving.ROOT, env=variables, stdout=subprocess.DEVNULL)
    kept = PrecomputedAnswers(library.engine)
    until = time.monotonic() + PATIENCE_SECONDS
    while not kept.count():
        assert process.poll() is None, "it ended before anything was kept"
        assert time.monotonic() < until, "nothing was kept"
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return kept.count()


def served(library: Library, reader: str) -> ServedFrom:
    return library.recommend.recommend(Question(reader_id=reader)).served_from


def test_a_night(environment: dict[str, str], tmp_path: Path) -> None:
    library = opened(environment)
    everybody = len(library.readers.everybody())
    assert everybody == READERS + 3

    left = killed_in_the_middle(environment, library)
    assert 0 < left < everybody

    said = precompute(environment)
    assert f"{everybody} readers: {everybody - left} answers made, {left} still right, 0 failures" in said
    assert served(library, "reader 7") is ServedFrom.PRECOMPUTED
    answer = library.recommend.recommend(Question(reader_id="reader 7"))
    assert "데미안" not in [each.book.title for each in answer.recommendations]

    # What one of them reads, or a book that changes, concerns those alone whom it concerns.
    loan = tmp_path / "loan.json"
    loan.write_text(json.dumps({"read_books": [{"title": "모모", "rating": 5}]}), encoding="utf-8")
    serving.indexer(environment, "history", "load", loan, "--reader", "reader 7")
    assert served(library, "reader 7") is ServedFrom.FRESH
    assert served(library, "reader 8") is ServedFrom.PRECOMPUTED
    assert "1 answer made, " in precompute(environment)

    some = tmp_path / "some.txt"
    some.write_text("reader 1\nreader 2\n\nnobody\n", encoding="utf-8")
    said = precompute(environment, "--readers", str(some), "--readers", "haneul", "--language", "en", code=1)
    assert "4 readers: 3 answers made, 0 still right, 1 failure" in said
    assert "nobody: there is no reader 'nobody'" in said

    status = serving.indexer(environment, "recommendations", "status").stdout
    assert f"{everybody + 3} answers, 0 of them too old to be served" in status
    serving.indexer(environment, "readers", "erase", "reader 8", "--yes")
    assert PrecomputedAnswers(library.engine).count() == everybody + 2
    assert (
        f"{everybody + 2} answers dropped" in serving.indexer(environment, "recommendations", "clear", "--yes").stdout
    )
    assert "Nothing is kept" in serving.indexer(environment, "recommendations", "status").stdout
    library.close()


def test_ctrl_c_keeps_what_is_made_and_says_so(environment: dict[str, str]) -> None:
    library = opened(environment)
    command = [sys.executable, "-m", "indexer", "recommendations", "precompute", "--batch", "3"]
    process = subprocess.Popen(
        command, cwd=serving.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    kept = PrecomputedAnswers(library.engine)
    until = time.monotonic() + PATIENCE_SECONDS
    while not kept.count():
        assert time.monotonic() < until, "nothing was kept"
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 1
    assert "Stopped. What is made stays" in err
    assert "answers made" in out
    assert kept.count() > 0
    library.close()
