"""The five questions about the reader's mood, and what an answer means for a search."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from recommender.models import Audience, Depth, Effect, Form, Mood, Pace
from recommender.recommend.values import Intake, TraitKind

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

FEW_PAGES = "-250"
"""What is read before sleep or on the train is held in one hand, and ends before it is forgotten."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an answer adds to a search: words in both languages, and what the record of a book that suits it says."""

    korean: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    moods: tuple[Mood, ...] = ()
    effects: tuple[Effect, ...] = ()
    depth: Depth | None = None
    pace: Pace | None = None
    audience: Audience | None = None
    form: Form | None = None
    genre: str = ""  # as a `TraitKind.GENRE` names it
    pages: str = ""  # as a `TraitKind.PAGES` says them

    def terms(self, language: str) -> tuple[str, ...]:
        """The words in one language, ko or en."""
        return self.english if language == "en" else self.korean

    def traits(self) -> Iterator[tuple[TraitKind, str]]:
        """What the record of a book that suits it says, trait by trait."""
        yield from ((TraitKind.MOOD, mood.value) for mood in self.moods)
        yield from ((TraitKind.EFFECT, effect.value) for effect in self.effects)
        single = {
            TraitKind.DEPTH: self.depth,
            TraitKind.PACE: self.pace,
            TraitKind.LEVEL: self.audience,
            TraitKind.FORM: self.form,
            TraitKind.GENRE: self.genre,
            TraitKind.PAGES: self.pages,
        }
        yield from ((kind, str(value)) for kind, value in single.items() if value)


MEANINGS: Mapping[str, Mapping[str, Meaning]] = {
    "mood": {
        "happy": Meaning(("행복", "즐거움"), ("happiness", "joy"), (Mood.CHEERFUL, Mood.HOPEFUL)),
        "tired": Meaning(
            ("휴식", "위로", "번아웃"), ("rest", "burnout"), (Mood.CALM, Mood.WARM, Mood.COMFORTING), (Effect.COMFORT,)
        ),
        "anxious": Meaning(("불안", "걱정"), ("anxiety", "worry"), (Mood.CALM, Mood.COMFORTING), (Effect.COMFORT,)),
        "depressed": Meaning(
            ("우울", "위로"),
            ("depression", "hope"),
            (Mood.WARM, Mood.HOPEFUL, Mood.COMFORTING),
            (Effect.COMFORT, Effect.EMPATHY),
        ),
        "excited": Meaning(("설렘", "모험"), ("adventure", "love"), (Mood.EXHILARATING, Mood.ADVENTUROUS)),
        "confused": Meaning(
            ("고민", "자존감"), ("self", "choice"), (Mood.THOUGHTFUL, Mood.HONEST), (Effect.PERSPECTIVE,)
        ),
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
        "student": Meaning(("학생", "학교"), ("student", "school"), audience=Audience.TEENS),
        "employee": Meaning(("직장", "직장인"), ("work", "office"), audience=Audience.ADULTS),
        "freelancer": Meaning(("프리랜서", "일"), ("freelance", "work"), audience=Audience.ADULTS),
        "homemaker": Meaning(("가족", "살림"), ("family", "home"), audience=Audience.ADULTS),
        "job_seeker": Meaning(("취업", "진로"), ("career", "job"), audience=Audience.ADULTS),
    },
    "situation": {
        "before_sleep": Meaning(
            ("잠", "휴식"), ("night", "rest"), (Mood.CALM,), depth=Depth.LIGHT, pace=Pace.SLOW, pages=FEW_PAGES
        ),
        "on_the_move": Meaning(("단편",), ("short stories",), depth=Depth.LIGHT, pages=FEW_PAGES),
        "weekend": Meaning(("여유",), ("leisure",), (Mood.BEAUTIFUL,), depth=Depth.IMMERSIVE),
        "relieving_stress": Meaning(
            ("스트레스", "웃음"),
            ("stress", "humor"),
            (Mood.CHEERFUL, Mood.WITTY),
            (Effect.ESCAPE,),
            pace=Pace.FAST,
        ),
    },
    "focus": {
        "light": Meaning(depth=Depth.LIGHT),
        "deep": Meaning(moods=(Mood.THOUGHTFUL,), depth=Depth.DEEP, pace=Pace.SLOW),
        "immersive": Meaning(moods=(Mood.TENSE,), depth=Depth.IMMERSIVE, pace=Pace.FAST),
    },
}

