"""Making of a question what the product makes of it before a model is asked, without a library."""

import re
from collections.abc import Iterable

from recommender.bundle import EnrichmentBundle
from recommender.recommend.enrichment import enrich
from recommender.recommend.hints import hints
from recommender.recommend.intake import FIELDS, answers
from recommender.recommend.reader import ReaderContext
from recommender.recommend.values import EnrichedQuestion, Intake
from recommender.text.characters import normalize

SPOKEN_FIELDS = {
    "mood": ("감정", "현재 감정", "기분", "mood", "present mood", "feeling"),
    "effect": ("효과", "원하는 효과", "감정적 효과", "effect", "wanted effect"),
    "occupation": ("직업", "occupation", "job"),
    "situation": ("상황", "현재 상황", "독서 상황", "situation", "reading situation"),
    "focus": ("집중도", "깊이", "depth", "focus"),
}
"""Question of the intake → the labels under which files give its answer."""

_BETWEEN_ANSWERS = re.compile(r"\n| / ")
_LABELLED = re.compile(r"\s*([^:：]{1,20}?)\s*[:：]\s*(.*\S)\s*")

HANGUL = re.compile(r"[가-힣]")


def enriched_question(text: str, intake: Intake, limits: EnrichmentBundle, *, language: str) -> EnrichedQuestion:
    """A question of nobody in particular with the terms of its hints and its answers.

    Args:
        text: the question's words.
        intake: its answers.
        limits: weights of terms.
        language: ko or en.
    """
    text = normalize(text)
    return enrich(text, (*hints(text), *answers(intake)), ReaderContext(), limits, language=language)


def read_intake(text: str) -> tuple[Intake, str]:
    """The answers that labelled lines give, and what is no answer to any of the five questions.

    `감정: 불안함 / 직업: 직장인` and the same on lines of their own are read; a label given twice keeps both answers.
    """
    said: dict[str, list[str]] = {name: [] for name in FIELDS}
    rest = []
    for line in _BETWEEN_ANSWERS.split(text):
        labelled = _LABELLED.fullmatch(line)
        name = _field(labelled[1]) if labelled else ""
        if labelled and name:
            said[name].append(labelled[2])
        elif line.strip():
            rest.append(line.strip())
    return Intake(**{name: ", ".join(values) for name, values in said.items()}), " ".join(rest)


def language_of(texts: Iterable[str]) -> str:
    """`ko` where any of the texts has Hangul, else `en`."""
    return "ko" if any(HANGUL.search(text) for text in texts) else "en"


def _field(label: str) -> str:
    wanted = " ".join(label.casefold().split())
    return next((name for name, labels in SPOKEN_FIELDS.items() if wanted == name or wanted in labels), "")
