"""What questions and answers in own words say."""

import pytest

from recommender.recommend.hearing import Heard, Hearing
from recommender.recommend.safety import Danger
from recommender.recommend.values import EditedQuestion, Intake, Question, TraitKind
from recommender.search.known import LiveCatalogue
from recommender.search.request import Filters
from tests.small_library import SmallLibrary


@pytest.fixture
def hearing(library: SmallLibrary) -> Hearing:
    return Hearing(library.analyzer, LiveCatalogue(library.engine, "books"))


def words(heard: Heard) -> list[str]:
    return [word for answer in heard.answered for word in answer.words]


def traits(heard: Heard) -> set[tuple[TraitKind, str]]:
    return {trait for answer in heard.answered if answer.meaning for trait in answer.meaning.traits()}


def test_a_chosen_answer_and_own_words_beside_it_both_count(hearing: Hearing) -> None:
    heard = hearing.hear(Question(intake=Intake(mood="tired", mood_text="할머니가 돌아가셔서 일이 손에 안 잡혀요")))

    said = [(answer.field, answer.said) for answer in heard.answered]
    assert said[0] == ("mood", "tired")
    assert set(said[1:]) == {("mood", "할머니가 돌아가셔서 일이 손에 안 잡혀요")}
    assert "할머니" in words(heard)
    assert {(TraitKind.MOOD, "calm"), (TraitKind.EFFECT, "comfort"), (TraitKind.EFFECT, "empathy")} <= traits(heard)


def test_own_words_restrict_as_a_question_does(hearing: Hearing) -> None:
    heard = hearing.hear(Question("우주 이야기", intake=Intake(situation_text="만화 말고, 200쪽 이하")))

    assert heard.filters.also
    assert heard.filters.also.pages_to == 200
    assert heard.filters.also.without_forms == ("comic",)
    assert [route.phrase for route in heard.restrictions] == ["만화 말고", "200쪽 이하"]
    assert words(heard) == []


def test_the_filters_chosen_hold_beside_what_own_words_restrict(hearing: Hearing) -> None:
    heard = hearing.hear(Question("우주", Intake(focus_text="200쪽 이하"), filters=Filters(available=True)))

    assert (heard.filters.available, heard.filters.also and heard.filters.also.pages_to) == (True, 200)


@pytest.mark.parametrize(
    ("intake", "expected"),
    [
        (Intake(situation="before_sleep"), {(TraitKind.MOOD, "calm"), (TraitKind.DEPTH, "light"), (TraitKind.PAGES, "-250")}),
        (Intake(situation="on_the_move"), {(TraitKind.DEPTH, "light"), (TraitKind.PAGES, "-250")}),
        (Intake(occupation="student"), {(TraitKind.LEVEL, "teens")}),
        (Intake(focus="deep"), {(TraitKind.DEPTH, "deep"), (TraitKind.PACE, "slow")}),
        (Intake(focus="immersive"), {(TraitKind.DEPTH, "immersive"), (TraitKind.PACE, "fast")}),
    ],
)  # fmt: skip
def test_answers_say_how_long_how_hard_and_how_fast(
    hearing: Hearing, intake: Intake, expected: set[tuple[TraitKind, str]]
) -> None:
    assert expected <= traits(hearing.hear(Question(intake=intake)))


def test_a_genre_and_a_reader_are_heard_once(hearing: Hearing) -> None:
    heard = hearing.hear(Question("초등학교 3학년이 읽을 소설"))

    levels = [answer.said for answer in heard.answered if answer.meaning and answer.meaning.audience]
    assert levels == ["초등학교 3학년이 읽을"]
    assert (TraitKind.GENRE, "novels") in traits(heard)


@pytest.mark.parametrize(
    "question",
    [
        Question("죽고 싶어요"),
        Question("우주", intake=Intake(mood_text="죽고 싶어요")),
        Question("우주", edited=EditedQuestion(added=("자살하는 방법",))),
    ],
)
def test_danger_is_heard_wherever_it_is_said(hearing: Hearing, question: Question) -> None:
    heard = hearing.hear(question)

    assert heard.danger is Danger.MEANT
    assert "죽고" not in heard.text
    assert all("죽고" not in answer.said for answer in heard.answered)


def test_for_whom_is_no_word_to_look_for(hearing: Hearing) -> None:
    heard = hearing.hear(Question("초등학교 3학년이 읽을 짧은 우주 책"))

    assert [word.word for word in heard.asked] == ["우주"]


def test_pages_restrict_and_are_preferred(hearing: Hearing) -> None:
    heard = hearing.hear(Question("300쪽 이하 에세이"))

    assert (TraitKind.PAGES, "-300") in traits(heard)
    assert [route.value for route in heard.restrictions] == ["-300"]


@pytest.mark.parametrize(
    ("question", "looked_for"),
    [
        ("면접 앞두고 너무 떨려요", ["면접"]),
        ("발표만 하면 자꾸 두근거려요", ["발표"]),
        ("불안해서 잠이 안 와요", ["불안", "잠"]),  # a noun that hints is a subject, too
        ("너무 슬퍼요", ["슬퍼"]),  # under its own name
        ("떨림이 있는 음악", ["떨림", "음악"]),
        ("별을 그리는 아이", ["별", "그리"]),
    ],
)
def test_a_sign_of_a_feeling_is_understood_and_not_looked_for_as_a_word(
    hearing: Hearing, question: str, looked_for: list[str]
) -> None:
    assert [word.word for word in hearing.hear(Question(question)).asked] == looked_for
