"""The 0-to-5 rubric, in both languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from evaluation.judging.values import HIGHEST, LOWEST, JudgedQuestion, ReaderFacts
from recommender.errors import InputError

FOLDER = Path(__file__).parent / "rubrics"

LANGUAGES = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade: its short name and what it means."""

    number: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rubric:
    """What a judge is told, in one language."""

    version: str
    language: str
    grades: tuple[Grade, ...]  # from 0 to 5
    system: str
    user: str
    words: Mapping[str, str]  # field of a question or of a reader → its name
    codes: Mapping[str, str]  # code of an answer → how a person says it

    def asked(self, question: JudgedQuestion) -> str:
        """The question and the answers of the intake, on one line."""
        answers = (f"{self.words[name]}: {self.said(value)}" for name, value in question.answers.items())
        return " / ".join(filter(None, (question.text, *answers)))

    def known(self, reader: ReaderFacts) -> tuple[str, ...]:
        """What is known of a reader, one line a fact."""
        facts = ((name, getattr(reader, name)) for name in ReaderFacts.__slots__)
        return tuple(f"{self.words[name]}: {', '.join(values)}" for name, values in facts if values)

    def said(self, answer: str) -> str:
        """An answer as a person says it: codes in words, own words as they are."""
        return self.codes.get(answer, answer)


@lru_cache
def read_rubric(language: str) -> Rubric:
    """The rubric in a language.

    Raises:
        InputError: there is none.
    """
    if language not in LANGUAGES:
        raise InputError(f"there is no rubric in {language!r}; choose {' or '.join(LANGUAGES)}")
    content = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    grades = tuple(
        Grade(number, grade["label"], grade["anchor"])
        for number, grade in zip(range(LOWEST, HIGHEST + 1), content["grades"], strict=True)
    )
    prompt = content["prompt"]
    return Rubric(
        version=content["version"],
        language=language,
        grades=grades,
        system=prompt["system"],
        user=prompt["user"],
        words=content["words"],
        codes=content["codes"],
    )
