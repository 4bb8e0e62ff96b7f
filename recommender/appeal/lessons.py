"""Short descriptions, written for this project, from which an estimator learns what a mood or a pace sounds like."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recommender.models import AppealCode, AppealFacet, appeal_code

LESSONS_FILE = Path(__file__).with_name("lessons.tsv")

COLUMNS = {
    AppealFacet.MOOD: "moods",
    AppealFacet.EFFECT: "effects",
    AppealFacet.PACE: "pace",
    AppealFacet.DEPTH: "depth",
}


@dataclass(frozen=True, slots=True)
class Lesson:
    """A description of no particular book, and everything that is true of its appeal."""

    text: str
    codes: frozenset[tuple[AppealFacet, AppealCode]]


def read_lessons(path: Path = LESSONS_FILE) -> Sequence[Lesson]:
    """The lessons of a file: tab-separated, one a line, codes of a facet separated by commas."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_lesson(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _lesson(row: dict[str, str]) -> Lesson:
    codes = (
        (facet, appeal_code(facet, code))
        for facet, column in COLUMNS.items()
        for code in row[column].split(",")
        if code
    )
    return Lesson(row["text"], frozenset(codes))
