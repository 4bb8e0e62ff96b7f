"""What a reader's preferred length, level and tone mean for a search: pure."""

import re
from collections.abc import Callable, Mapping

from recommender.models import Depth, Mood, Preferences
from recommender.recommend.intake import Answer, Meaning, begins_any

SHORT, MEDIUM, LONG = "-250", "200-400", "400-"
"""Pages, as a `TraitKind.PAGES` says them. What is called a book of middling length has some 300."""

_LENGTHS: Mapping[str, str] = {
    SHORT: "짧 단편 얇 short brief thin slim quick",
    MEDIUM: "중간 보통 적당 medium average moderate middle",
    LONG: "긴 김 길 장편 두꺼 두툼 대하 long thick lengthy epic",
}
_LEVELS: Mapping[Depth | None, str] = {
    Depth.LIGHT: "쉬 쉽 입문 초급 기초 낮 가벼 가볍 easy simple light low basic beginner beginners",
    None: "보통 중간 중급 적당 medium moderate average middle intermediate",
    Depth.DEEP: "어려 어렵 깊 심화 고급 높 전문 난해 hard difficult deep high advanced complex challenging demanding",
    Depth.IMMERSIVE: "몰입 빠져 immersive absorbing gripping",
}
_TONES: Mapping[Mood, str] = {
    Mood.WARM: "따뜻 따듯 따스 포근 훈훈 다정 warm cozy cosy heartwarming tender",
    Mood.CHEERFUL: "밝 유쾌 즐거 즐겁 명랑 발랄 경쾌 bright cheerful lighthearted light-hearted upbeat happy",
    Mood.CALM: "잔잔 차분 고요 평온 조용 calm quiet gentle peaceful",
    Mood.MELANCHOLY: "쓸쓸 우울 씁쓸 애틋 melancholy melancholic bittersweet wistful",
    Mood.SAD: "슬프 슬픈 슬픔 애잔 sad tragic",
    Mood.TENSE: "긴장 긴박 스릴 tense suspenseful thrilling",
    Mood.HOPEFUL: "희망 긍정 hopeful optimistic positive",
    Mood.THOUGHTFUL: "사색 진지 성찰 생각 지적 thoughtful serious reflective philosophical intellectual",
    Mood.MYSTERIOUS: "신비 미스터리 몽환 mysterious dreamlike",
    Mood.ADVENTUROUS: "모험 adventurous",
    Mood.EXHILARATING: "신나 신남 통쾌 짜릿 exciting exhilarating",
    Mood.BEAUTIFUL: "아름 서정 감성 시적 lyrical beautiful poetic",
    Mood.HONEST: "솔직 담백 진솔 honest frank sincere",
    Mood.WITTY: "유머 재치 재미 위트 익살 해학 witty humorous funny humor humour",
    Mood.COMFORTING: "위로 편안 comforting soothing comfort",
    Mood.INSPIRING: "감동 영감 inspiring uplifting moving",
}
"""What it means → beginnings of the words by which readers say it, in both languages."""

_NUMBERS = re.compile(r"\d{2,4}")
_BELOW = re.compile(r"이하|이내|미만|안쪽|under|below|up to|at most|no more|less|fewer", re.IGNORECASE)
_ABOVE = re.compile(r"이상|넘|초과|over|above|at least|(?<!no )more|\+", re.IGNORECASE)
_NEGATED = re.compile(r"않|말고|아닌|없|\b(?:not|no(?! more than)|never|without)\b", re.IGNORECASE)


def leanings_of(preferences: Preferences | None) -> tuple[Answer, ...]:
    """Length, level and tone as answers to questions that were not asked.

    A word that says none of what is known is looked for as a word (`Answer.words`); one that says what is *not* wanted says
    nothing: no record tells what it is not.
    """
    if preferences is None:
        return ()
    said = {
        "preferred_length": (preferences.preferred_length, _length),
        "complexity": (preferences.complexity, _level),
        "tone": (preferences.tone, _tone),
    }
    return tuple(_answer(field, text, meaning_of) for field, (text, meaning_of) in said.items() if text)


def _answer(field: str, text: str, meaning_of: Callable[[str], Meaning | None]) -> Answer:
    if _NEGATED.search(text):
        return Answer(field, text, None)
    meaning = meaning_of(text)
    return Answer(field, text, meaning, words=() if meaning else (text,))


def _length(text: str) -> Meaning | None:
    if pages := _said_pages(text):
        return Meaning(pages=pages)
    return next((Meaning(pages=pages) for pages, spoken in _LENGTHS.items() if begins_any(text, spoken.split())), None)


def _said_pages(text: str) -> str:
    """`300쪽 이하`, `200~300`, `at least 400 pages` as a `TraitKind.PAGES` says it; nothing where no number is."""
    numbers = sorted(map(int, _NUMBERS.findall(text)))
    if not numbers:
        return ""
    first, last = numbers[0], numbers[-1]
    if first < last:
        return f"{first}-{last}"
    if _ABOVE.search(text):
        return f"{first}-"
    return f"-{first}" if _BELOW.search(text) else f"{first * 4 // 5}-{first * 6 // 5}"


def _level(text: str) -> Meaning | None:
    """A middling level is understood, and no record says it."""
    return next((Meaning(depth=depth) for depth, spoken in _LEVELS.items() if begins_any(text, spoken.split())), None)


def _tone(text: str) -> Meaning | None:
    moods = tuple(mood for mood, spoken in _TONES.items() if begins_any(text, spoken.split()))
    return Meaning(moods=moods) if moods else None
