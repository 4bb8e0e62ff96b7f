"""Words of danger are heard, and what only sounds like them is not."""

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from recommender.engine.embedded import EmbeddedEngine
from recommender.generation.base import Choice, ChoiceTask, GeneratorState
from recommender.generation.composed import ComposedGenerator
from recommender.models import AppealFacet, AppealSource, AppealTerm, Book, Mood
from recommender.recommend.safety import HELP_LINES, Danger, could_hurt, danger_in, without_danger
from recommender.recommend.values import Intake, Question
from recommender.text.morphemes import Analyzer
from tests.small_library import READER, SmallLibrary, book

MAYBE_SAD = AppealTerm(AppealFacet.MOOD, Mood.SAD, 0.31, AppealSource.ESTIMATED)

MEANT = (
    "죽고 싶어요",
    "요즘 너무 힘들어서 그냥 죽고싶다는 생각만 들어요",
    "살기 싫어요",
    "더 이상 못 살겠어요",
    "사라지고 싶은 밤에 읽을 책",
    "자살하고 싶어요",
    "자살",
    "자살 방법",
    "안 아프게 죽는 방법",
    "손목을 그었어요",
    "자해를 멈추고 싶어요",
    "목을 매고 싶다",
    "옥상에서 뛰어내리고 싶어요",
    "살 이유가 없어요",
    "나 하나 없어져도 아무도 모를 거예요",
    "내일 아침에 깨어나지 않았으면 좋겠어요",
    "아빠가 매일 때려요",
    "남자친구가 저를 때렸어요",
    "학교 폭력을 당하고 있어요",
    "성추행을 당했어요",
    "집에 가기 무서워요",
    "유서를 썼어요",
    "극단적인 선택을 할까 봐 무서워요",
    "차라리 죽는 게 나아요",
    "태어나지 말았어야 했어요",
    "다 끝내고 싶다",
    "자살 예방 상담",
    "I want to die",
    "I want to kill myself",
    "I don't want to live anymore",
    "thinking of ending my life",
    "I've been cutting myself",
    "everyone would be better off without me",
    "suicidal thoughts",
    "suicide",
    "my dad hits me",
    "I was raped",
    "I'm afraid to go home",
    "I wish I was dead",
    "no reason to live",
    "self-harm",
    "삶을 끝내고 싶어요",
    "죽을 용기도 없어요",
    "살고 싶지 않아요",
)
AS_A_SUBJECT = (
    "자살을 다룬 사회학 책",
    "자살에 관한 책",
    "books about suicide",
    "청소년 자살 예방 교육 자료",
    "자살 유가족의 이야기",
)
HARMLESS = (
    "자살론",
    "《자살론》",
    "뒤르켐 자살론",
    "죽고 못 사는 친구 이야기",
    "죽여주는 추리소설",
    "배고파 죽겠어요, 요리책 주세요",
    "심심해 죽겠다",
    "시험 때문에 힘들어 죽겠어요",
    "시험 스트레스",
    "시험공부하기 싫어요",
    "죽고 싶지만 떡볶이는 먹고 싶어",
    "「죽고 싶지만 떡볶이는 먹고 싶어」",
    "dying to read something funny",
    "a plot to die for",
    "kill time on the train",
    "To Kill a Mockingbird",
    "The Virgin Suicides",
    "Suicide Squad",
    "this exam is killing me",
    "살인자의 기억법",
    "혼자 살 집",
    "혼자 사는 사람",
    "자살률 통계",
    "자살골",
    "우울할 때 읽을 책",
    "외로워요",
    "할머니가 돌아가셨어요",
    "죽음이란 무엇인가",
    "죽음을 다룬 그림책",
    "살기 좋은 도시",
    "더 이상 못 참겠어요 웃긴 책",
    "좋아서 죽겠어요",
    "웃겨 죽는 줄 알았어요",
    "죽기 전에 꼭 읽어야 할 책",
    "살을 빼고 싶어요",
    "뛰어내리는 고양이",
    "사라진 고양이",
    "불안해서 잠이 안 와요",
    "학교 폭력을 다룬 소설",
    "가정폭력에 관한 책",
    "약을 먹어야 하나요",
    "손목 통증",
    "목을 다쳤어요",
    "세상을 떠나보낸 사람",
    "세상 끝까지 여행",
    "지구가 사라진다면",
    "killer whales",
    "murder mystery",
    "a detective who kills time",
    "how to not die alone on a diet",
    "books about death",
    "my phone is dead",
    "die hard fans",
    "death of a salesman",
    "살인 사건",
    "죽은 시인의 사회",
    "모든 것이 끝난 뒤",
)


@pytest.mark.parametrize("text", MEANT)
def test_words_of_danger_are_heard(text: str) -> None:
    assert danger_in(text) is Danger.MEANT


@pytest.mark.parametrize("text", AS_A_SUBJECT)
def test_a_subject_is_told_from_a_wish(text: str) -> None:
    assert danger_in(text) is Danger.MENTIONED


