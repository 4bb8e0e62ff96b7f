"""What librarians say of how books feel: in effect at once, and through every later load, on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.cli.opening import catalogue_loader
from indexer.loading import CatalogueLoader, LoadOptions
from indexer.progress import SilentProgress
from recommender.appeal.applying import Codes
from recommender.engine.base import Search
from recommender.library import Library, open_library
from recommender.models import AppealFacet, AppealSource, Book, Effect, Mood, Pace
from recommender.recommend.values import Intake, Question
from recommender.settings import Settings
from tests.conftest import ENGINES, index_prefix

MOOD, EFFECT, PACE, DEPTH = AppealFacet.MOOD, AppealFacet.EFFECT, AppealFacet.PACE, AppealFacet.DEPTH

CATALOGUE = """등록번호,서명,저자,청구기호,설명,분위기
A1,불편한 편의점,김호연 지음,813.7-김95불,"골목 모퉁이 작은 편의점에 모인 이웃들이 서로의 상처를 보듬으며 다시 살아갈 힘을 얻는 따뜻한 소설입니다.",
A2,모방범,미야베 미유키 지음,833.6-미63모,"공원에서 시작된 연쇄 살인 사건을 쫓는 형사와 기자, 숨 막히는 추격과 반전으로 끝까지 긴장감을 놓을 수 없는 스릴러.",
A3,데미안,헤르만 헤세 지음,853-헤54ㄷ,"알을 깨고 나오려는 소년이 자기 자신에게 이르는 길을 묻습니다.",생각하게 하는
A4,수학의 정석,홍성대 지음,410-홍54수,,
"""


@pytest.fixture(params=ENGINES)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    settings = {"data_dir": tmp_path / "data", "engine": request.param, "elasticsearch_prefix": index_prefix()}
    if request.param == "elasticsearch":
        settings |= {"elasticsearch_url": request.getfixturevalue("elasticsearch_url"), "elasticsearch_timeout": 60.0}
    opened = open_library(Settings(**settings))
    yield opened
    for index in opened.engine.indices():
        opened.engine.drop_index(index)
    opened.close()


@pytest.fixture
def loader(library: Library, tmp_path: Path) -> CatalogueLoader:
    (tmp_path / "books.csv").write_text(CATALOGUE, encoding="utf-8")
    made = catalogue_loader(library, SilentProgress())
    made.load([tmp_path / "books.csv"], LoadOptions())
    return made


def book(library: Library, title: str) -> Book:
    body = {"query": {"bool": {"filter": [{"term": {"title_keys": title.replace(" ", "")}}]}}, "size": 1}
    (answer,) = library.engine.msearch([Search("books", body)])
    return library.search.book(answer.ids[0])


def found_by(library: Library, field: str, value: str) -> set[str]:
    body = {"query": {"bool": {"filter": [{"term": {field: value}}]}}, "size": 10}
    (answer,) = library.engine.msearch([Search("books", body)])
    return {library.search.book(book_id).title for book_id in answer.ids}


def librarians_word(found: Book) -> Codes:
    terms = [term for term in found.appeal if term.source is AppealSource.LIBRARIAN]
    return {facet: tuple(term.code for term in terms if term.facet is facet) for facet in found.corrected}


def test_loading_estimates_what_the_record_leaves_open(library: Library, loader: CatalogueLoader) -> None:  # noqa: ARG001 (what it loaded)
    thriller, demian, textbook = (book(library, title) for title in ("모방범", "데미안", "수학의 정석"))

    assert (MOOD, Mood.TENSE) in {(term.facet, term.code) for term in thriller.estimated}
    assert all(term.source is AppealSource.ESTIMATED and term.confidence < 1 for term in thriller.estimated)
    assert not thriller.moods
    assert demian.moods == (Mood.THOUGHTFUL,)
    assert MOOD not in {term.facet for term in demian.estimated}
    assert textbook.appeal == ()
    assert found_by(library, "likely_appeal", "mood:tense") == {"모방범"}


def test_a_correction_is_in_effect_at_once_and_survives_loading_and_rolling_back(
    library: Library, loader: CatalogueLoader, tmp_path: Path
) -> None:
    said: Codes = {MOOD: (Mood.MELANCHOLY,), EFFECT: (), PACE: (Pace.SLOW,)}
    library.appeal.correct(book(library, "모방범"), said)
    library.appeal.correct(book(library, "데미안"), {MOOD: (Mood.BEAUTIFUL,)})

    def check() -> None:
        assert found_by(library, "moods", "melancholy") == {"모방범"}
        assert found_by(library, "pace", "slow") == {"모방범"}
        assert found_by(library, "likely_appeal", "mood:tense") == set()
        assert found_by(library, "moods", "beautiful") == {"데미안"}
        assert found_by(library, "moods", "thoughtful") == set()
        assert librarians_word(book(library, "모방범")) == said

    check()
    loader.reindex()
    check()
    loader.load([tmp_path / "books.csv"], LoadOptions())
    check()
    loader.load([tmp_path / "books.csv"], LoadOptions(add=True))
    check()
    library.appeal.correct(book(library, "데미안"), {})
    assert book(library, "데미안").moods == (Mood.THOUGHTFUL,)
    loader.roll_back()
    assert book(library, "데미안").moods == (Mood.THOUGHTFUL,)
    assert librarians_word(book(library, "모방범")) == said


def test_a_correction_taken_back_leaves_the_book_as_it_was_loaded(library: Library, loader: CatalogueLoader) -> None:  # noqa: ARG001 (what it loaded)
    before = book(library, "모방범")
    library.appeal.correct(before, {MOOD: (), DEPTH: ()})
    library.appeal.correct(before, {})
    assert book(library, "모방범") == before
    assert found_by(library, "likely_appeal", "mood:tense") == {"모방범"}


def test_a_correction_follows_its_book_into_the_work_it_is_merged_with(
    library: Library, loader: CatalogueLoader, tmp_path: Path
) -> None:
    apart = book(library, "불편한 편의점")
    library.appeal.correct(apart, {EFFECT: (Effect.COMFORT,)})
    (tmp_path / "new.csv").write_text(
        "등록번호,제어번호,서명,저자,청구기호\nB1,KMO202112345,불편한 편의점,김호연 지음,813.7-김95불\n",
        encoding="utf-8",
    )
    loader.load([tmp_path / "books.csv", tmp_path / "new.csv"], LoadOptions())
    merged = book(library, "불편한 편의점")
    assert merged.id != apart.id
    assert librarians_word(merged) == {EFFECT: (Effect.COMFORT,)}
    assert library.appeal.find(apart.id).id == merged.id

    library.appeal.correct(merged, {})
    assert librarians_word(library.appeal.find(apart.id)) == {}


def test_a_corrected_book_is_suggested_for_what_it_was_said_to_be(library: Library, loader: CatalogueLoader) -> None:  # noqa: ARG001 (what it loaded)
    question = Question(intake=Intake(mood="happy"), size=1)
    library.appeal.correct(book(library, "데미안"), {MOOD: (Mood.CHEERFUL, Mood.HOPEFUL)})
    (first,) = library.recommend.recommend(question).recommendations
    assert first.book.title == "데미안"

    library.appeal.correct(book(library, "데미안"), {MOOD: (Mood.SAD,)})
    library.appeal.correct(book(library, "불편한 편의점"), {MOOD: (Mood.CHEERFUL, Mood.HOPEFUL)})
    (first,) = library.recommend.recommend(question).recommendations
    assert first.book.title == "불편한 편의점"
