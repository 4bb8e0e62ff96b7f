"""How sure an estimate is: from a score and a cue to the share of such estimates that are right."""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from recommender.models import AppealCode, AppealFacet, appeal_code

CALIBRATION_FILE = Path(__file__).with_name("calibration.tsv")

FIELDS = ("facet", "code", "base", "slope", "cue")


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve: `1 / (1 + exp(-(base + slope·score + cue·[a cue was found])))`."""

    base: float
    slope: float  # a score counts in standard deviations of the lessons' scores
    cue: float

    def confidence(self, score: float, *, has_cue: bool) -> float:
        """The share of books with this score, and with or without a cue, of which the term is true."""
        return 1 / (1 + math.exp(-(self.base + self.slope * score + self.cue * has_cue)))


Calibrations = Mapping[tuple[AppealFacet, AppealCode], Calibration]


def read_calibrations(path: Path = CALIBRATION_FILE) -> Calibrations:
    """The curves of a file that `write_calibrations` wrote; a term without one is never estimated."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {_said(row): Calibration(float(row["base"]), float(row["slope"]), float(row["cue"])) for row in rows}


def write_calibrations(calibrations: Calibrations, path: Path) -> None:
    """Write the curves, one a line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(FIELDS)
        writer.writerows(_row(said, curve) for said, curve in calibrations.items())


def _said(row: Mapping[str, str]) -> tuple[AppealFacet, AppealCode]:
    facet = AppealFacet(row["facet"])
    return facet, appeal_code(facet, row["code"])


def _row(said: tuple[AppealFacet, AppealCode], curve: Calibration) -> Iterable[str]:
    facet, code = said
    return (facet.value, code.value, *(f"{number:.3f}" for number in (curve.base, curve.slope, curve.cue)))
