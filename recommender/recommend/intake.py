"""The five questions about the reader's mood, and what an answer means for a search."""

from collections.abc import Mapping
from dataclasses import dataclass

from recommender.models import Depth, Effect, Mood
from recommender.recommend.values import Intake

MOODS = ("happy", "tired", "anxious", "depressed", "excited", "confused")
EFFECTS = ("escape", "empathy", "comfort", "inspiration", "perspective")
OCCUPATIONS = ("student", "employee", "freelancer", "homemaker", "job_seeker")
SITUATIONS = ("before_sleep", "on_the_move", "weekend", "relieving_stress")
FOCUSES = ("light", "deep", "immersive")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "mood": MOODS,
    "effect": EFFECTS,
    "occupation": OCCUPATIONS,
    "situation": SITUATIONS,
    "focus": FOCUSES,
}
"""Question → the codes of its answers, in the order in which they are offered; free text is taken besides."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an answer adds to a search: words in both languages, and the appeal of books that suit it."""

    korean: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    moods: tuple[Mood, ...] = ()
    effects: tuple[Effect, ...] = ()
    depth: Depth | None = None

    def terms(self, language: str) -> tuple[str, ...]:
        """The words in one language, ko or en."""
        return self.english if language == "en" else self.korean


MEANINGS: Mapping[str, Mapping[str, Meaning]] = {
    "mood": {
        "happy": Meaning(("행복", "즐거움"), ("happiness", "joy"), (Mood.CHEERFUL, Mood.HOPEFUL)),
        "tired": Meaning(
            ("휴식", "위로"), ("rest", "burnout"), (Mood.CALM, Mood.WARM, Mood.COMFORTING), (Effect.COMFORT,)
        ),
        "anxious": Meaning(("불안", "마음"), ("anxiety", "calm"), (Mood.CALM, Mood.COMFORTING), (Effect.COMFORT,)),
        "depressed": Meaning(
            ("우울", "위로"),
            ("depression", "hope"),
            (Mood.WARM, Mood.HOPEFUL, Mood.COMFORTING),
            (Effect.COMFORT, Effect.EMPATHY),
        ),
        "excited": Meaning(("설렘", "모험"), ("adventure", "love"), (Mood.EXHILARATING, Mood.ADVENTUROUS)),
        "confused": Meaning(("고민", "나"), ("self", "choice"), (Mood.THOUGHTFUL, Mood.HONEST), (Effect.PERSPECTIVE,)),
    },
    "effect": {
        "escape": Meaning(
            ("모험", "상상"), ("adventure", "fantasy"), (Mood.ADVENTUROUS, Mood.MYSTERIOUS), (Effect.ESCAPE,)
        ),
        "empathy": Meaning(("공감", "마음"), ("empathy", "feelings"), (Mood.HONEST, Mood.WARM), (Effect.EMPATHY,)),
        "comfort": Meaning(("위로", "치유"), ("comfort", "healing"), (Mood.WARM, Mood.COMFORTING), (Effect.COMFORT,)),
        "inspiration": Meaning(
            ("용기", "도전"), ("courage", "motivation"), (Mood.INSPIRING, Mood.HOPEFUL), (Effect.INSPIRATION,)
        ),
        "perspective": Meaning(("생각", "시선"), ("ideas", "perspective"), (Mood.THOUGHTFUL,), (Effect.PERSPECTIVE,)),
    },
    "occupation": {
        "student": Meaning(("학생", "청소년"), ("student", "school")),
        "employee": Meaning(("직장인", "일"), ("work", "office")),
        "freelancer": Meaning(("프리랜서", "일"), ("freelance", "work")),
        "homemaker": Meaning(("가족", "살림"), ("family", "home")),
        "job_seeker": Meaning(("취업", "진로"), ("career", "job")),
    },
    "situation": {
        "before_sleep": Meaning(("잠", "휴식"), ("night", "rest"), (Mood.CALM,), depth=Depth.LIGHT),
        "on_the_move": Meaning(("짧은 글",), ("short",), depth=Depth.LIGHT),
        "weekend": Meaning(("여유",), ("leisure",), (Mood.BEAUTIFUL,)),
        "relieving_stress": Meaning(
            ("스트레스", "웃음"), ("stress", "humor"), (Mood.CHEERFUL, Mood.WITTY), (Effect.ESCAPE,)
        ),
    },
    "focus": {
        "light": Meaning(depth=Depth.LIGHT),
        "deep": Meaning(moods=(Mood.THOUGHTFUL,), depth=Depth.DEEP),
        "immersive": Meaning(moods=(Mood.TENSE,), depth=Depth.IMMERSIVE),
    },
}

SPOKEN: Mapping[str, str] = {
    "행복": "happy", "지침": "tired", "지친": "tired", "불안": "anxious", "우울": "depressed", "설렘": "excited",
    "혼란": "confused", "도피": "escape", "기분 전환": "escape", "공감": "empathy", "위로": "comfort",
    "영감": "inspiration", "동기": "inspiration", "시각": "perspective", "학생": "student", "직장인": "employee",
    "회사원": "employee", "프리랜서": "freelancer", "주부": "homemaker", "취업": "job_seeker", "취준": "job_seeker",
    "잠들기": "before_sleep", "자기 전": "before_sleep", "이동": "on_the_move", "출퇴근": "on_the_move",
    "주말": "weekend", "스트레스": "relieving_stress", "가볍": "light", "깊": "deep", "몰입": "immersive",
}  # fmt: skip
"""Beginnings of answers as people say them → the code they stand for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question: what was said, and what it means where it is one of the offered answers."""

    field: str
    said: str
    meaning: Meaning | None


def answers(intake: Intake) -> tuple[Answer, ...]:
    """The answered questions, in their order."""
    said = {name: getattr(intake, name).strip() for name in FIELDS}
    return tuple(Answer(name, text, _meaning(name, text)) for name, text in said.items() if text)


def _meaning(field: str, text: str) -> Meaning | None:
    """The meaning of a code, or of the first of its spoken forms found in free text."""
    codes = MEANINGS[field]
    if text in codes:
        return codes[text]
    return next((codes[code] for spoken, code in SPOKEN.items() if spoken in text and code in codes), None)
