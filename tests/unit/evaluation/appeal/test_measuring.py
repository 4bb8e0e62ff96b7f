import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from evaluation.appeal.calibrating import USUAL, fit_calibrations
from evaluation.appeal.values import FacetFigures, Labelled
from evaluation.cli import main
from recommender.appeal.calibration import read_calibrations
from recommender.appeal.scoring import TERMS
from recommender.models import AppealFacet, Mood

SAMPLE = Path(__file__).resolve().parents[4] / "sample" / "descriptions.jsonl"
WARM = TERMS.index((AppealFacet.MOOD, Mood.WARM))


def test_precision_and_recall_of_a_facet() -> None:
    figures = FacetFigures("mood", said=20, estimated=8, right=6, books=10, reached=5, by_chance=0.1, commonest=0.2)
    assert (figures.precision, figures.recall) == (0.75, 0.3)
    nothing = FacetFigures("pace", said=0, estimated=0, right=0, books=0, reached=0, by_chance=0.0, commonest=0.0)
    assert (nothing.precision, nothing.recall) == (0.0, 0.0)


def _labelled(scores: list[float], true: list[bool]) -> Labelled:
    shape = (len(scores), len(TERMS))
    truth, spoken = np.zeros(shape, bool), np.zeros(shape, bool)
    values = np.zeros(shape, np.float32)
    truth[:, WARM], spoken[:, WARM], values[:, WARM] = true, True, scores
    return Labelled([], truth, spoken, values, np.zeros(shape, bool))


def test_a_curve_is_steeper_the_better_scores_tell_books_apart() -> None:
    scores = [3.0, 2.0, 1.0, 0.0, -1.0, -2.0] * 50
    sharp = fit_calibrations(_labelled(scores, [score > 0.5 for score in scores]))[TERMS[WARM]]
    dull = fit_calibrations(_labelled(scores, [index % 7 == 0 for index in range(len(scores))]))[TERMS[WARM]]
    assert sharp.slope > USUAL[1] > dull.slope
    assert sharp.confidence(2.0, has_cue=False) > 0.9
    assert sharp.confidence(0.0, has_cue=False) < 0.3


def test_facets_of_which_no_record_speaks_get_no_curve() -> None:
    assert set(fit_calibrations(_labelled([1.0, -1.0], [True, False]))) == {(AppealFacet.MOOD, Mood.WARM)}


@pytest.fixture(scope="module")
def some_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("appeal") / "some.jsonl"
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()[:300]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def precisions(output: str) -> dict[str, float]:
    """Of everything that is estimated, facet → precision."""
    table = output.split("or more\n")[1].split("\n\n", maxsplit=1)[0]
    return {line.split()[0]: float(line.split()[4]) for line in table.splitlines()[1:]}


def test_estimates_are_better_than_drawing_and_than_the_commonest_term(some_records: Path, tmp_path: Path) -> None:
    curves = tmp_path / "curves.tsv"
    result = CliRunner().invoke(main, ["appeal", str(some_records), "--folds", "3", "--calibrate", str(curves)])
    assert result.exit_code == 0, result.output
    found = precisions(result.stdout)
    assert found["mood"] > 0.35  # by chance .16, the commonest .25
    assert found["effect"] > 0.5  # by chance .35
    assert found["depth"] > 0.55  # by chance .37
    assert set(read_calibrations(curves)) == set(read_calibrations())


def test_random_directions_say_hardly_more_than_the_words_do(some_records: Path) -> None:
    learnt, random = (
        CliRunner().invoke(main, ["appeal", str(some_records), *options]).stdout for options in ([], ["--control", "7"])
    )

    def right(output: str) -> int:
        return int(output.split("or more\n")[1].splitlines()[1].split()[3])

    assert right(random) < right(learnt) / 2


def test_a_file_that_says_nothing_of_appeal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bare.jsonl"
    path.write_text(json.dumps({"title": "토지", "author": "박경리"}, ensure_ascii=False), encoding="utf-8")
    result = CliRunner().invoke(main, ["appeal", str(path)])
    assert result.exit_code == 1
    assert "no record states a mood" in result.output
