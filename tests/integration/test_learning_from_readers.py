"""What readers borrow, by the commands' own parts: loaded, learnt, recommended, followed through changes, forgotten."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.documents import book_document, tokenise_books
from indexer.readers.learning import CrowdLearner
from indexer.readers.loading import ReadersLoader
from indexer.readers.removing import erase, expire, export
from recommender.bundle import load_bundle
from recommender.engine.base import Action, Engine, Operation
from recommender.errors import NotFoundError
from recommender.generation.composed import ComposedGenerator
from recommender.models import AgeGroup, Book
from recommender.readers.crowd import CrowdStore
from recommender.recommend.values import EvidenceCode, Question, Recommendations
from recommender.records import content_text
from recommender.text.morphemes import Analyzer
from tests.small_library import BOOKS, SmallLibrary

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

HISTORIES = """이용자,서명,저자,대출일,나이
가람,토지,박경리,2026-01-05,45
가람,태백산맥,조정래,2026-02-05,45
누리,토지,박경리,2026-01-06,48
누리,태백산맥,조정래,2026-02-06,48
다솜,토지,박경리,2026-01-07,41
다솜,태백산맥,조정래,2026-02-07,41
다솜,키친,요시모토 바나나,2026-03-07,41
라온,키친,요시모토 바나나,2026-03-08,15
라온,아몬드,손원평,2026-03-09,15
새벽,토지,박경리,2026-04-01,
"""
LOANS = """rnk,title,author,ISBN,age,gender,YY,MM,book_num
1,아몬드,손원평,,14.0,0,2026.0,9.0,80
1,아몬드,손원평,,14.0,1,2026.0,9.0,60
2,천 개의 파랑,천선란,,14.0,0,2026.0,9.0,50
1,어느 도서관에도 없는 책,아무개,,14.0,0,2026.0,9.0,40
1,토지,박경리,,50.0,0,2026.0,9.0,30
"""


class Town:
    """A small library with readers, and what its operator does."""

    def __init__(self, engine: Engine, analyzer: Analyzer, folder: Path) -> None:
        self.small = SmallLibrary(engine, analyzer)
        self.engine = engine
        self.readers = self.small.readers
        self.crowd = CrowdStore(engine)
        self._folder = folder
        self._loader = ReadersLoader(engine, self.readers, folder / "problems", this_year=NOW.year)
        self._learner = CrowdLearner(engine, self.readers, load_bundle().recommend.crowd, lambda: NOW)
        self.service = self.small.service(ComposedGenerator())
        self.load_history(HISTORIES, "loans.csv")

    def load_history(self, text: str, name: str) -> None:
        self._loader.load_history(self._file(name, text), reader="reader", replace=False, columns={})
        self.learnt = self._learner.learn()

    def load_preferences(self, text: str) -> None:
        self._loader.load_preferences(self._file("preferences.json", text), reader="reader", columns={})

    def load_loans(self) -> tuple[str, ...]:
        report = self._loader.load_loans(self._file("top.csv", LOANS), replace=False, columns={})
        self.learn()
        return report.not_held

    def learn(self) -> None:
        self.learnt = self._learner.learn()

    def put(self, book: Book, *, instead_of: str) -> None:
        """Change the catalogue, as a load that merges works does."""
        (tokens,) = tokenise_books([book], self.small.analyzer)
        vector = self.small.encoder.encode_documents([content_text(book)])[0]
        operations = [
            Operation(Action.DELETE, instead_of),
            Operation(Action.INDEX, book.id, book_document(book, tokens, vector)),
        ]
        self.engine.bulk("books", operations, refresh=True)

    def recommended(self, reader: str, text: str = "") -> Recommendations:
        return self.service.recommend(Question(text, reader_id=reader, size=5))

    def companions(self, book_id: str) -> list[str]:
        return [other for other, _ in self.crowd.companions([book_id]).get(book_id, ())]

    def _file(self, name: str, text: str) -> Path:
        path = self._folder / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(num_workers=1)


@pytest.fixture
def town(engine: Engine, analyzer: Analyzer, tmp_path: Path) -> Town:
    return Town(engine, analyzer, tmp_path)


def test_what_others_borrowed_with_a_liked_book_is_recommended_and_says_so(town: Town) -> None:
    answer = town.recommended("새벽")

    (found,) = [each for each in answer.recommendations if each.book.id == "bare-lent"]
    assert (EvidenceCode.CO_BORROWED, ("토지",)) in {(each.code, each.words) for each in found.evidence}
    assert "토지" in found.reasons.why
    assert {leg.leg for leg in found.legs} >= {"co_borrowed"}
    assert "bare" not in answer.candidates  # read


def test_fewer_than_three_readers_teach_nothing(town: Town) -> None:
    assert town.companions("bare") == ["bare-lent"]
    assert town.companions("kitchen") == []  # one reader each shares it with 토지 and with 아몬드
    assert town.learnt.pairs == 2


def test_who_is_erased_is_forgotten_by_what_was_learnt(town: Town) -> None:
    assert erase(town.readers, "다솜").entries == 3
    town.learn()

    assert town.companions("bare") == []
    with pytest.raises(NotFoundError, match="nothing is kept of a reader '다솜'"):
        export(town.readers, "다솜")
    with pytest.raises(NotFoundError, match="there is no reader '다솜'"):
        town.recommended("다솜")


def test_what_has_expired_is_forgotten_too(town: Town) -> None:
    said: list[str] = []
    assert expire(town.readers, NOW.replace(month=2, day=1).date(), report=said.append).entries == 3
    town.learn()

    assert town.companions("bare") == []
    assert said == []


def test_works_that_merge_are_followed_through_histories(town: Town) -> None:
    toji = next(book for book in BOOKS if book.id == "bare")
    town.put(replace(toji, id="toji-whole", former_ids=("bare",)), instead_of="bare")
    town.learn()

    assert town.learnt.recognised == 5  # four readers of the file, and the small library's own
    assert town.companions("toji-whole") == ["bare-lent"]
    assert town.companions("bare") == []
    assert {entry.book_id for entry in town.readers.history("새벽")} == {"toji-whole"}
    assert "toji-whole" not in town.recommended("새벽").candidates


def test_a_book_that_is_bought_later_is_recognised_in_old_histories(town: Town) -> None:
    town.load_history("이용자,서명,저자,대출일\n새벽,코스모스,칼 세이건,2026-05-01\n", "later.csv")
    assert [entry.book_id for entry in town.readers.history("새벽")] == ["", "bare"]
    bare = next(book for book in BOOKS if book.id == "bare-lent")
    cosmos = replace(bare, id="cosmos", title="코스모스", people=(replace(bare.people[0], name="칼 세이건"),))
    town.put(cosmos, instead_of="nobody-has-it")
    town.learn()

    assert [entry.book_id for entry in town.readers.history("새벽")] == ["cosmos", "bare"]


def test_a_new_reader_gets_what_others_of_the_age_borrow(town: Town) -> None:
    assert town.load_loans() == ("어느 도서관에도 없는 책",)
    town.load_preferences(json.dumps({"readers": [{"reader_id": "새봄", "preferences": {"age_group": "중학생"}}]}))
    answer = town.recommended("새봄")

    first = answer.recommendations[0]
    assert (first.book.id, first.evidence[0].code, first.evidence[0].words) == (
        "almond",
        EvidenceCode.POPULAR,
        ("14", "19"),
    )
    assert "14~19세" in first.reasons.why
    assert town.readers.age_groups()[town.readers.pseudonym("새봄")] is AgeGroup.TEENS


def test_what_is_popular_only_moves_what_answers_the_question(town: Town) -> None:
    town.load_loans()
    answer = town.service.recommend(Question("중학생이 읽을 로봇 이야기", size=5))

    assert answer.recommendations[0].book.id == "thousand-blues"
    found_by = {each.book.id: {leg.leg for leg in each.legs} for each in answer.recommendations}
    assert "popular" in found_by["thousand-blues"]
    assert all(legs - {"popular"} for legs in found_by.values())


def test_a_reader_takes_their_data_along(town: Town) -> None:
    told = export(town.readers, "다솜")
    told["reader_id"] = "다솜-새-번호"
    town.load_history(json.dumps({"readers": [told]}, ensure_ascii=False), "export.json")

    before, after = town.readers.history("다솜"), town.readers.history("다솜-새-번호")
    assert [replace(entry, reader_id="") for entry in after] == [replace(entry, reader_id="") for entry in before]
    assert len(after) == 3


def test_loading_the_same_statistics_twice_doubles_nothing(town: Town) -> None:
    town.load_loans()
    once = town.crowd.popular([AgeGroup.TEENS])
    town.load_loans()

    assert town.crowd.popular([AgeGroup.TEENS]) == once
    assert once.books[0][0] == "almond"
