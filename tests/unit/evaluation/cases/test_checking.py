from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from evaluation.cases.checking import Verdict, as_json, check_cases, grade_answers
from evaluation.cases.values import Case, Judgement, Shelf
from recommender.bundle import load_bundle
from recommender.engine.embedded import EmbeddedEngine
from recommender.errors import InputError
from recommender.models import Book
from recommender.search.request import Mode
from recommender.search.service import SearchService
from recommender.text.morphemes import Analyzer
from tests.small_library import BOOKS, SmallLibrary

SHELF = Shelf(BOOKS)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("engine"))
    library = SmallLibrary(engine, Analyzer())
    yield SearchService(engine, library.analyzer, library.encoder, load_bundle().search)
    engine.close()


def test_a_case_holds_if_any_of_its_books_is_near_enough_to_the_front(service: SearchService) -> None:
    cases = [
        Case(2, "아몬드", ("아몬드",), 1),
        Case(3, "우정", ("토지", "id:almond"), 10),
        Case(4, "아몬드", ("키친",), 3),
        Case(5, "토지", ("태백산맥의 후예",), 1, "잘못 적은 제목"),
    ]

    verdicts = check_cases(service, SHELF, cases)

    assert [verdict.passed for verdict in verdicts] == [True, True, False, False]
    assert verdicts[0].first == "아몬드"
    assert [verdict.is_held for verdict in verdicts] == [True, True, True, False]


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (
            Verdict(Case(7, "데미얀", ("데미안",), 1, "한 글자 틀림"), 4, "키친", is_held=True),
            'line 7: "데미얀" has to find 데미안 in the first 1, but it came 4; first stood 키친 (한 글자 틀림)',
        ),
        (
            Verdict(Case(7, "쀍", ("데미안", "변신"), 3), None, "", is_held=True),
            'line 7: "쀍" has to find 데미안 or 변신 in the first 3, but it was not among the first 100; nothing was found',
        ),
        (
            Verdict(Case(7, "대미안", ("대미안",), 3), None, "데미안", is_held=False),
            'line 7: "대미안" has to find 대미안 in the first 3, but the library holds no such book; correct the title or take the line out',
        ),
    ],
)
def test_a_failure_says_what_stood_there_instead(verdict: Verdict, sentence: str) -> None:
    assert verdict.sentence == sentence


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        ("천 개의 파랑", ("thousand-blues",)),
        ("천개의파랑", ("thousand-blues",)),
        ("id:holes", ("holes",)),
        ("id:없음", ()),
        ("파랑", ()),
    ],
)
def test_a_book_is_meant_by_its_title_or_id(named: str, ids: tuple[str, ...]) -> None:
    assert SHELF.meant(named) == ids


def test_all_works_of_a_title_are_meant_and_subtitles_and_other_titles_count() -> None:
    shelf = Shelf(
        (
            Book(id="novel", title="덕혜옹주"),
            Book(id="life", title="덕혜옹주", subtitle="조선의 마지막 황녀"),
            Book(id="giver", title="The Giver", other_titles=("기억 전달자",)),
        )
    )

    assert shelf.meant("덕혜옹주") == ("novel", "life")
    assert shelf.meant("덕혜옹주 : 조선의 마지막 황녀") == ("life",)
    assert shelf.meant("(The)Giver") == shelf.meant("기억 전달자") == ("giver",)


JUDGEMENTS = (
    Judgement(2, "로봇이 나오는 소설", "천 개의 파랑", 2),
    Judgement(3, "로봇이 나오는 소설", "작별인사", 1),
    Judgement(4, "로봇이 나오는 소설", "토지", 0),
    Judgement(5, "funny adventure at a camp", "Holes", 2),
)


def test_graded_questions_are_measured_mode_by_mode(service: SearchService) -> None:
    graded = grade_answers(service, SHELF, JUDGEMENTS, (Mode.LEXICAL, Mode.HYBRID))

    assert [one.mode for one in graded] == [Mode.LEXICAL, Mode.HYBRID]
    assert graded[0].queries == ("로봇이 나오는 소설", "funny adventure at a camp")
    assert graded[1].ndcg[1] == 1.0
    assert graded[1].mean == pytest.approx(np.mean(graded[1].ndcg))
    assert 0.3 < graded[1].ndcg[0] <= 1
    assert as_json(graded)["hybrid"]["funny adventure at a camp"] == 1.0


def test_a_judged_title_that_is_not_held_is_an_error(service: SearchService) -> None:
    with pytest.raises(InputError, match='line 9: the library holds no book "혼불"; correct the title'):
        grade_answers(service, SHELF, [*JUDGEMENTS, Judgement(9, "종가", "혼불", 1)], (Mode.LEXICAL,))


def test_the_sample_files_are_where_tests_and_documentation_say() -> None:
    sample = Path(__file__).resolve().parents[4] / "sample"

    assert (sample / "relevance_cases.tsv").is_file()
    assert (sample / "relevance_questions.tsv").is_file()
