"""Loading through the command line, on both engines, as an operator does."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli.main import main
from indexer.verification import Verifier
from recommender.engine import attachments
from recommender.engine.base import Engine
from recommender.engine.factory import create_engine
from recommender.library import open_library
from recommender.models import Audience, Book, Form, HoldingStatus, Mood, Weighted
from recommender.readers.pseudonyms import Pseudonyms
from recommender.readers.store import HISTORY as HISTORY_INDEX
from recommender.readers.store import ReaderStore
from recommender.records import book_from_record
from recommender.search.request import Mode, SearchRequest
from recommender.settings import Settings
from recommender.text.morphemes import Analyzer
from tests.conftest import ENGINES, index_prefix
from tests.integration import catalogue_files as files


@pytest.fixture(params=ENGINES)
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The settings of an empty library on each engine."""
    settings = {"SEOGA_DATA_DIR": str(tmp_path / "data"), "SEOGA_ENGINE": request.param}
    if request.param == "elasticsearch":
        settings["SEOGA_ELASTICSEARCH_URL"] = request.getfixturevalue("elasticsearch_url")
        settings["SEOGA_ELASTICSEARCH_PREFIX"] = index_prefix()
        settings["SEOGA_ELASTICSEARCH_TIMEOUT"] = "60"
    return settings


@pytest.fixture
def engine(environment: dict[str, str]) -> Iterator[Engine]:
    """The engine of that library, looked at from outside the commands."""
    engine = create_engine(Settings.from_environment(environment))
    yield engine
    for index in engine.indices():
        engine.drop_index(index)
    engine.close()


@pytest.fixture
def run(environment: dict[str, str], engine: Engine) -> "Run":  # noqa: ARG001 (the engine is emptied after the commands)
    return Run(environment)


class Run:
    """Runs commands in one environment."""

    def __init__(self, environment: dict[str, str]) -> None:
        others = {name: None for name in os.environ if name.startswith("SEOGA_")}
        self._runner = CliRunner(env=others | environment)

    def __call__(self, *arguments: object, exit_code: int = 0) -> Result:
        result = self._runner.invoke(main, [str(argument) for argument in arguments])
        assert result.exit_code == exit_code, result.output
        assert "Traceback" not in result.output
        return result


def catalogue(engine: Engine) -> dict[str, Book]:
    """Title → book, of the live generation."""
    books = (book_from_record(document.source["record"]) for document in engine.scan("books", source=["record"]))
    return {book.title: book for book in books}


def generations(engine: Engine) -> list[str]:
    return [name for name in engine.indices() if name.startswith("books-")]


def test_an_export_of_dls_is_loaded_and_every_row_accounted_for(run: Run, engine: Engine, tmp_path: Path) -> None:
    result = run("books", "load", files.write_dls_workbook(tmp_path / "리스트.xlsx"))
    assert "리스트.xlsx: 7 rows = 5 indexed + 2 merged + 0 problems" in result.output
    assert "5 books with 5 copies are live as books-" in result.output
    books = catalogue(engine)
    assert set(books) == {"데미안", "삼국지", "강아지똥", "궁", "침묵을 배우는 시간"}
    assert [holding.status for holding in books["데미안"].holdings] == [HoldingStatus.AVAILABLE, HoldingStatus.ON_LOAN]
    assert books["데미안"].available
    assert not books["삼국지"].available  # one volume is lost, the other is not lent
    assert books["삼국지"].call_number == "823.5 나18삼 v.10"
    assert (books["강아지똥"].audience, books["궁"].form) == (Audience.PRESCHOOL, Form.COMIC)


def test_descriptions_in_another_file_enrich_the_books(run: Run, engine: Engine, tmp_path: Path) -> None:
    described = files.write_jsonl(tmp_path / "descriptions.jsonl", files.DESCRIPTIONS)
    result = run("books", "load", files.write_csv(tmp_path / "catalogue.csv", encoding="cp949"), described)
    assert "descriptions.jsonl: 2 rows = 0 indexed + 2 merged + 0 problems" in result.output
    demian = catalogue(engine)["데미안"]
    assert (demian.description, demian.moods, len(demian.holdings)) == (
        "알을 깨고 나오려는 소년의 이야기입니다.",
        (Mood.THOUGHTFUL,),
        2,
    )


