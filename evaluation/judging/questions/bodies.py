"""Questions as bodies of the endpoint, one JSON object each: what a main site really asked can be asked again."""

from collections.abc import Mapping
from typing import Any

from recommender.bundle import Method
from recommender.errors import InputError
from recommender.recommend.intake import FIELDS
from recommender.recommend.values import MAX_CANDIDATES, MAX_RECOMMENDATIONS, Intake, Question
from recommender.search.request import MAX_QUERY_LENGTH

LANGUAGES = ("ko", "en")

BODY_FIELDS = ("question", "intake", "reader_id", "size", "num_candidates", "language", "method")
"""What is taken of a body; one with filters is refused, because no judge would see them."""


def body_question(place: str, body: Mapping[str, Any]) -> Question:
    """The question that a body asks.

    Raises:
        InputError: names the place, the field, the value and what would fit.
    """
    _known(place, body, BODY_FIELDS)
    intake = body.get("intake") or {}
    if not isinstance(intake, dict):
        raise InputError(f'{place}: intake {str(intake)[:60]!r} should be an object such as {{"mood": "tired"}}')
    _known(f"{place}, intake", intake, tuple(FIELDS))
    question = Question(
        text=_text(place, body, "question"),
        intake=Intake(**{name: _text(f"{place}, intake", intake, name) for name in FIELDS}),
        reader_id=_text(place, body, "reader_id"),
        size=_whole(place, body, "size", MAX_RECOMMENDATIONS, default=Question().size),
        num_candidates=_whole(place, body, "num_candidates", MAX_CANDIDATES, default=0),
        language=_choice(place, body, "language", LANGUAGES) or LANGUAGES[0],
        method=Method(method) if (method := _choice(place, body, "method", tuple(Method))) else None,
    )
    if not (question.text or question.reader_id or not question.intake.is_empty()):
        raise InputError(f"{place}: nothing is asked; fill in question, one of the intake's answers, or reader_id")
    return question


def _known(place: str, fields: Mapping[str, Any], known: tuple[str, ...]) -> None:
    if unknown := fields.keys() - set(known):
        raise InputError(f"{place}: the field {min(unknown)!r} cannot be asked again; known are {', '.join(known)}")


def _text(place: str, fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MAX_QUERY_LENGTH:
        raise InputError(
            f"{place}: {name} {str(value)[:60]!r} should be a text of at most {MAX_QUERY_LENGTH:,} characters"
        )
    return value.strip()


def _whole(place: str, fields: Mapping[str, Any], name: str, highest: int, *, default: int) -> int:
    value = fields.get(name)
    if value is None:
        return default
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= highest:
        raise InputError(f"{place}: {name} {str(value)[:60]!r} should be a whole number from 1 to {highest}")
    return value


def _choice(place: str, fields: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> str:
    value = fields.get(name)
    if value is None or value in choices:
        return value or ""
    raise InputError(f"{place}: {name} {str(value)[:60]!r} should be {' or '.join(choices)}")
