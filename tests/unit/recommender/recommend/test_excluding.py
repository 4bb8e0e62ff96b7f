"""Who gets which books, unless they ask for others."""

import pytest

from recommender.models import AgeGroup, Audience, Form, HistoryEntry, Preferences
from recommender.recommend.candidates import Excluded
from recommender.recommend.excluding import exclusions
from recommender.recommend.hearing import Hearing
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EditedQuestion, Intake, Question
from recommender.search.known import LiveCatalogue
from tests.small_library import SmallLibrary

DISLIKES = Preferences("r1", disliked_authors=("무라카미 하루키",), avoid_topics=("잔인한 장면",))


@pytest.fixture
def hearing(library: SmallLibrary) -> Hearing:
    return Hearing(library.analyzer, LiveCatalogue(library.engine, "books"))


def excluded(library: SmallLibrary, hearing: Hearing, question: Question, preferences: Preferences | None) -> Excluded:
    context = ReaderContext(preferences=preferences)
    return exclusions(hearing.hear(question), context, lambda text: library.analyzer.query_tokens(text).match)


@pytest.mark.parametrize(
    ("text", "age_group", "audiences", "forms"),
    [
        ("우주", None, (), ()),
        ("우주", AgeGroup.PRESCHOOL, (Audience.TEENS, Audience.ADULTS), ()),
        ("우주", AgeGroup.CHILDREN, (Audience.ADULTS,), ()),
        ("우주", AgeGroup.TEENS, (Audience.PRESCHOOL, Audience.ADULTS), (Form.PICTURE_BOOK,)),
        ("우주", AgeGroup.FORTIES, (Audience.PRESCHOOL,), (Form.PICTURE_BOOK,)),
        ("초등학생이 읽을 우주 책", None, (Audience.ADULTS,), ()),
        ("초등학생이 읽을 우주 책", AgeGroup.FORTIES, (Audience.ADULTS,), ()),  # whom the question names will read
        ("어린 딸에게 읽어 줄 그림책", AgeGroup.FORTIES, (), ()),
        ("아이와 함께 읽을 우주 책", AgeGroup.FORTIES, (), ()),
        ("회사에서 생긴 일", AgeGroup.CHILDREN, (Audience.ADULTS,), ()),
        ("성인이 읽을 역사 책", AgeGroup.TEENS, (Audience.PRESCHOOL,), (Form.PICTURE_BOOK,)),  # asked for
    ],
)
def test_nobody_gets_what_they_are_too_young_or_too_old_for(
    library: SmallLibrary,
    hearing: Hearing,
    text: str,
    age_group: AgeGroup | None,
    audiences: tuple[Audience, ...],
    forms: tuple[Form, ...],
) -> None:
    found = excluded(library, hearing, Question(text), Preferences("r1", age_group=age_group))

    assert (found.audiences, found.forms) == (audiences, forms)


def test_who_works_is_no_child(library: SmallLibrary, hearing: Hearing) -> None:
    found = excluded(library, hearing, Question("우주", Intake(occupation="employee")), None)

    assert (found.audiences, found.forms) == ((Audience.PRESCHOOL,), (Form.PICTURE_BOOK,))


@pytest.mark.parametrize(
    ("question", "authors", "topics"),
    [
        (Question("상실과 청춘"), ("무라카미 하루키",), 1),
        (Question("무라카미하루키의 소설"), (), 1),
        (Question("인상 깊은 장면이 많은 책"), ("무라카미 하루키",), 1),  # 장면 alone is not 잔인한 장면
        (Question("잔인한 장면이 나오는 스릴러"), ("무라카미 하루키",), 0),
        (Question("책", Intake(mood_text="하루키, 무라카미 하루키가 읽고 싶어요")), (), 1),
        (Question("책", edited=EditedQuestion(added=("무라카미 하루키",))), (), 1),
    ],
)
def test_disliked_authors_and_topics_are_left_out_until_asked_for(
    library: SmallLibrary, hearing: Hearing, question: Question, authors: tuple[str, ...], topics: int
) -> None:
    found = excluded(library, hearing, question, DISLIKES)

    assert (found.authors, len(found.topics)) == (authors, topics)


def test_another_edition_of_a_read_book_is_a_read_book(hearing: Hearing) -> None:
    history = (
        HistoryEntry("r1", "어린 왕자", "생텍쥐페리", "little-prince"),
        HistoryEntry("r1", "토지", "박경리"),
        HistoryEntry("r1", "마음"),
    )

    found = exclusions(hearing.hear(Question("별")), ReaderContext(history=history), lambda text: (text,))

    assert (found.book_ids, found.title_keys) == (("little-prince",), ("토지", "마음"))
    assert found.works == {("어린왕자", "생텍쥐페리"), ("토지", "박경리")}