def test_exports_of_kolas_and_naru_are_loaded_together_by_adding(run: Run, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "kolas.csv").write_text(files.KOLAS, encoding="cp949")
    (tmp_path / "naru.csv").write_text(files.NARU, encoding="utf-8-sig")
    run("books", "load", tmp_path / "kolas.csv")
    run("books", "load", tmp_path / "naru.csv", "--add")
    again = run("books", "load", tmp_path / "naru.csv", "--add")
    assert "naru.csv: 2 rows = 0 indexed + 2 merged + 0 problems" in again.output
    books = catalogue(engine)
    assert set(books) == {"채식주의자", "구름빵", "불편한 편의점", "해리 포터와 마법사의 돌"}
    assert books["구름빵"].call_number == "아 813.8-백98ㄱ"
    assert (len(books["불편한 편의점"].holdings), books["불편한 편의점"].loans) == (3, 120)


def test_the_encoder_is_fitted_to_each_generation_and_returns_with_it(
    run: Run, engine: Engine, environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "kolas.csv").write_text(files.KOLAS, encoding="utf-8")
    serving = open_library(Settings.from_environment(environment))  # another process than the one that loads
    names: list[str] = []
    for command in (
        ("books", "load", files.write_csv(tmp_path / "catalogue.csv")),
        ("books", "load", tmp_path / "kolas.csv", "--add"),
        ("rollback",),
    ):
        run(*command)
        assert serving.search.search(SearchRequest("데미안", Mode.DENSE)).hits
        assert serving.encoder.name == engine.schema("books").meta["encoder"]
        assert serving.encoder.dims == engine.schema("books").meta["dims"]
        assert attachments.generations(engine) == set(generations(engine))
        assert all(finding.ok for finding in Verifier(engine, serving.analyzer, serving.encoder).verify())
        names.append(serving.encoder.name)
    serving.close()
    assert names[0] == names[2] != names[1]


def test_a_load_can_be_rolled_back_and_the_catalogue_rebuilt(run: Run, engine: Engine, tmp_path: Path) -> None:
    run("books", "load", files.write_csv(tmp_path / "catalogue.csv"))
    before = catalogue(engine)
    run("reindex")
    assert catalogue(engine) == before
    (tmp_path / "kolas.csv").write_text(files.KOLAS, encoding="utf-8")
    shrunk = run("books", "load", tmp_path / "kolas.csv")
    assert "Warning: The new catalogue has 2 books, the one it replaces 5" in shrunk.output
    assert "returns to it" in shrunk.output
    assert set(catalogue(engine)) == {"채식주의자", "구름빵"}
    assert "is live again (5 books)" in run("rollback").output
    assert catalogue(engine) == before
    assert len(generations(engine)) == 2


def test_status_and_verify_tell_the_truth(run: Run, engine: Engine, tmp_path: Path) -> None:
    assert "nothing yet" in run("status").output
    assert "nothing is live" in run("verify", exit_code=2).output
    run("books", "load", files.write_csv(tmp_path / "catalogue.csv"))
    status = run("status").output
    assert "5 books, built " in status
    assert "reindex" not in status
    verified = run("verify").output
    assert verified.count("ok  ") == 4
    assert "5 books found by their own title and by their own meaning" in verified
    (live,) = generations(engine)
    engine.move_alias("books", "generations")
    engine.drop_index(live)
    assert "FAIL" in run("verify", exit_code=2).output


def test_another_encoder_is_noticed_and_reindexed_away(
    run: Run, engine: Engine, environment: dict[str, str], tmp_path: Path
) -> None:
    run("books", "load", files.write_csv(tmp_path / "catalogue.csv"))
    words = tmp_path / "words.tsv"
    words.write_text("코르넬리아토프\tNNP\n", encoding="utf-8")
    with_words = Run(environment | {"SEOGA_USER_DICTIONARY": str(words)})
    assert "built with another analyzer than runs now; run `python -m indexer reindex`" in with_words("status").output
    assert "FAIL  built with" in with_words("verify", exit_code=2).output
    with_words("reindex")
    assert "reindex" not in with_words("status").output
    assert with_words("verify").output.count("ok  ") == 4
    assert engine.count("books") == 5


def test_the_way_back_needs_no_encoder(run: Run, environment: dict[str, str], tmp_path: Path) -> None:
    run("books", "load", files.write_csv(tmp_path / "catalogue.csv"))
    run("reindex")
    without = Run(environment | {"SEOGA_ENCODER": str(tmp_path / "no-model-here")})

    assert "is live again (5 books)" in without("rollback").output
    assert "no-model-here' cannot be loaded" in without("status").output


def test_a_dry_run_changes_nothing(run: Run, engine: Engine, tmp_path: Path) -> None:
    result = run("books", "load", files.write_csv(tmp_path / "catalogue.csv"), "--dry-run")
    assert "Dry run: 5 books with 5 copies; nothing was changed." in result.output
    assert generations(engine) == []


