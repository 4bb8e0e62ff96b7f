"""Reading the questions that systems are asked, in whichever of three forms they are kept.

* a table of recommendation cases (`sample/recommendation_cases.tsv`), whose graded books judge the answers besides;
* JSON objects with `instruction` and `input`, as corpora for fine-tuning have them (`personas`);
* JSON objects with the fields of the endpoint's body (`bodies`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.judging.entries import json_entries, read_text
from evaluation.judging.questions.bodies import body_question
from evaluation.judging.questions.personas import is_persona, persona_question
from evaluation.recommending.reading import read_recommendation_cases
from evaluation.recommending.values import RecommendationCase
from recommender.errors import InputError
from recommender.recommend.values import Question


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked, and the cases that it was read from where there are any, one a question."""

    questions: tuple[Question, ...]
    cases: tuple[RecommendationCase, ...] = ()


def read_questions(path: Path, *, limit: int | None = None) -> Questions:
    """Read a file of questions of any of the three forms.

    Args:
        path: of the file.
        limit: only the first so many.

    Raises:
        InputError: the file cannot be read, or an entry cannot be used; names place, value and what would fit.
    """
    if read_text(path).lstrip()[:1] not in ("[", "{"):
        cases = read_recommendation_cases(path)[:limit]
        return Questions(tuple(case.question() for case in cases), cases)
    questions = dict.fromkeys(_question(place, fields) for place, fields in json_entries(path))
    if not questions:
        raise InputError(
            f'{path}: there is no question; write one object a line, such as {{"question": "로봇 이야기"}}'
        )
    return Questions(tuple(questions)[:limit])


def _question(place: str, fields: Mapping[str, Any]) -> Question:
    return persona_question(place, fields) if is_persona(fields) else body_question(place, fields)
