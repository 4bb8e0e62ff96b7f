"""Words by which a description says outright how a book feels: 숨 막히는, 다정한 문장, page-turner."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from recommender.models import AppealCode, AppealFacet, appeal_code

CUES_FILE = Path(__file__).with_name("cues.tsv")

Cues = Mapping[tuple[AppealFacet, AppealCode], re.Pattern[str]]
"""What is said → the words that say it, in Korean and English."""


def read_cues(path: Path = CUES_FILE) -> Cues:
    """The cues of a file: tab-separated, a facet, a code and a regular expression a line."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {_said(row): re.compile(_whole_english_words(row["pattern"]), re.IGNORECASE) for row in rows}


def _said(row: Mapping[str, str]) -> tuple[AppealFacet, AppealCode]:
    facet = AppealFacet(row["facet"])
    return facet, appeal_code(facet, row["code"])


def _whole_english_words(pattern: str) -> str:
    """An English cue begins a word: "quest" is none in "request"; a Korean one may follow a particle or a prefix."""
    return rf"(?:(?<![a-z])(?:{pattern}))"
