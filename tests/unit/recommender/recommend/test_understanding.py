"""What a question restricts besides asking, and that no answer breaks it."""

import pytest

from recommender.generation.composed import ComposedGenerator
from recommender.models import Form
from recommender.recommend.understanding import asked_forms, read_question
from recommender.recommend.values import Question
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
