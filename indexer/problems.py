"""What could not be used of a file: a row kept out, or a value left out of a row."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LONGEST_SHOWN_VALUE = 120
"""Characters of a bad value that a report shows: enough to find it in the file, even if the cell holds a megabyte."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands, and what was done about it."""

    source: str  # the file's name
    row: int  # line of a text file, row of a sheet, item of a JSON array; from 1
    field: str
    value: str
    reason: str
    kept_out: bool = True  # the whole row; otherwise only this value was left out

    def sentence(self) -> str:
        """The problem as one line for a person."""
        consequence = "this row was kept out" if self.kept_out else "the value was left out"
        named = f"{self.field} {shown(self.value)}: " if self.field else ""
        return f"{self.source}, row {self.row}: {named}{self.reason}; {consequence}"


def shown(value: str) -> str:
    """A value in quotation marks, cut to a length that fits on a line."""
    text = " ".join(value.split())
    return f'"{text[:LONGEST_SHOWN_VALUE]}…"' if len(text) > LONGEST_SHOWN_VALUE else f'"{text}"'


def write_problems(path: Path, problems: Iterable[Problem]) -> None:
    """Write `row, field, value, reason` lines; with a byte order mark, so that a spreadsheet shows Korean as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["row", "field", "value", "reason"])
        for problem in problems:
            consequence = "row kept out" if problem.kept_out else "value left out"
            value = problem.value[:LONGEST_SHOWN_VALUE]
            writer.writerow([problem.row, problem.field, value, f"{problem.reason} ({consequence})"])
