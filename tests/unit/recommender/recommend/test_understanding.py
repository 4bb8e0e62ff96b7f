"""What a question restricts besides asking, and that no answer breaks it."""

import pytest

from recommender.generation.composed import ComposedGenerator
from recommender.models import Form
from recommender.recommend.understanding import asked_forms, preferences_of, read_question
from recommender.recommend.values import EditedQuestion, Question, TraitKind
from recommender.search.known import LiveCatalogue
from recommender.search.request import Filters
from tests.small_library import SmallLibrary


@pytest.mark.parametrize(
    ("question", "text", "forms", "without_forms"),
    [
        ("만화 말고 우주 이야기 추천해 줘", "      우주 이야기 추천해 줘", (), (Form.COMIC,)),
        ("불안할 때 읽을 책, 문제집은 빼고", "불안할 때 읽을 책,", (), (Form.WORKBOOK,)),
        ("수학 문제집 추천해 줘", "수학 문제집 추천해 줘", (Form.WORKBOOK,), ()),
        ("초등학생이 읽을 우주 책", "초등학생이 읽을 우주 책", (), ()),  # for whom is hinted at, not filtered by
        ("걱정 말고 웃고 싶어요", "걱정 말고 웃고 싶어요", (), ()),
    ],
)
def test_a_question_is_read_without_what_only_restricts_it(
    library: SmallLibrary, question: str, text: str, forms: tuple[Form, ...], without_forms: tuple[Form, ...]
) -> None:
    read = read_question(question, Filters(), library.analyzer, LiveCatalogue(library.engine, "books"))
    said = read.filters.also or Filters()

    assert (read.text.rstrip(), said.forms, said.without_forms) == (text, forms, without_forms)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("문제집 추천해 줘", (Form.WORKBOOK,)),
        ("수학 문제집이 필요해요", (Form.WORKBOOK,)),
        ("영어 사전 있나요?", (Form.REFERENCE,)),
        ("과학 잡지 찾아 주세요", (Form.PERIODICAL,)),
        ("can you recommend a chemistry textbook", (Form.WORKBOOK,)),
        ("문제집만 풀다가 지쳤어요", ()),
        ("문제집을 풀다가 울었어요", ()),
        ("불안해서 잠이 안 와요", ()),
        ("a novel about a textbook thief", ()),
    ],
)
def test_forms_that_are_asked_for(text: str, forms: tuple[Form, ...]) -> None:
    assert asked_forms(text) == forms


def test_workbooks_answer_who_asks_for_them_and_nobody_else(library: SmallLibrary) -> None:
    service = library.service(ComposedGenerator())
    asked = service.recommend(Question(text="불안 문제집 추천해 줘"))
    refused = service.recommend(Question(text="불안 극복 책 추천해 줘, 문제집은 빼고"))

    assert [item.book.id for item in asked.recommendations] == ["anxiety-workbook"]
    assert "anxiety-workbook" not in refused.candidates
    assert "anxiety" in refused.candidates


def test_what_is_refused_in_words_is_never_suggested(library: SmallLibrary) -> None:
    service = library.service(ComposedGenerator())
    every = service.recommend(Question(text="로봇이 나오는 책 추천해 줘"))
    refused = service.recommend(Question(text="전쟁 이야기 말고 로봇이 나오는 책 추천해 줘"))

    assert "robot-war" in every.candidates
    assert "robot-war" not in refused.candidates
    assert "thousand-blues" in refused.candidates


def test_a_restriction_taken_back_restricts_no_more_and_its_words_are_not_looked_for(library: SmallLibrary) -> None:
    edited = EditedQuestion(removed=frozenset({"limit:without:만화"}))
    catalogue = LiveCatalogue(library.engine, "books")

    read = read_question("만화 말고 우주 이야기", Filters(), library.analyzer, catalogue, edited=edited)

    assert (read.text.split(), read.filters.also, read.routes) == (["우주", "이야기"], None, ())
    assert [route.phrase for route in read.taken_back] == ["만화 말고"]


@pytest.mark.parametrize(
    ("question", "traits"),
    [
        ("초등학교 3학년이 읽을 우주 책", [(TraitKind.LEVEL, "children")]),
        ("7살 아이에게 읽어 줄 책", [(TraitKind.LEVEL, "preschool"), (TraitKind.LEVEL, "children")]),
        ("짧은 소설 추천해 줘", [(TraitKind.PAGES, "-200")]),
        ("쉬운 경제 책", [(TraitKind.DEPTH, "light")]),
        ("우주를 다룬 책", []),
    ],
)
def test_for_whom_how_long_and_how_hard_is_preferred(
    library: SmallLibrary, question: str, traits: list[tuple[TraitKind, str]]
) -> None:
    read = read_question(question, Filters(), library.analyzer, LiveCatalogue(library.engine, "books"))
    meanings = [answer.meaning for answer in preferences_of(read.others) if answer.meaning]

    assert [trait for meaning in meanings for trait in meaning.traits()] == traits
