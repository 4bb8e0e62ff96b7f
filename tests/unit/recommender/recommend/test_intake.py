import pytest

from recommender.models import Audience, Depth, Effect, Mood
from recommender.recommend.hints import MOST_HINTS, hints
from recommender.recommend.intake import FIELDS, MEANINGS, SPOKEN, Answer, answers, begins_any
from recommender.recommend.values import Intake


def test_every_offered_answer_has_a_meaning_and_can_be_said_in_other_words() -> None:
    assert {field: tuple(meanings) for field, meanings in MEANINGS.items()} == FIELDS
    assert {field: tuple(spoken) for field, spoken in SPOKEN.items()} == FIELDS


def test_answers_come_in_the_order_of_the_questions_with_what_they_mean() -> None:
    intake = Intake(focus="light", mood=" anxious ", situation="한라산에서")

    assert answers(intake) == (
        Answer("mood", "anxious", MEANINGS["mood"]["anxious"]),
        Answer("situation", "한라산에서", None),  # free text that stands for nothing we offer
        Answer("focus", "light", MEANINGS["focus"]["light"]),
    )


def test_nothing_answered_is_nothing() -> None:
    assert answers(Intake(mood="  ")) == ()


@pytest.mark.parametrize(
    ("field", "said", "code"),
    [
        ("mood", "요즘 많이 지쳤어요", "tired"),
        ("mood", "불안해요", "anxious"),
        ("mood", "슬퍼요", "depressed"),
        ("mood", "I am so worried", "anxious"),
        ("mood", "Feeling LOW today", "depressed"),
        ("effect", "기분 전환하고 싶다", "escape"),
        ("effect", "위로받고 싶어요", "comfort"),
        ("effect", "some courage", "inspiration"),
        ("occupation", "중학생입니다", "student"),
        ("occupation", "작은 회사에 다녀요", "employee"),
        ("occupation", "취업 준비생", "job_seeker"),
        ("situation", "자기 전에", "before_sleep"),
        ("situation", "출퇴근 길", "on_the_move"),
        ("situation", "on the train", "on_the_move"),
        ("focus", "가볍게 읽고 싶어요", "light"),
        ("focus", "푹 빠져서", "immersive"),
    ],
)
def test_an_answer_in_other_words_means_the_offered_one(field: str, said: str, code: str) -> None:
    (answer,) = answers(Intake(**{field: said}))

    assert answer.meaning == MEANINGS[field][code]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("mood", "slowly"),  # "low" is a word of its own
        ("mood", "편안합니다"),  # 불안 begins no word here
        ("situation", "nightingale"),
        ("occupation", "우주 비행사"),
        ("focus", "보통"),
    ],
)
def test_other_words_mean_nothing(field: str, said: str) -> None:
    (answer,) = answers(Intake(**{field: said}))

    assert answer == Answer(field, said, None)


@pytest.mark.parametrize(
    ("text", "beginnings", "found"),
    [
        ("자기 전에", ["자기전"], "자기 전"),
        ("혼자기 전에", ["자기전"], ""),
        ("잠이 안 와요", ["잠이안"], "잠이 안"),
        ("a comic book", ["comic", "comics"], "comic"),
        ("comical", ["comic"], ""),
        ("", ["불안"], ""),
    ],
)
def test_beginnings_are_those_of_words(text: str, beginnings: list[str], found: str) -> None:
    assert begins_any(text, beginnings) == found


@pytest.mark.parametrize(
    ("question", "said", "moods", "effects"),
    [
        ("할머니가 돌아가셔서 힘이 없어요", "돌아가셔", {Mood.WARM, Mood.COMFORTING, Mood.HOPEFUL}, {Effect.COMFORT, Effect.EMPATHY}),
        ("시험 때문에 불안해요", "불안", {Mood.CALM, Mood.COMFORTING}, {Effect.COMFORT}),
        ("웃긴 책", "웃긴", {Mood.CHEERFUL, Mood.WITTY}, {Effect.ESCAPE}),
        ("I feel lonely", "lonely", {Mood.WARM, Mood.HONEST}, {Effect.EMPATHY}),
        ("추리소설", "추리", {Mood.TENSE, Mood.MYSTERIOUS}, set()),
    ],
)  # fmt: skip
def test_a_question_hints_at_what_its_asker_needs(
    question: str, said: str, moods: set[Mood], effects: set[Effect]
) -> None:
    (hint,) = hints(question)

    assert (hint.field, hint.said) == ("question", said)
    assert hint.meaning is not None
    assert (set(hint.meaning.moods), set(hint.meaning.effects)) == (moods, effects)


@pytest.mark.parametrize(
    ("question", "audience", "depth"),
    [
        ("초등학생이 쉽게 읽는 별자리", Audience.CHILDREN, Depth.LIGHT),
        ("청소년이 읽는 가벼운 철학", Audience.TEENS, Depth.LIGHT),
    ],
)
def test_a_question_hints_at_its_readers(question: str, audience: Audience, depth: Depth) -> None:
    meanings = [hint.meaning for hint in hints(question) if hint.meaning]

    assert {meaning.audience for meaning in meanings} == {audience, None}
    assert {meaning.depth for meaning in meanings} == {depth, None}


@pytest.mark.parametrize("question", ["조선 시대의 화학", "우주와 별", "데미안", "python programming", ""])
def test_a_plain_question_hints_at_nothing(question: str) -> None:
    assert hints(question) == ()


def test_a_long_story_hints_at_no_more_than_it_should() -> None:
    story = "불안하고 우울하고 지쳤고 슬프고 외롭고 화나고 막막하고 용기도 없고 웃긴 만화가 좋아요"

    assert len(hints(story)) == MOST_HINTS