@pytest.mark.parametrize("text", HARMLESS)
def test_titles_and_turns_of_phrase_are_no_danger(text: str) -> None:
    assert danger_in(text) is Danger.NONE


def test_the_worst_of_several_texts_counts() -> None:
    assert danger_in() is Danger.NONE
    assert danger_in("불안", "자살에 관한 책", "죽고 싶어요") is Danger.MEANT


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("친구가 없어서 죽고 싶어요", "친구가 없어서"),
        ("사라지고 싶은 밤에 읽을 책", "밤에 읽을 책"),
        ("I want to die. A book about gardens", "A book about gardens"),
        ("I want to kill myself because of school", "school"),
        ("I'm tired and I want to die but I like the sea", "I'm tired but I like the sea"),
        ("회사에서 혼나고 집에 오면 자해를 해요", "회사에서 혼나고 집에 오면"),
        ("죽고 싶어요", ""),
        ("배고파 죽겠어요, 요리책", "배고파 죽겠어요, 요리책"),
    ],
)
def test_what_is_left_of_a_question_can_be_looked_for(text: str, left: str) -> None:
    assert without_danger(text) == left


@pytest.mark.parametrize(
    ("record", "hurts"),
    [
        (book("a", "연쇄살인의 밤", "가"), True),
        (book("b", "조용한 집", "나", "시체가 발견된 뒤의 이야기입니다."), True),
        (book("c", "The Last House", "D", "A horror story.", language="en"), True),
        (book("d", "겨울 강", "라", "강가의 하루입니다.", moods=[Mood.MELANCHOLY]), True),
        (book("e", "부엌의 온기", "마", "할머니와 밥을 짓습니다.", moods=[Mood.WARM]), False),
        (Book("f", "강가에서", estimated=(MAYBE_SAD,)), True),  # only a guess, and left out all the same
    ],
)
def test_books_that_could_hurt_are_known_by_their_records(record: Book, *, hurts: bool) -> None:
    assert could_hurt(record) is hurts


DARK = (
    book("dark", "죽고 싶은 밤", "가나", "죽고 싶은 사람들이 모인 밤의 이야기입니다.", keywords="자살 죽음"),
    book("crime", "친구의 살인", "다라", "친구가 없어진 날의 범죄를 쫓습니다.", keywords="친구 범죄 위로"),
    book(
        "warm", "밥 짓는 마음", "마바", "친구와 밥을 나누며 위로를 얻습니다.", keywords="친구 위로", moods=[Mood.WARM]
    ),
    book(
        "hope",
        "희망의 온도",
        "사아",
        "다시 희망을 찾는 사람들의 마음입니다.",
        keywords="희망 마음",
        moods=[Mood.HOPEFUL],
    ),
)


class Eavesdropper:
    """A model that must not be asked."""

    name = "eavesdropper"
    state = GeneratorState.READY

    def choose(self, tasks: Sequence[ChoiceTask]) -> tuple[Choice, ...]:
        raise AssertionError(tasks)


@pytest.mark.parametrize("text", ["죽고 싶어요", "친구가 없어서 죽고 싶어요", "자살하고 싶은데 범죄 소설 주세요"])
def test_comfort_is_looked_for_and_nothing_that_hurts_is_handed_out(
    analyzer: Analyzer, tmp_path: Path, text: str
) -> None:
    engine = EmbeddedEngine(tmp_path)
    answer = SmallLibrary(engine, analyzer, DARK).service(Eavesdropper()).recommend(Question(text=text))  # type: ignore[arg-type]
    engine.close()

    assert {item.book.id for item in answer.recommendations} == {"warm", "hope"}
    assert answer.notice == HELP_LINES
    assert all(item.generated_by == "composed" for item in answer.recommendations)


def test_a_mood_in_own_words_is_heard_too(library: SmallLibrary) -> None:
    answer = library.service(ComposedGenerator()).recommend(Question(intake=Intake(mood="살기 싫어요", focus="light")))

    assert answer.notice == HELP_LINES
    assert answer.recommendations
    assert "살기" not in " ".join(term.text for term in answer.enriched.terms)


def test_such_questions_and_moods_are_neither_stored_nor_logged(
    analyzer: Analyzer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = EmbeddedEngine(tmp_path)
    library = SmallLibrary(engine, analyzer)
    before = (library.readers.history(READER), library.readers.preferences(READER), library.readers.counts())
    question = Question(
        "쥐도새도모르게 죽고 싶어요", Intake(mood="막다른골목같아요", effect="comfort"), reader_id=READER
    )

    with caplog.at_level(logging.DEBUG):
        answer = library.service(ComposedGenerator()).recommend(question)

    assert answer.recommendations
    assert (library.readers.history(READER), library.readers.preferences(READER), library.readers.counts()) == before
    engine.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "윤재의 우정".encode() in written  # what is stored would be found
    for words in ("쥐도새도모르게", "막다른골목", "죽고 싶"):
        assert words.encode() not in written
        assert words not in caplog.text