SPOKEN: Mapping[str, Mapping[str, str]] = {
    "mood": {
        "happy": "행복 기뻐 기쁘 기쁨 즐거 즐겁 happy glad joyful",
        "tired": "지침 지친 지쳤 지쳐 피곤 힘들 힘든 번아웃 tired exhausted weary burnt burned",
        "anxious": "불안 걱정 초조 긴장 anxious anxiety worried nervous",
        "depressed": "우울 울적 무기력 슬프 슬픔 슬픈 슬퍼 depressed sad low",
        "excited": "설렘 설레 설렌 신나 신난 들뜬 들떠 excited thrilled",
        "confused": "혼란 고민 막막 헷갈 복잡 confused lost",
    },
    "effect": {
        "escape": "도피 기분전환 현실 잊고 벗어 escape distraction",
        "empathy": "공감 이해받 empathy understood",
        "comfort": "위로 위안 힐링 치유 comfort comforted healing",
        "inspiration": "영감 동기 용기 자극 inspiration inspired motivation courage",
        "perspective": "시각 관점 시야 perspective",
    },
    "occupation": {
        "student": "학생 대학생 중학생 고등학생 초등학생 student pupil",
        "employee": "직장인 회사원 회사 공무원 교사 employee office",
        "freelancer": "프리랜서 자영업 freelancer freelance",
        "homemaker": "주부 전업주부 육아 살림 homemaker housewife parent",
        "job_seeker": "취업 취준 구직 job unemployed",
    },
    "situation": {
        "before_sleep": "잠들기 자기전 잠자기 밤에 침대 sleep bed bedtime night",
        "on_the_move": "이동 출퇴근 지하철 버스 통학 commute commuting train bus",
        "weekend": "주말 휴일 휴가 weekend holiday",
        "relieving_stress": "스트레스 stress",
    },
    "focus": {
        "light": "가볍 가벼 쉽게 light easy",
        "deep": "깊이 깊게 깊은 천천히 deep slow slowly",
        "immersive": "몰입 빠져 immersive absorbed gripping",
    },
}
"""Question → code → beginnings of the words with which people give that answer; spaces in their words do not count."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered question: what was said, and what it means where it is one of the offered answers or says as much."""

    field: str
    said: str
    meaning: Meaning | None
    words: tuple[str, ...] = ()  # of an answer in own words, those that say what a book should be about

    @property
    def is_code(self) -> bool:
        """Whether it is one of the offered answers, not own words."""
        return self.said in MEANINGS.get(self.field, ())


def answers(intake: Intake) -> tuple[Answer, ...]:
    """The answered questions, in their order; own words beside a chosen answer are an answer of their own."""
    said = ((name, getattr(intake, part).strip()) for name in FIELDS for part in (name, f"{name}_text"))
    return tuple(Answer(name, text, _meaning(name, text)) for name, text in said if text)


def begins_any(text: str, beginnings: Iterable[str]) -> str:
    """Where a word of the text begins with one of the beginnings, with or without a space within, that place; else nothing."""
    return next((found[0] for beginning in beginnings if (found := _beginning(beginning).search(text))), "")


def _meaning(field: str, text: str) -> Meaning | None:
    """The meaning of a code, or of what free text says in other words."""
    codes = MEANINGS[field]
    if text in codes:
        return codes[text]
    return next((codes[code] for code, spoken in SPOKEN[field].items() if begins_any(text, spoken.split())), None)


@lru_cache(maxsize=1024)
def _beginning(beginning: str) -> re.Pattern[str]:
    """`자기전` is found in "자기 전에"; an English word has to be whole, "low" is not in "slowly" nor "lower"."""
    if beginning.isascii():
        return re.compile(rf"(?<!\w){re.escape(beginning)}(?!\w)", re.IGNORECASE)
    return re.compile(r"(?<!\w)" + r"\s?".join(map(re.escape, beginning)))
