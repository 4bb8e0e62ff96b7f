"""Questions as corpora for fine-tuning have them: an instruction, and a persona on a few labelled lines.

    {"instruction": "잠들기 전에 읽을 책을 추천해 줘", "input": "감정: 불안함 / 직업: 직장인 / 효과: 위로", "output": "1. 제목 - 저자 …"}

Labels stand on lines of their own or between slashes; a line without a known label belongs to the question itself. The
`output` is an answer to the question, which `evaluation.judging.lists` reads.
"""

import re
from collections.abc import Mapping
from typing import Any

from recommender.errors import InputError
from recommender.recommend.values import Intake, Question
from recommender.text.hangul import is_syllable

LABELS: Mapping[str, tuple[str, ...]] = {
    "mood": ("감정", "기분", "현재 감정", "mood", "emotion", "feeling"),
    "effect": ("효과", "원하는 효과", "effect", "wanted effect"),
    "occupation": ("직업", "하는 일", "occupation", "job"),
    "situation": ("상황", "독서 상황", "situation"),
    "focus": ("집중도", "깊이", "focus", "depth"),
}
"""Question of the intake → how corpora label its answer."""

_FIELDS = {label.replace(" ", ""): name for name, labels in LABELS.items() for label in labels}
_BETWEEN = re.compile(r"\n|\s/\s")


def is_persona(fields: Mapping[str, Any]) -> bool:
    """Whether an object is an entry of such a corpus."""
    return "instruction" in fields


def persona_question(place: str, fields: Mapping[str, Any]) -> Question:
    """The question that an entry asks.

    Raises:
        InputError: the instruction or the persona is no text, or both are empty.
    """
    instruction, persona = (_text(place, fields, name) for name in ("instruction", "input"))
    answers: dict[str, str] = {}
    rest = []
    for part in filter(None, (part.strip() for part in _BETWEEN.split(persona))):
        name, value = _labelled(part)
        if name and name not in answers:
            answers[name] = value
        else:
            rest.append(part)
    text = " ".join((instruction, *rest)).strip()
    if not (text or answers):
        raise InputError(f"{place}: instruction and input are both empty; fill one in")
    language = "ko" if any(map(is_syllable, text + persona)) else "en"
    return Question(text=text, intake=Intake(**answers), language=language)


def _labelled(part: str) -> tuple[str, str]:
    """Which question of the intake a line answers, and what; nothing where it has no label that is known."""
    label, _, value = part.partition(":")
    name = _FIELDS.get(label.replace(" ", "").casefold(), "")
    return (name, value.strip()) if name and value.strip() else ("", "")


def _text(place: str, fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name) or ""
    if not isinstance(value, str):
        raise InputError(f"{place}: {name} {str(value)[:60]!r} should be a text")
    return value.strip()