def test_problems_above_the_share_are_exit_code_1_and_listed(
    run: Run, engine: Engine, environment: dict[str, str], tmp_path: Path
) -> None:
    broken = tmp_path / "catalogue.csv"
    broken.write_text(
        "서명,저자,발행년\n데미안,헤르만 헤세,2009\n,이름 없는 책,2009\n싯다르타,헤르만 헤세,작년\n"
        + "가" * 1_048_576
        + ",x,\n",
        encoding="utf-8",
    )
    result = run("books", "load", broken, exit_code=1)
    assert "catalogue.csv: 4 rows = 2 indexed + 0 merged + 2 problems; 1 single value left out" in result.output
    report = Path(environment["SEOGA_DATA_DIR"]) / "problems" / "catalogue.problems.csv"
    lines = report.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "row,field,value,reason"
    assert [line.split(",")[:2] for line in lines[1:]] == [["3", "title"], ["4", "year"], ["5", "title"]]
    assert set(catalogue(engine)) == {"데미안", "싯다르타"}
    run("books", "load", broken, "--problem-share", "0.6")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty.csv: the file is empty"),
        ("binary.csv", b"\x00\x9f\x92" * 500, "binary.csv: this is a binary file"),
        ("columns.csv", "이름,작가\n데미안,헤세\n".encode(), "the columns seen are: 이름, 작가"),
        ("encoding.csv", "서명\n데미안\n".encode() + b"\xff\xfe\x80\n", "encoding.csv, line 3"),
        ("untitled.csv", "서명,저자\n,헤세\n".encode(), "none of 1 rows could be used"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(
    run: Run, engine: Engine, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    run("books", "load", files.write_csv(tmp_path / "catalogue.csv"))
    live = generations(engine)
    (tmp_path / name).write_bytes(content)
    result = run("books", "load", tmp_path / name, exit_code=2)
    assert said in result.output
    assert generations(engine) == live
    assert engine.count("books") == 5


def test_a_reader_is_loaded_under_a_pseudonym_and_matched_to_the_books(
    run: Run, engine: Engine, environment: dict[str, str], tmp_path: Path
) -> None:
    run("books", "load", files.write_csv(tmp_path / "catalogue.csv"))
    history = files.write_json(tmp_path / "user_reading_history.json", files.HISTORY)
    first = run("history", "load", history, "--reader", "haneul")
    assert "2 rows = 2 stored + 0 merged + 0 problems" in first.output
    assert "1 of 2 books are held by the library" in first.output
    assert "kept without a held book: 완벽이라는 중독" in first.output
    run("history", "load", history, "--reader", "haneul")
    run("preferences", "load", files.write_json(tmp_path / "preferences.json", files.PREFERENCES), "--reader", "haneul")
    store = ReaderStore(engine, Pseudonyms.from_settings(Settings.from_environment(environment)), Analyzer())
    entries = store.history("haneul")
    assert [(entry.title.split(" : ")[0], bool(entry.book_id), entry.rating) for entry in entries] == [
        ("침묵을 배우는 시간", True, 4.0),
        ("완벽이라는 중독", False, 4.5),
    ]
    assert entries[0].book_id == catalogue(engine)["침묵을 배우는 시간"].id
    preferences = store.preferences("haneul")
    assert preferences is not None
    assert (preferences.genres[0], preferences.tone, preferences.avoid_topics) == (
        Weighted("심리학", 0.8),
        "따뜻함",
        ("공포",),
    )
    assert not any("haneul" in repr(document) for document in engine.scan(HISTORY_INDEX))


def test_a_list_of_many_readers_is_loaded_and_replaced(run: Run, engine: Engine, tmp_path: Path) -> None:
    many = tmp_path / "loans.csv"
    many.write_text(
        "이용자번호,도서명,저자,대출일,평점\n1,데미안,헤세,2024-01-05,5\n1,싯다르타,헤세,2024-01-06,\n2,데미안,헤세,어제,아주좋음\n",
        encoding="utf-8",
    )
    result = run("history", "load", many, exit_code=1)
    assert "3 rows = 2 stored + 0 merged + 1 problem" in result.output
    assert engine.count(HISTORY_INDEX) == 2
    many.write_text("이용자번호,도서명,저자\n1,데미안,헤세\n", encoding="utf-8")
    assert "dropped: 1 earlier entries" in run("history", "load", many, "--replace").output
    assert engine.count(HISTORY_INDEX) == 1
