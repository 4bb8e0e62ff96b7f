"""What a librarian would recommend: a question, an answer or a reader, and the books that suit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from recommender.recommend.intake import FIELDS
from recommender.recommend.values import Intake, Question

BEST, FITTING = 2, 1
"""Grades: what a librarian would hand over first, and what would not disappoint."""


class CaseKind(StrEnum):
    """What a recommendation has to go by."""

    QUESTION = "question alone"
    ANSWERS = "with answers"
    READER = "for a reader"


@dataclass(frozen=True, slots=True)
class RecommendationCase:
    """Somebody asks, and these books of the library suit."""

    line: int  # of the file, from 1
    query: str = ""
    reader: str = ""  # as the library knows the reader
    intake: Intake = field(default_factory=Intake)
    language: str = "ko"  # of the page on which it is asked
    books: Mapping[str, int] = field(default_factory=dict)  # title or id → grade

    @property
    def kind(self) -> CaseKind:
        """By what is known besides the question."""
        if self.reader:
            return CaseKind.READER
        return CaseKind.QUESTION if self.intake.is_empty() else CaseKind.ANSWERS

    @property
    def name(self) -> str:
        """Everything that is asked, for a person: "시험이 다가와요 [mood=anxious]"."""
        answers = [f"{name}={value}" for name in FIELDS if (value := getattr(self.intake, name))]
        known = ", ".join(filter(None, (self.reader, *answers)))
        return " ".join(filter(None, (self.query, f"[{known}]" if known else "")))

    def question(self) -> Question:
        """As the product is asked."""
        return Question(text=self.query, intake=self.intake, reader_id=self.reader, language=self.language)
